/**
 * Hands secrets to a model's constructor, to a child process and to a directory of files.
 *
 * <p>Start at {@link dev.modelsecrets.inject.ModelFactory} and {@link dev.modelsecrets.inject.SecretInjection}.
 */
module dev.modelsecrets.inject {
    requires transitive dev.modelsecrets.core;
    requires com.fasterxml.jackson.core;
    requires dev.modelsecrets.standard;
    requires static dev.modelsecrets.store;
    requires static com.fasterxml.jackson.annotation;
    requires static org.jspecify;

    exports dev.modelsecrets.inject;
}
