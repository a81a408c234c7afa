package dev.modelsecrets;

import org.slf4j.LoggerFactory;

/** The library's own log: warnings about names and places, never values. */
final class Log {

    private Log() {}

    /** Logs a warning; the logging system is first touched here, so that a clean start never pays for it. */
    static void warn(String message) {
        LoggerFactory.getLogger("dev.modelsecrets").warn(message);
    }
}
