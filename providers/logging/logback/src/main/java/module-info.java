/**
 * Keeps secret values out of everything that Logback writes.
 *
 * <p>Start at {@link dev.modelsecrets.logback.SecretRedaction}.
 */
module dev.modelsecrets.logback {
    requires transitive dev.modelsecrets.core;
    requires transitive ch.qos.logback.classic;
    requires transitive ch.qos.logback.core;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.modelsecrets.logback;
}
