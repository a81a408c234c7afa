package dev.modelsecrets.microprofile;

import static dev.modelsecrets.microprofile.Application.SENTINEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold with every implementation of MicroProfile Config. */
abstract class ConfigContract {

    @TempDir
    Path directory;

    /** A builder of the real implementation. */
    abstract ConfigBuilder builder();

    private Config discovered() {
        return builder()
                .forClassLoader(Thread.currentThread().getContextClassLoader())
                .addDefaultSources()
                .addDiscoveredSources()
                .addDiscoveredConverters()
                .build();
    }

    @Test
    void discovered_declaredName_isAProperty() throws Exception {
        Application application = new Application(directory, "model-secrets.names=hf_access_token, s3.bucket")
                .secret("hf_access_token", SENTINEL)
                .secret("s3.bucket", "models");

        application.run(() -> {
            Config config = discovered();
            assertThat(config.getValue("hf_access_token", String.class)).isEqualTo(SENTINEL);
            assertThat(config.getValue("s3.bucket", String.class)).isEqualTo("models");
            return null;
        });
    }

    @Test
    void discovered_undeclaredName_isNotLookedFor() throws Exception {
        Application application =
                new Application(directory, "model-secrets.names=other").secret("undeclared", SENTINEL);

        application.run(() -> {
            assertThat(discovered().getOptionalValue("undeclared", String.class))
                    .isEmpty();
            return null;
        });
    }

    @Test
    void discovered_absentName_comesFromALowerSource() throws Exception {
        Application application = new Application(directory, "model-secrets.names=region,nothing", "region=us-east-1");

        application.run(() -> {
            Config config = discovered();
            assertThat(config.getValue("region", String.class)).isEqualTo("us-east-1");
            assertThat(config.getOptionalValue("nothing", String.class)).isEmpty();
            return null;
        });
    }

    @Test
    void discovered_nameWithAValueInBoth_isTheSecret() throws Exception {
        Application application =
                new Application(directory, "model-secrets.names=token", "token=changeme").secret("token", SENTINEL);

        application.run(() -> {
            assertThat(discovered().getValue("token", String.class)).isEqualTo(SENTINEL);
            return null;
        });
    }

    @Test
    void discovered_failedSecret_isOurErrorInsteadOfALowerValue() throws Exception {
        Application application = new Application(directory, "model-secrets.names=token", "token=" + SENTINEL);
        Files.createDirectory(application.path("token"));

        application.run(() -> {
            Config config = discovered();
            assertThatThrownBy(() -> config.getValue("token", String.class))
                    .isInstanceOf(SecretProviderException.class)
                    .hasMessageContaining("token")
                    .hasMessageNotContaining(SENTINEL);
            return null;
        });
    }

    @Test
    void discovered_expression_holdsTheSecret() throws Exception {
        Application application = new Application(
                        directory, "model-secrets.names=db_password", "db.url=jdbc:x?password=${db_password}")
                .secret("db_password", SENTINEL);

        application.run(() -> {
            assertThat(discovered().getValue("db.url", String.class)).isEqualTo("jdbc:x?password=" + SENTINEL);
            return null;
        });
    }

    @Test
    void discovered_secretType_isFilledAndPrintsNothing() throws Exception {
        Application application = new Application(directory, "model-secrets.names=token").secret("token", SENTINEL);

        application.run(() -> {
            Secret secret = discovered().getValue("token", Secret.class);
            assertThat(secret.reveal()).isEqualTo(SENTINEL);
            assertThat(secret).hasToString("[secret]");
            return null;
        });
    }

    @Test
    void discovered_sourcesAndNames_giveNoValueAway() throws Exception {
        Application application = new Application(directory, "model-secrets.names=token").secret("token", SENTINEL);

        application.run(() -> {
            Config config = discovered();
            assertThat(config.getValue("token", String.class)).isEqualTo(SENTINEL);
            List<String> shown = new ArrayList<>();
            for (ConfigSource source : config.getConfigSources()) {
                if (source instanceof SecretsConfigSource) {
                    shown.add(source.getName() + source + source.getPropertyNames() + source.getProperties());
                }
            }
            assertThat(shown).hasSize(1);
            config.getPropertyNames().forEach(shown::add);
            shown.add(config.toString());
            assertThat(shown).noneMatch(text -> text.contains(SENTINEL));
            return null;
        });
    }

    @Test
    void discovered_ordinalProperty_isItsOrdinal() throws Exception {
        Application application = new Application(
                        directory, "model-secrets.ordinal=50", "model-secrets.names=token", "token=lower")
                .secret("token", SENTINEL);

        application.run(() -> {
            assertThat(discovered().getValue("token", String.class)).isEqualTo("lower");
            return null;
        });
    }

    @Test
    void of_rotatedSecret_isTheNewestValue() {
        AtomicReference<String> value = new AtomicReference<>("test-token-1");
        SecretProvider provider = SecretProvider.of("rotating", name -> Lookup.found(value.get(), "rotating"));
        try (RefreshingSecrets secrets = SecretsResolver.of(provider).refreshing(Duration.ZERO, "token")) {
            Config config =
                    builder().withSources(SecretsConfigSource.of(secrets)).build();
            assertThat(config.getValue("token", String.class)).isEqualTo("test-token-1");

            value.set("test-token-2");
            secrets.refresh();

            assertThat(config.getValue("token", String.class)).isEqualTo("test-token-2");
            assertThat(config.getOptionalValue("undeclared", String.class)).isEmpty();
        }
    }

    @Test
    void of_optionalSecretWithoutAValue_comesFromALowerSource() throws Exception {
        SecretDeclarations declarations = SecretDeclarations.builder()
                .required("token")
                .optional("region")
                .optional("zone")
                .build();
        Secrets secrets = SecretsResolver.of(SecretProvider.of("fixed", Map.of("token", SENTINEL)))
                .resolve(declarations);

        new Application(directory, "region=us-east-1").run(() -> {
            Config config = builder()
                    .forClassLoader(Thread.currentThread().getContextClassLoader())
                    .addDefaultSources()
                    .withSources(SecretsConfigSource.of(() -> secrets))
                    .build();
            assertThat(config.getValue("token", String.class)).isEqualTo(SENTINEL);
            assertThat(config.getValue("region", String.class)).isEqualTo("us-east-1");
            assertThat(config.getOptionalValue("zone", String.class)).isEmpty();
            return null;
        });
    }

    /** The one leak that nobody but the implementation can mend; the README tells of it. */
    @Test
    void discovered_conversionThatFails_isQuotedByTheImplementation() throws Exception {
        Application application = new Application(directory, "model-secrets.names=token").secret("token", SENTINEL);

        application.run(() -> {
            Config config = discovered();
            assertThatThrownBy(() -> config.getValue("token", Integer.class)).hasStackTraceContaining(SENTINEL);
            return null;
        });
    }
}
