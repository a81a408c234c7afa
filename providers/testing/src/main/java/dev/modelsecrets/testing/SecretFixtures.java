package dev.modelsecrets.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test the secrets of a YAML file on the class path.
 *
 * <p>The file has a {@code secrets:} map, read by the rules of {@code ~/.truss/config.yaml}: a scalar is the text as
 * written. A {@link SecretFixture} on the same class or method wins over the file. For all else the same holds as for
 * {@link SecretFixture}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(FixtureExtension.class)
public @interface SecretFixtures {

    /**
     * The file, such as {@code secrets.yaml}.
     *
     * @return its path from the test class's package, or, if there is none, from the root of the class path
     */
    String file();
}
