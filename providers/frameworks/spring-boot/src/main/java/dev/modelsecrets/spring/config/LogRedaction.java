package dev.modelsecrets.spring.config;

import dev.modelsecrets.Redactor;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.util.ClassUtils;

/** Puts a redactor in front of the logging that an application has. Not instantiable; thread-safe. */
final class LogRedaction {

    private LogRedaction() {}

    /** Installs the redactor in each back end whose module is on the class path and that is in use. */
    static List<AutoCloseable> install(Redactor redactor) {
        List<AutoCloseable> installed = new ArrayList<>();
        if (isPresent("ch.qos.logback.classic.LoggerContext", "dev.modelsecrets.logback.SecretRedaction")) {
            Logback.install(redactor, installed);
        }
        if (isPresent("org.apache.logging.log4j.core.LoggerContext", "dev.modelsecrets.log4j2.SecretRedaction")) {
            Log4j2.install(redactor, installed);
        }
        return installed;
    }

    /**
     * Keeps the warnings that Logback would drop, as Spring Boot has not yet set it up.
     *
     * @return logs them, once it is set up
     */
    static Runnable keepWarnings() {
        return isPresent("ch.qos.logback.classic.LoggerContext") ? Logback.keepWarnings() : LogRedaction::nothing;
    }

    static void close(AutoCloseable redaction) {
        try {
            redaction.close();
        } catch (Exception e) {
            LoggerFactory.getLogger("dev.modelsecrets")
                    .warn(
                            "The redaction of a log did not close: {}",
                            e.getClass().getName());
        }
    }

    /** There are no warnings to log. */
    private static void nothing() {}

    private static boolean isPresent(String... classes) {
        ClassLoader loader = LogRedaction.class.getClassLoader();
        for (String name : classes) {
            if (!ClassUtils.isPresent(name, loader)) {
                return false;
            }
        }
        return true;
    }

    /** Touched only where Logback is there, and by {@code install} where its module is there too. */
    private static final class Logback {

        static Runnable keepWarnings() {
            return LoggerFactory.getILoggerFactory() instanceof ch.qos.logback.classic.LoggerContext context
                    ? EarlyWarnings.keep(context)
                    : LogRedaction::nothing;
        }

        static void install(Redactor redactor, List<AutoCloseable> installed) {
            if (LoggerFactory.getILoggerFactory() instanceof ch.qos.logback.classic.LoggerContext context) {
                installed.add(dev.modelsecrets.logback.SecretRedaction.install(redactor, context));
            }
        }
    }

    /** Touched only where Log4j Core and its module are there. */
    private static final class Log4j2 {

        static void install(Redactor redactor, List<AutoCloseable> installed) {
            try {
                installed.add(dev.modelsecrets.log4j2.SecretRedaction.install(redactor));
            } catch (IllegalStateException e) {
                // Log4j Core is on the class path, but another back end writes the lines.
            }
        }
    }
}
