package dev.modelsecrets.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.spi.ConfigurationEvent;
import ch.qos.logback.core.spi.ConfigurationEventListener;

/** Carries the redactions over to the next configuration of a context. */
final class Reconfiguration implements LoggerContextListener, ConfigurationEventListener {

    private final LoggerContext context;
    private final Redactions redactions;

    Reconfiguration(LoggerContext context, Redactions redactions) {
        this.context = context;
        this.redactions = redactions;
    }

    void follow() {
        context.addListener(this);
        context.addConfigurationEventListener(this);
    }

    void ignore() {
        context.removeListener(this);
        context.removeConfigurationEventListener(this);
    }

    @Override
    public void listen(ConfigurationEvent event) {
        switch (event.getEventType()) {
            case CONFIGURATION_STARTED -> redactions.keep(context);
            case CONFIGURATION_ENDED_SUCCESSFULLY,
                    CONFIGURATION_ENDED_WITH_XML_PARSING_ERRORS,
                    PARTIAL_CONFIGURATION_ENDED_SUCCESSFULLY -> Appenders.redact(context);
            default -> {}
        }
    }

    @Override
    public void onReset(LoggerContext reset) {
        redactions.keep(context);
    }

    @Override
    public boolean isResetResistant() {
        return true;
    }

    @Override
    public void onStart(LoggerContext started) {
        Appenders.redact(context);
    }

    @Override
    public void onStop(LoggerContext stopped) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {}
}
