package dev.modelsecrets.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Shows warnings of this library on standard error, and nothing else.
 *
 * <p>{@link Main} names this class to SLF4J. It is public for SLF4J alone.
 */
public final class StandardErrorLogging implements SLF4JServiceProvider {

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** Called by SLF4J. */
    public StandardErrorLogging() {}

    @Override
    public ILoggerFactory getLoggerFactory() {
        return WarningLogger::new;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}

    private static final class WarningLogger extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        private final boolean ours;

        WarningLogger(String name) {
            this.name = name;
            ours = name.startsWith("dev.modelsecrets");
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return false;
        }

        @Override
        public boolean isWarnEnabled() {
            return ours;
        }

        @Override
        public boolean isErrorEnabled() {
            return ours;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
            String text = MessageFormatter.basicArrayFormat(message, arguments);
            Diagnostics.to(new FileOutputStream(FileDescriptor.err)).warning(text);
        }
    }
}
