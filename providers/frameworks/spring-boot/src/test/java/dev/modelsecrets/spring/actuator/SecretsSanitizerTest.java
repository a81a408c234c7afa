package dev.modelsecrets.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.spring.Application;
import dev.modelsecrets.spring.SecretsAutoConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class SecretsSanitizerTest {

    @TempDir
    Path directory;

    private Application importing() throws IOException {
        return Application.with(directory, Map.of("a", "test-value-a", "b", "test-value-b"))
                .importing("a");
    }

    private static Object shown(ConfigurableApplicationContext context, String value) {
        return context.getBean(SanitizingFunction.class)
                .apply(new SanitizableData(null, "x", value))
                .getValue();
    }

    @Test
    void value_ofAnImportWithoutBeans_isSanitised() throws IOException {
        Application application =
                importing().with("spring.autoconfigure.exclude=" + SecretsAutoConfiguration.class.getName());

        try (ConfigurableApplicationContext context = application.start()) {
            assertThat(shown(context, "<test-value-a>")).isEqualTo("<[secret:a]>");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OfTheUser {

        @Bean
        RefreshingSecrets mine(SecretsResolver resolver) {
            return resolver.refreshing(Duration.ZERO, "b");
        }
    }

    @Test
    void values_ofAnImportAndOfTheApplicationsOwnBean_areSanitised() throws IOException {
        try (ConfigurableApplicationContext context = importing().start(OfTheUser.class)) {
            assertThat(shown(context, "<test-value-a,test-value-b>")).isEqualTo("<[secret:a],[secret:b]>");
        }
    }
}
