/**
 * Keeps secret values out of everything that Log4j 2 writes.
 *
 * <p>Start at {@link dev.modelsecrets.log4j2.SecretRedaction}.
 */
@SuppressWarnings("module")
module dev.modelsecrets.log4j2 {
    requires transitive dev.modelsecrets.core;
    requires transitive org.apache.logging.log4j.core;
    requires org.apache.logging.log4j;
    requires java.desktop;
    requires static org.jspecify;

    exports dev.modelsecrets.log4j2;
}
