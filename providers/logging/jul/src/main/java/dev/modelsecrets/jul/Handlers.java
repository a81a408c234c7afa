package dev.modelsecrets.jul;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Puts redaction into the handlers of all loggers, each at the last point where there is text, and takes it out. */
final class Handlers {

    private Handlers() {}

    static synchronized void redact(UnaryOperator<String> redaction) {
        // A handler that was added meanwhile is redacted by all of them.
        Set<UnaryOperator<String>> all = new LinkedHashSet<>();
        for (Logger logger : loggers()) {
            for (Handler handler : logger.getHandlers()) {
                redactionsOf(handler).ifPresent(known -> all.addAll(known.all()));
            }
        }
        all.add(redaction);
        for (Logger logger : loggers()) {
            for (Handler handler : logger.getHandlers()) {
                redactionsOf(handler).orElseGet(() -> wrap(handler, logger)).addAll(all);
            }
        }
    }

    private static Optional<Redactions> redactionsOf(Handler handler) {
        if (handler instanceof RedactingHandler redacting) {
            return Optional.of(redacting.redactions());
        }
        if (handler.getFormatter() instanceof RedactingFormatter redacting) {
            return Optional.of(redacting.redactions());
        }
        return Optional.empty();
    }

    private static Redactions wrap(Handler handler, Logger logger) {
        if (handler instanceof StreamHandler && handler.getFormatter() != null) {
            RedactingFormatter redacting = RedactingFormatter.installed(handler.getFormatter());
            handler.setFormatter(redacting);
            return redacting.redactions();
        }
        RedactingHandler redacting = new RedactingHandler(handler);
        // In this order a record that comes meanwhile may be written twice, but is not lost.
        logger.addHandler(redacting);
        logger.removeHandler(handler);
        return redacting.redactions();
    }

    static synchronized void restore(UnaryOperator<String> redaction) {
        for (Logger logger : loggers()) {
            for (Handler handler : logger.getHandlers()) {
                if (handler instanceof RedactingHandler redacting) {
                    redacting.redactions().remove(redaction);
                    if (redacting.redactions().isEmpty()) {
                        logger.addHandler(redacting.handler());
                        logger.removeHandler(redacting);
                    }
                } else if (handler.getFormatter() instanceof RedactingFormatter redacting) {
                    redacting.redactions().remove(redaction);
                    if (redacting.redactions().isEmpty() && redacting.isInstalled()) {
                        handler.setFormatter(redacting.formatter());
                    }
                }
            }
        }
    }

    private static Set<Logger> loggers() {
        LogManager manager = LogManager.getLogManager();
        Set<Logger> loggers = new LinkedHashSet<>();
        for (String name : Collections.list(manager.getLoggerNames())) {
            Logger logger = manager.getLogger(name);
            if (logger != null) {
                loggers.add(logger);
            }
        }
        return loggers;
    }
}
