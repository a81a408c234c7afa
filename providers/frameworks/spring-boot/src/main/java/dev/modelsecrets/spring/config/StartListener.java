package dev.modelsecrets.spring.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Redacts the log as soon as Spring Boot has set it up, so from the first line on, and has what {@code
 * spring.config.import} brought closed: with the context, or at once where the start fails before there is one.
 */
final class StartListener implements ApplicationListener<SpringApplicationEvent>, Ordered {

    /**
     * What the start on this thread has imported, until it has a context. The loader of imports has no other way to
     * this listener that both versions of Spring Boot have: a start may fail before there is an environment with it.
     */
    private static final ThreadLocal<ApplicationSecrets> IMPORTED = new ThreadLocal<>();

    static void imported(ApplicationSecrets secrets) {
        IMPORTED.set(secrets);
    }

    static @Nullable ApplicationSecrets imported() {
        return IMPORTED.get();
    }

    @Override
    public void onApplicationEvent(SpringApplicationEvent event) {
        if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
            Optional<ApplicationSecrets> imported = ApplicationSecrets.importedInto(prepared.getEnvironment());
            if (imported.isPresent()) {
                imported.get().redactLogs();
            }
        } else if (event instanceof ApplicationStartingEvent) {
            IMPORTED.remove();
        } else if (event instanceof ApplicationPreparedEvent prepared) {
            ApplicationSecrets imported = IMPORTED.get();
            IMPORTED.remove();
            if (imported != null) {
                imported.closeWith(prepared.getApplicationContext());
            }
        } else if (event instanceof ApplicationFailedEvent) {
            ApplicationSecrets imported = IMPORTED.get();
            if (imported != null) {
                imported.close(); // It stays here for what reports the failure, after this.
            }
        }
    }

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }
}
