package dev.modelsecrets.spring.config;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Keeps the warnings of this library while Spring Boot has not yet set up Logback: until then it drops every line, and
 * the first secrets are resolved before. Thread-safe.
 */
final class EarlyWarnings extends TurboFilter implements Runnable {

    private static final String LOGGER = "dev.modelsecrets";

    private final LoggerContext logback;
    private final List<String> kept = new ArrayList<>();

    private EarlyWarnings(LoggerContext logback) {
        this.logback = logback;
    }

    /**
     * Begins to keep warnings, unless they are logged already.
     *
     * @return logs what was kept, once the log is set up
     */
    static Runnable keep(LoggerContext logback) {
        EarlyWarnings warnings = new EarlyWarnings(logback);
        if (!logback.getLogger(LOGGER).isWarnEnabled()) {
            logback.getTurboFilterList().add(0, warnings);
        }
        return warnings;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        if (format != null && level.equals(Level.WARN) && logger.getName().equals(LOGGER)) {
            synchronized (kept) {
                kept.add(MessageFormatter.arrayFormat(format, arguments).getMessage());
            }
        }
        return FilterReply.NEUTRAL;
    }

    /** Logs what was kept, and ends the keeping. */
    @Override
    public void run() {
        logback.getTurboFilterList().remove(this);
        List<String> warnings;
        synchronized (kept) {
            warnings = List.copyOf(kept);
            kept.clear();
        }
        for (String warning : warnings) {
            logback.getLogger(LOGGER).warn(warning);
        }
    }
}
