package dev.modelsecrets;

import java.util.Map;

/** The code of the README. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static Secrets ownProvider() {
        SecretProvider provider = SecretProvider.of("team vault", Map.of("hf_access_token", "test-token"));
        Secrets secrets = SecretsResolver.of(provider).resolve("hf_access_token");
        return secrets;
    }
}
