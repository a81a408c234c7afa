/**
 * Keeps secret values out of everything that java.util.logging writes.
 *
 * <p>Start at {@link dev.modelsecrets.jul.SecretRedaction}.
 */
module dev.modelsecrets.jul {
    requires transitive dev.modelsecrets.core;
    requires transitive java.logging;
    requires static org.jspecify;

    exports dev.modelsecrets.jul;
}
