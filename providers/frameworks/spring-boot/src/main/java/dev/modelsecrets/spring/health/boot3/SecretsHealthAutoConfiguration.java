package dev.modelsecrets.spring.health.boot3;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.spring.SecretsAutoConfiguration;
import dev.modelsecrets.spring.config.SecretsProperties;
import dev.modelsecrets.spring.health.SecretsHealth;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Contributes {@code secrets} to the health of an application on Spring Boot 3. */
@AutoConfiguration(after = SecretsAutoConfiguration.class)
@ConditionalOnClass({AbstractHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
public class SecretsHealthAutoConfiguration {

    /** Made by Spring. */
    public SecretsHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnEnabledHealthIndicator("secrets")
    @ConditionalOnMissingBean(name = "secretsHealthIndicator")
    @ConditionalOnBean(SecretsProperties.class)
    @ConditionalOnSingleCandidate(RefreshingSecrets.class)
    SecretsHealthIndicator secretsHealthIndicator(RefreshingSecrets secrets, SecretsProperties properties) {
        return new SecretsHealthIndicator(secrets, properties);
    }

    /** Reports how fresh the secrets are. */
    static final class SecretsHealthIndicator extends AbstractHealthIndicator {

        private final RefreshingSecrets secrets;
        private final SecretsProperties properties;

        SecretsHealthIndicator(RefreshingSecrets secrets, SecretsProperties properties) {
            this.secrets = secrets;
            this.properties = properties;
        }

        @Override
        protected void doHealthCheck(Health.Builder builder) {
            SecretsHealth health = SecretsHealth.of(secrets, properties.health().maximumAge());
            builder.withDetails(health.details());
            if (health.isUp()) {
                builder.up();
            } else {
                builder.down();
            }
        }
    }
}
