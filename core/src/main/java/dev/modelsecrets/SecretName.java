package dev.modelsecrets;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which secret a record component takes, where the component's own name in snake case does not.
 *
 * <p>On a component that is itself a record it sets what stands in front of the names inside; an empty text means that
 * nothing does.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface SecretName {

    /**
     * The secret's name, exactly.
     *
     * @return a valid secret name, or for a nested record a prefix
     */
    String value();
}
