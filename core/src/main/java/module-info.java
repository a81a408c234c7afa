/**
 * Resolves declared secret names through a chain of providers and hands them to model code as an immutable map.
 *
 * <p>Start at {@link dev.modelsecrets.SecretsResolver}.
 */
module dev.modelsecrets.core {
    requires org.slf4j;
    requires static com.fasterxml.jackson.annotation;
    requires static org.jspecify;

    exports dev.modelsecrets;
}
