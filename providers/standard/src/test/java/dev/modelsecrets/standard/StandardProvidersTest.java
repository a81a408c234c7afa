package dev.modelsecrets.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardProvidersTest {

    @TempDir
    Path directory;

    @Test
    void chain_thisProcess_hasTheStandardOrder() {
        assertThat(StandardProviders.chain())
                .extracting(SecretProvider::name)
                .containsExactly("environment", "mounted", "local config", "AUTH_SECRET");
        assertThat(StandardProviders.chain().get(1)).hasToString("MountedSecretProvider[/secrets]");
    }

    @Test
    void trussServerChain_thisProcess_hasTheOrderOfTruss() {
        assertThat(StandardProviders.trussServerChain())
                .extracting(SecretProvider::name)
                .containsExactly("mounted", "environment");
    }

    @Test
    void resolver_thisProcess_isOverTheStandardChain() {
        assertThat(StandardProviders.resolver())
                .hasToString("SecretsResolver[environment, mounted, local config, AUTH_SECRET]");
    }

    @Test
    void builder_allPlaces_areUsed() {
        StandardProviders.Builder builder = StandardProviders.builder()
                .environment(Map.of("TRUSS_SECRET_a", "1", "AUTH_SECRET", "{}", "HOME", "/nowhere"))
                .secretsDirectory(directory.resolve("secrets"))
                .localConfig(directory.resolve("config.yaml"));

        assertThat(builder.chain())
                .extracting(Object::toString)
                .containsExactly(
                        "EnvironmentSecretProvider[TRUSS_SECRET_*]",
                        "MountedSecretProvider[" + directory + "/secrets]",
                        "LocalConfigSecretProvider[" + directory + "/config.yaml]",
                        "AuthSecretProvider[set]");
        assertThat(builder.trussServerChain())
                .extracting(Object::toString)
                .containsExactly(
                        "MountedSecretProvider[" + directory + "/secrets]",
                        "EnvironmentSecretProvider[TRUSS_SECRET_*]");
        assertThat(builder.resolver()).hasToString("SecretsResolver[environment, mounted, local config, AUTH_SECRET]");
    }

    @Test
    void builder_environment_givesTheHome() {
        assertThat(StandardProviders.builder()
                        .environment(Map.of("HOME", directory.toString()))
                        .chain()
                        .get(2))
                .hasToString("LocalConfigSecretProvider[" + directory + "/.truss/config.yaml]");
    }

    @Test
    void builder_environmentAlone_looksAtNothingOfTheMachine() {
        List<SecretProvider> chain =
                StandardProviders.builder().environment(Map.of()).chain();

        assertThat(chain)
                .extracting(Object::toString)
                .containsExactly(
                        "EnvironmentSecretProvider[TRUSS_SECRET_*]",
                        "MountedSecretProvider[no directory]",
                        "LocalConfigSecretProvider[no home]",
                        "AuthSecretProvider[not set]");
        assertThat(chain)
                .extracting(SecretProvider::name)
                .containsExactly("environment", "mounted", "local config", "AUTH_SECRET");
        assertThat(chain.get(1).find(Set.of("a")).get("a").reason()).isEqualTo("no directory is given");
        assertThat(chain.get(1).version()).isPresent();
        assertThat(chain.get(1).remedy("a")).isEmpty();
    }

    @Test
    void builder_mapChangedAfterwards_staysTheSame() {
        Map<String, String> environment = new HashMap<>(Map.of("TRUSS_SECRET_a", "1", "HOME", directory.toString()));
        StandardProviders.Builder builder = StandardProviders.builder().environment(environment);

        environment.clear();

        assertThat(builder.chain().get(0).find(Set.of("a")).get("a").value()).isEqualTo("1");
    }

    @Test
    void builder_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> StandardProviders.builder().environment(null));
        assertThatNullPointerException()
                .isThrownBy(() -> StandardProviders.builder().secretsDirectory(null))
                .withMessage("directory");
        assertThatNullPointerException()
                .isThrownBy(() -> StandardProviders.builder().localConfig(null))
                .withMessage("file");
    }

    @Test
    void chain_builder_canBePartOfALongerChain() {
        SecretProvider last = SecretProvider.of("last", Map.of("a", "1"));
        SecretsResolver resolver = SecretsResolver.builder()
                .providers(StandardProviders.builder()
                        .environment(Map.of("HOME", directory.toString()))
                        .secretsDirectory(directory)
                        .chain())
                .provider(last)
                .build();

        assertThat(resolver.resolve("a").source("a")).isEqualTo("last: a");
    }
}
