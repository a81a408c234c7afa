package dev.modelsecrets.spring.actuator;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.spring.SecretsAutoConfiguration;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Sanitises {@code /actuator/env} and {@code /actuator/configprops} by value. */
@AutoConfiguration(after = SecretsAutoConfiguration.class)
@ConditionalOnClass(SanitizingFunction.class)
public class SecretsActuatorAutoConfiguration {

    /** Made by Spring. */
    public SecretsActuatorAutoConfiguration() {}

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ConditionalOnMissingBean(name = "secretsSanitizingFunction")
    SanitizingFunction secretsSanitizingFunction(RefreshingSecrets secrets) {
        return new SecretsSanitizer(secrets);
    }
}
