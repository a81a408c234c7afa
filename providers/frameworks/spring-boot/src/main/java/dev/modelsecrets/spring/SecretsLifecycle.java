package dev.modelsecrets.spring;

import dev.modelsecrets.spring.config.ApplicationSecrets;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Closes the secrets with the context. Where the context did not start, its log stays redacted: what failed is reported
 * after the beans are gone.
 */
final class SecretsLifecycle implements ApplicationListener<ContextRefreshedEvent>, DisposableBean {

    private final ApplicationSecrets secrets;
    private volatile boolean started;

    SecretsLifecycle(ApplicationSecrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        started = true;
    }

    @Override
    public void destroy() {
        secrets.close();
        if (started) {
            secrets.stopRedactingLogs();
        }
    }
}
