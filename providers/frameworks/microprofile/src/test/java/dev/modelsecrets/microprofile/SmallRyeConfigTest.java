package dev.modelsecrets.microprofile;

import static dev.modelsecrets.microprofile.Application.SENTINEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.MissingSecretsException;
import io.smallrye.config.SecretKeys;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.junit.jupiter.api.Test;

/** With SmallRye Config, which Quarkus uses. */
class SmallRyeConfigTest extends ConfigContract {

    @Override
    ConfigBuilder builder() {
        return new SmallRyeConfigBuilder().addDefaultInterceptors();
    }

    private static SmallRyeConfigBuilder discovered() {
        return new SmallRyeConfigBuilder()
                .forClassLoader(Thread.currentThread().getContextClassLoader())
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredSources()
                .addDiscoveredSecretKeysHandlers();
    }

    @Test
    void handler_secretInAnExpression_isResolvedAtEachRead() throws Exception {
        Application application = new Application(directory, "openai.api-key=${model-secrets::openai_api_key}")
                .secret("openai_api_key", SENTINEL);

        application.run(() -> {
            SmallRyeConfig config = discovered().build();
            assertThat(config.getValue("openai.api-key", String.class)).isEqualTo(SENTINEL);

            application.secret("openai_api_key", "test-token-2");

            assertThat(config.getValue("openai.api-key", String.class)).isEqualTo("test-token-2");
            return null;
        });
    }

    @Test
    void handler_missingSecret_isOurMessage() throws Exception {
        Application application = new Application(directory, "openai.api-key=${model-secrets::openai_api_key}");

        application.run(() -> {
            SmallRyeConfig config = discovered().build();
            assertThatThrownBy(() -> config.getValue("openai.api-key", String.class))
                    .isInstanceOf(MissingSecretsException.class)
                    .hasMessageContaining("openai_api_key");
            return null;
        });
    }

    @Test
    void secretKey_declaredToSmallRye_isLocked() throws Exception {
        Application application = new Application(directory, "model-secrets.names=token").secret("token", SENTINEL);

        application.run(() -> {
            SmallRyeConfig config = discovered().withSecretKeys("token").build();
            assertThatThrownBy(() -> config.getValue("token", String.class))
                    .isInstanceOf(SecurityException.class)
                    .hasMessageNotContaining(SENTINEL);
            assertThat(SecretKeys.<String>doUnlocked(() -> config.getValue("token", String.class)))
                    .isEqualTo(SENTINEL);
            return null;
        });
    }
}
