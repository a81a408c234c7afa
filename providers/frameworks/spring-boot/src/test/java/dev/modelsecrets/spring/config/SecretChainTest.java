package dev.modelsecrets.spring.config;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SecretChainTest {

    @ParameterizedTest
    @ValueSource(strings = {"MODELSECRETS_AWS_REGION", "MODEL_SECRETS_AWS_REGION"})
    void resolver_variableOfAStoreOutsideTheChain_isRefused(String variable) {
        refuses(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(variable, "eu-west-1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model-secrets.aws.region", "modelSecrets.aws.region", "model-secrets.aws.keys-of[0]"})
    void resolver_propertyOfAStoreOutsideTheChain_isRefused(String property) {
        refuses(new MapPropertySource("test", Map.of(property, "eu-west-1")));
    }

    private static void refuses(PropertySource<?> source) {
        Binder binder = new Binder(ConfigurationPropertySources.from(source));
        SecretsProperties properties = SecretsProperties.of(binder);

        assertThatExceptionOfType(SecretsConfigurationException.class)
                .isThrownBy(() -> SecretChain.resolver(properties, binder, List.of()))
                .withMessageStartingWith("model-secrets.aws is set, but this store is not in the chain");
    }
}
