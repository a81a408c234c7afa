package dev.modelsecrets.identity;

import dev.modelsecrets.SecretProvider;
import java.net.URI;
import java.nio.file.Path;

/** The code of the README. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static SecretProvider exchange() {
        SecretProvider identity = IdentitySecretProvider.builder(
                        "model_api_token", URI.create("https://auth.example.com/oauth/token"))
                .tokenFile(Path.of("/var/run/secrets/tokens/oidc"))
                .parameter("audience", "https://api.example.com")
                .build();
        return identity;
    }
}
