package dev.modelsecrets.spring.actuator;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.spring.SecretsAutoConfiguration;
import dev.modelsecrets.spring.config.ApplicationSecrets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Sanitises {@code /actuator/env} and {@code /actuator/configprops} by value. */
@AutoConfiguration(after = SecretsAutoConfiguration.class)
@ConditionalOnClass(SanitizingFunction.class)
public class SecretsActuatorAutoConfiguration {

    /** Made by Spring. */
    public SecretsActuatorAutoConfiguration() {}

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ConditionalOnMissingBean(name = "secretsSanitizingFunction")
    SanitizingFunction secretsSanitizingFunction(ObjectProvider<RefreshingSecrets> beans, Environment environment) {
        Set<RefreshingSecrets> all = new LinkedHashSet<>();
        for (RefreshingSecrets bean : beans) {
            all.add(bean);
        }
        Optional<ApplicationSecrets> imported = ApplicationSecrets.importedInto(environment);
        if (imported.isPresent()) {
            all.add(imported.get().refreshing()); // The beans may be the application's own.
        }
        return new SecretsSanitizer(List.copyOf(all));
    }
}
