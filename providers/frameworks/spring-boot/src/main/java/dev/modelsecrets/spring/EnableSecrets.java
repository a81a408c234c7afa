package dev.modelsecrets.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Makes records of secrets beans: each declares the secrets that its components name, and is filled from them.
 *
 * <pre>{@code
 * @SpringBootApplication
 * @EnableSecrets(HuggingFace.class)
 * class Application {}
 * }</pre>
 *
 * <p>A record is made anew wherever it is injected, from the newest secrets. Take an {@code ObjectProvider} of it to
 * get the newest one later.
 *
 * @see dev.modelsecrets.Secrets#as(Class)
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Import(SecretRecordRegistrar.class)
public @interface EnableSecrets {

    /**
     * The records.
     *
     * @return records whose components name secrets
     */
    Class<? extends Record>[] value();
}
