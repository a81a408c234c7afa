package dev.modelsecrets.spring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.spring.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

class ConfigDataTest {

    @TempDir
    Path directory;

    @ConfigurationProperties("client")
    record ClientProperties(String url) {}

    @EnableConfigurationProperties(ClientProperties.class)
    static class Client {

        @Value("${hf_token}")
        String token = "";
    }

    @Test
    void import_declaredName_isAPropertyOfTheEnvironmentAndOfBeans() throws IOException {
        Application application = Application.with(directory, Map.of("hf_token", "test-token-1"))
                .importing("hf_token")
                .with("client.url=https://user:${hf_token}@localhost");

        try (ConfigurableApplicationContext context = application.start(Client.class)) {
            assertThat(context.getEnvironment().getProperty("hf_token")).isEqualTo("test-token-1");
            assertThat(context.getBean(Client.class).token).isEqualTo("test-token-1");
            assertThat(context.getBean(ClientProperties.class).url()).isEqualTo("https://user:test-token-1@localhost");
        }
    }

    @Test
    void import_nameThatIsAPropertysName_bindsIt() throws IOException {
        Application application =
                Application.with(directory, Map.of("client.url", "test-url-1")).importing("client.url");

        try (ConfigurableApplicationContext context = application.start(WithoutToken.class)) {
            assertThat(context.getBean(ClientProperties.class).url()).isEqualTo("test-url-1");
        }
    }

    @EnableConfigurationProperties(ClientProperties.class)
    static class WithoutToken {}

    @Test
    void import_nothingPrints_aValue() throws IOException {
        Application application = Application.with(directory, Map.of("hf_token", "test-token-1"))
                .importing("hf_token")
                .with("model-secrets.defaults.region=eu");

        try (ConfigurableApplicationContext context = application.start()) {
            PropertySource<?> source = source(context);
            assertThat(source)
                    .hasToString(
                            "SecretsPropertySource {name='secrets:', properties=ApplicationSecrets[hf_token, region]}");
            assertThat(source.getSource()).isInstanceOf(Secrets.class);
            assertThat(((OriginLookup<?>) source).toString()).doesNotContain("test-token-1");
            assertThat(OriginLookup.getOrigin(source, "hf_token"))
                    .hasToString("mounted: " + directory.resolve("hf_token"));
            assertThat(OriginLookup.getOrigin(source, "region")).hasToString("default: its declaration");
            assertThat(OriginLookup.getOrigin(source, "unknown")).isNull();
            assertThat(context.getEnvironment().getProperty("region")).isEqualTo("eu");
        }
    }

    private static PropertySource<?> source(ConfigurableApplicationContext context) {
        return context.getEnvironment().getPropertySources().stream()
                .filter(ApplicationSecrets::isSource)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void values_withPlaceholderSyntax_areHandedOutAsTheyWereWritten() throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String value : List.of(
                "pa${ss}word",
                "${v0}",
                "\\${a}",
                "a\\",
                "$2a$10$abc",
                "#no comment",
                "a:${b:c}d",
                "}{$",
                "${",
                "a${b${c}",
                "${{}",
                "${a}${")) {
            values.put("v" + values.size(), value);
        }
        Application application =
                Application.with(directory, values).importing(values.keySet().toArray(new String[0]));
        values.keySet().forEach(name -> application.with("x." + name + "=<${" + name + "}>"));

        try (ConfigurableApplicationContext context = application.start()) {
            values.forEach((name, value) -> {
                assertThat(context.getEnvironment().getProperty(name)).isEqualTo(value);
                assertThat(context.getEnvironment().getProperty("x." + name)).isEqualTo("<" + value + ">");
                assertThat(context.getBeanFactory().resolveEmbeddedValue("<${" + name + "}>"))
                        .isEqualTo("<" + value + ">");
                assertThat(Binder.get(context.getEnvironment())
                                .bind("x." + name, String.class)
                                .get())
                        .isEqualTo("<" + value + ">");
            });
        }
    }

    @Test
    void location_configOfAModel_declaresItsNames() throws IOException {
        Path config =
                Files.writeString(directory.resolve("a config.yaml"), "secrets:\n  hf_token: null\n  region: eu\n");
        Application application = Application.with(directory, Map.of("hf_token", "test-token-1"))
                .with("spring.config.import=secrets:" + config);

        try (ConfigurableApplicationContext context = application.start()) {
            assertThat(context.getEnvironment().getProperty("hf_token")).isEqualTo("test-token-1");
            assertThat(context.getEnvironment().getProperty("region")).isEqualTo("eu");
        }
    }

    @Test
    void location_classPath_isRead() throws IOException {
        Application application = Application.with(directory, Map.of("hf_token", "test-token-1"))
                .with("spring.config.import=secrets:classpath:model/config.yaml");

        try (ConfigurableApplicationContext context = application.start()) {
            assertThat(context.getEnvironment().getProperty("hf_token")).isEqualTo("test-token-1");
        }
    }

    @Test
    void locations_ofSeveralModels_haveTheSameSecrets() throws IOException {
        Path first = Files.writeString(directory.resolve("first.yaml"), "secrets:\n  a: null\n  shared: null\n");
        Path second = Files.writeString(directory.resolve("second.yaml"), "secrets:\n  b: null\n  shared: null\n");
        Application application = Application.with(
                        directory, Map.of("a", "test-value-a", "b", "test-value-b", "shared", "test-value-s"))
                .with("spring.config.import=secrets:" + first + ",secrets:" + second);

        try (ConfigurableApplicationContext context = application.start()) {
            assertThat(context.getEnvironment().getProperty("a")).isEqualTo("test-value-a");
            assertThat(context.getEnvironment().getProperty("b")).isEqualTo("test-value-b");
            RefreshingSecrets secrets = context.getBean(RefreshingSecrets.class);
            assertThat(secrets.get().keySet()).containsExactlyInAnyOrder("a", "b", "shared");
            assertThat(secrets.redactor().redact("test-value-a test-value-b")).isEqualTo("[secret:a] [secret:b]");
        }
    }

    @Test
    void locations_betweenWhichTheChainChanges_areAnError() throws IOException {
        Files.writeString(directory.resolve("first.yaml"), "secrets:\n  a: null\n");
        Path later = Files.writeString(
                directory.resolve("later.properties"),
                "spring.config.import=secrets:" + directory.resolve("first.yaml") + "\nmodel-secrets.prefix=OTHER_");
        Application application = Application.with(directory, Map.of("a", "test-value-a"))
                .with("model-secrets.names=a", "spring.config.import=secrets:,file:" + later);

        assertThatExceptionOfType(SecretsConfigurationException.class)
                .isThrownBy(application::start)
                .withMessageContaining("model-secrets.*");
    }

    private Application withProfile(String application, String profile) throws IOException {
        Path files = Files.createDirectory(directory.resolve("files"));
        Files.writeString(files.resolve("application.properties"), application);
        Files.writeString(files.resolve("application-prod.properties"), profile);
        return Application.with(directory, Map.of("a", "test-value-a", "b", "test-value-b"))
                .with("spring.config.location=" + files + "/", "spring.profiles.active=prod");
    }

    @Test
    void imports_ofTheApplicationAndOfAProfile_areBothLoaded() throws IOException {
        Application application = withProfile(
                "spring.config.import=secrets:\nmodel-secrets.names=a\n",
                "spring.config.import=secrets:\nmodel-secrets.names=a,b\na=of the file\n");

        try (ConfigurableApplicationContext context = application.start()) {
            assertThat(context.getEnvironment().getProperty("b")).isEqualTo("test-value-b");
            assertThat(context.getEnvironment().getProperty("a"))
                    .as("an import wins over the file that imports")
                    .isEqualTo("test-value-a");
            assertThat(context.getBean(RefreshingSecrets.class).get()).containsOnlyKeys("a", "b");
        }
    }

    @Test
    void import_thatIsOptionalWithoutAProfile_isNotOptionalWithIt() throws IOException {
        Application application = withProfile(
                "spring.config.import=optional:secrets:\nmodel-secrets.names=a,missing\n",
                "spring.config.import=secrets:\n");

        assertThatExceptionOfType(MissingSecretsException.class)
                .isThrownBy(application::start)
                .withMessageContaining("missing");
    }

    @Test
    void properties_withPlaceholders_areResolvedFromAllSources() throws IOException {
        Path file = Files.writeString(directory.resolve("app.properties"), """
                spring.config.import=secrets:
                model-secrets.names=${declared},b
                model-secrets.defaults.c=${user.dir}
                """);
        Application application = Application.with(directory, Map.of("a", "test-value-a", "b", "test-value-b"))
                .with("declared=a", "spring.config.import=file:" + file);

        try (ConfigurableApplicationContext context = application.start()) {
            assertThat(context.getEnvironment().getProperty("a")).isEqualTo("test-value-a");
            assertThat(context.getEnvironment().getProperty("b")).isEqualTo("test-value-b");
            assertThat(context.getEnvironment().getProperty("c")).isEqualTo(System.getProperty("user.dir"));
        }
    }

    @Test
    void location_thatDoesNotExist_isAnErrorUnlessItIsOptional() throws IOException {
        Application application =
                Application.with(directory, Map.of()).with("spring.config.import=secrets:/no/such/config.yaml");

        assertThatExceptionOfType(SecretsConfigurationException.class)
                .isThrownBy(application::start)
                .withMessageContaining("/no/such/config.yaml does not exist");
        Application.with(directory, Map.of())
                .with("spring.config.import=optional:secrets:/no/such/config.yaml")
                .start()
                .close();
    }

    @Test
    void durations_outOfRange_areExplained() throws IOException {
        for (String property : List.of(
                "model-secrets.refresh-interval=-5s", "model-secrets.deadline=0s", "model-secrets.deadline=-1s")) {
            Application application = Application.with(directory, Map.of("a", "test-value-a"))
                    .importing("a")
                    .with(property);

            assertThatExceptionOfType(SecretsConfigurationException.class)
                    .isThrownBy(application::start)
                    .withMessageStartingWith(property.substring(0, property.indexOf('=')) + " is n");
        }
    }

    @Test
    void import_namesThatAnotherFileHas_saysWhereItLooks() throws IOException {
        Application application = withProfile("spring.config.import=secrets:\n", "model-secrets.names=a\n");

        assertThatExceptionOfType(SecretsConfigurationException.class)
                .isThrownBy(application::start)
                .withMessageContaining("no secret is declared")
                .withMessageContaining("in the file that imports");
    }

    @Test
    void import_nameListedTwice_isDeclaredOnce() throws IOException {
        Application application =
                Application.with(directory, Map.of("a", "test-value-a")).importing("a", "a");

        try (ConfigurableApplicationContext context = application.start()) {
            assertThat(context.getEnvironment().getProperty("a")).isEqualTo("test-value-a");
        }
    }

    @Test
    void import_missingSecret_isOneErrorThatSaysWhereItWasLookedFor() throws IOException {
        Application application =
                Application.with(directory, Map.of("b", "test-value-b")).importing("a", "b");

        assertThatExceptionOfType(MissingSecretsException.class)
                .isThrownBy(application::start)
                .withMessageContaining("1 of 2 declared secrets has no value:\n  a\n    mounted");
    }

    @Test
    void optionalImport_missingSecret_isNoProperty() throws IOException {
        Application application = Application.with(directory, Map.of("b", "test-value-b"))
                .with("spring.config.import=optional:secrets:", "model-secrets.names=a,b", "x=${a:none}");

        try (ConfigurableApplicationContext context = application.start()) {
            assertThat(context.getEnvironment().containsProperty("a")).isFalse();
            assertThat(context.getEnvironment().getProperty("x")).isEqualTo("none");
            assertThat(context.getEnvironment().getProperty("b")).isEqualTo("test-value-b");
        }
    }

    @Test
    void optionalImport_secretThatIsSetLater_isAPropertyFromThenOn() throws IOException {
        Application application = Application.with(directory, Map.of("b", "test-value-b"))
                .with("spring.config.import=optional:secrets:", "model-secrets.names=a,b");

        try (ConfigurableApplicationContext context = application.start()) {
            EnumerablePropertySource<?> source =
                    (EnumerablePropertySource<?>) context.getEnvironment().getPropertySources().stream()
                            .filter(SecretsPropertySource.class::isInstance)
                            .findFirst()
                            .orElseThrow();
            assertThat(source.getPropertyNames()).containsExactly("b");
            application.rotate("a", "test-value-a");
            context.getBean(RefreshingSecrets.class).refresh();

            assertThat(source.getPropertyNames()).containsExactlyInAnyOrder("a", "b");
            assertThat(Binder.get(context.getEnvironment())
                            .bind("a", String.class)
                            .get())
                    .isEqualTo("test-value-a");
        }
    }

    @Test
    void optionalImport_failedSecret_isAnErrorAllTheSame() throws IOException {
        Files.createDirectory(directory.resolve("a"));
        Application application = Application.with(directory, Map.of())
                .with("spring.config.import=optional:secrets:", "model-secrets.names=a");

        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(application::start)
                .withMessageContaining("is a directory");
    }

    @Test
    void import_nothingDeclared_isAnErrorThatSaysHow() throws IOException {
        Application application = Application.with(directory, Map.of()).with("spring.config.import=secrets:");

        assertThatExceptionOfType(SecretsConfigurationException.class)
                .isThrownBy(application::start)
                .withMessageContaining("model-secrets.names");
    }

    @Test
    void chain_storesOptionsWithoutItsPlace_isAnError() throws IOException {
        Application application = Application.with(directory, Map.of("a", "test-value-a"))
                .importing("a")
                .with("model-secrets.vault.mount=kv");

        assertThatExceptionOfType(SecretsConfigurationException.class)
                .isThrownBy(application::start)
                .withMessageContaining("Add vault to model-secrets.chain");
    }

    @Test
    void chain_storeThatCannotBeSetUp_saysWhatIsMissing() throws IOException {
        Application application = Application.with(directory, Map.of("a", "test-value-a"))
                .importing("a")
                .with(
                        "model-secrets.chain=mounted,vault",
                        "model-secrets.vault.address=http://127.0.0.1:1",
                        "model-secrets.vault.token-file=" + directory.resolve("a"),
                        "model-secrets.vault.keys-of=app",
                        "model-secrets.vault.secret-prefix=app-");

        assertThatExceptionOfType(SecretsConfigurationException.class)
                .isThrownBy(application::start)
                .withMessageContaining("The store vault cannot be set up");
    }

    @Test
    void chain_remoteStore_isAskedInItsTurn() throws IOException {
        Application application = Application.with(directory, Map.of("a", "test-value-a"))
                .importing("a")
                .with(
                        "model-secrets.chain=mounted,vault,kubernetes",
                        "model-secrets.vault.address=http://127.0.0.1:1",
                        "model-secrets.vault.token-file=" + directory.resolve("a"),
                        "model-secrets.vault.keys-of=app",
                        "model-secrets.kubernetes.namespace=models");

        try (ConfigurableApplicationContext context = application.start()) {
            assertThat(context.getBean(SecretsResolver.class))
                    .hasToString("SecretsResolver[mounted, vault, kubernetes]");
        }
    }

    @Test
    void aotProcessing_always_resolvesNothing() throws IOException {
        SecretsConfigDataLoader loader = new SecretsConfigDataLoader();
        Binder binder =
                new Binder(new MapConfigurationPropertySource(Map.of("model-secrets.names", "missing_everywhere")));
        System.setProperty("spring.aot.processing", "true");
        try {
            assertThat(loader.load(null, new SecretsConfigDataResource("", false, null, binder))
                            .getPropertySources())
                    .isEmpty();
        } finally {
            System.clearProperty("spring.aot.processing");
        }
    }
}
