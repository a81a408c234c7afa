package dev.modelsecrets.vault;

import static dev.modelsecrets.remote.testing.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.SecretDeclarations;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultSecretProviderTest {

    private static VaultSecretProvider.Builder builder() {
        return VaultSecretProvider.builder()
                .environment(Map.of("VAULT_ADDR", "https://vault:8200", "VAULT_TOKEN", "test-token"));
    }

    @Test
    void build_noAddress_saysWhatToDo() {
        assertThatThrownBy(() ->
                        VaultSecretProvider.builder().environment(Map.of()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("where is Vault? Call address(..), or set VAULT_ADDR");
    }

    @Test
    void build_noLogin_saysWhatToDo() {
        assertThatThrownBy(() -> VaultSecretProvider.builder()
                        .environment(Map.of("VAULT_TOKEN", " "))
                        .address("https://vault:8200")
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("how to log in? Call token(..), tokenFile(..), appRole(..) or kubernetes(..),"
                        + " or set VAULT_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vault:8200", "ftp://vault", "https://", "https://user:test-password@vault", "https://a b"})
    void build_noAddressAtAll_isRefused(String address) {
        assertThatThrownBy(() -> builder().address(address).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the address of Vault must be like https://vault:8200");
    }

    @Test
    void build_twoLogins_isRefused() {
        assertThatThrownBy(() -> builder().token("test-token").kubernetes("models"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("choose one login");
    }

    @Test
    void build_namesThatMapToOne_isRefused() {
        assertThatThrownBy(() -> builder()
                        .secretPerName(name -> name.toLowerCase(Locale.ROOT))
                        .declarations(SecretDeclarations.of("TOKEN", "token"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the names TOKEN and token both map to the remote secret token");
    }

    @Test
    void build_versionOfVersion1_isRefused() {
        assertThatThrownBy(() -> builder().engineVersion(1).version("llm", "3").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("KV version 1 has no versions to pin: leave out version(..)");
        assertThatThrownBy(() -> builder().version("llm", "latest"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a version of llm must be a number from 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/../b", "/a", "a//b", "a/", "."})
    void keysOf_noPath_isRefused(String path) {
        assertThatThrownBy(() -> builder().keysOf(path).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Vault can have no path \"" + path + "\": a segment is empty, or leads elsewhere");
    }

    @Test
    void find_mappingLeadsElsewhere_failsWithoutCall() {
        try (VaultSecretProvider provider =
                builder().secretPerName(name -> "../sys/" + name).build()) {
            assertThat(answer(provider, Set.of("seal")))
                    .hasToString(
                            "failed: Vault can have no path \"../sys/seal\": a segment is empty, or leads elsewhere");
        }
    }

    @Test
    void find_oddPath_isEncodedBySegment() throws Exception {
        try (VaultServer server = new VaultServer();
                VaultSecretProvider provider = VaultSecretProvider.builder()
                        .environment(Map.of())
                        .address(server.address())
                        .token(VaultServer.ROOT)
                        .secretPerName("team a/50%?x=1#y/")
                        .build()) {
            provider.find(Set.of("hf_token"));
            assertThat(server.http.requests().get(1).uri().getRawPath())
                    .isEqualTo("/v1/secret/data/team%20a/50%25%3Fx%3D1%23y/hf_token");
            assertThat(server.http.requests().get(1).uri().getRawQuery()).isNull();
        }
    }

    @Test
    void remedy_eachLayout_isTheCommandToRun() {
        try (VaultSecretProvider perName = builder().secretPerName("models/").build();
                VaultSecretProvider keys =
                        builder().namespace("team-a").keysOf("models/llm").build();
                VaultSecretProvider version1 =
                        builder().mount("kv/").engineVersion(1).keysOf("llm").build()) {
            assertThat(version1.remedy("hf_token"))
                    .hasValue("vault kv put -mount=kv llm hf_token=... and all its other keys, which this replaces");
            assertThat(perName.remedy("hf_token")).hasValue("vault kv put -mount=secret models/hf_token value=...");
            assertThat(keys.remedy("hf_token"))
                    .hasValue("vault kv patch -namespace=team-a -mount=secret models/llm hf_token=...");
        }
    }

    @Test
    void toString_always_namesSystemAndLayout() {
        try (VaultSecretProvider provider = builder().keysOf("models/llm").build()) {
            assertThat(provider.name()).isEqualTo("vault");
            assertThat(provider).hasToString("Vault at https://vault:8200, keys of models/llm");
        }
    }
}
