package dev.modelsecrets.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.SecretProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadmeSnippetTest {

    @Test
    void snippets_ofReadme_work() throws Exception {
        try (VaultServer server = new VaultServer()) {
            VaultAdmin admin = new VaultAdmin(server.address(), VaultServer.ROOT);
            admin.call("POST", "secret/data/models/shared", "{\"data\":{\"hf_token\":\"test-token\"}}");
            SecretProvider environment = SecretProvider.of("environment", Map.of());
            assertThat(ReadmeSnippet.resolve(server.address(), "test-role", "test-secret-id", environment)
                            .source("hf_token"))
                    .hasToString("vault: secret/data/models/shared key hf_token");
            Map<String, String> variables = Map.of("VAULT_ADDR", server.address(), "VAULT_TOKEN", VaultServer.ROOT);
            try (VaultSecretProvider pinned = ReadmeSnippet.pinned(variables)) {
                assertThat(pinned.remedy("hf_token")).hasValue("vault kv put -mount=secret models/hf_token value=...");
            }
        }
    }
}
