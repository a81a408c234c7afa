package dev.modelsecrets.spark;

import dev.modelsecrets.Redactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Redacts the log of this JVM, if the optional module for Log4j 2 is there. */
final class LogRedaction {

    private static final Logger LOG = LoggerFactory.getLogger("dev.modelsecrets");

    private LogRedaction() {}

    /** Returns what ends the redaction. */
    static Runnable install(Redactor redactor) {
        try {
            return Log4j.install(redactor);
        } catch (NoClassDefFoundError e) {
            LOG.info("The log is not redacted: model-secrets-log4j2 is not on the class path.");
        } catch (IllegalStateException e) {
            LOG.warn("The log is not redacted: it does not go to Log4j 2.");
        }
        return () -> {};
    }

    /** Loaded only by the call above, which expects that it may be missing. */
    private static final class Log4j {

        static Runnable install(Redactor redactor) {
            return dev.modelsecrets.log4j2.SecretRedaction.install(redactor)::close;
        }
    }
}
