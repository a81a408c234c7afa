package dev.modelsecrets.gcp;

import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;

/** What the README shows. */
final class ReadmeSnippet {

    private ReadmeSnippet() {}

    static Secrets resolve(SecretManagerServiceClient client, SecretDeclarations declarations) {
        GoogleSecretProvider google = GoogleSecretProvider.builder()
                .client(client) // without one: application default credentials
                .project("my-project") // without it: GOOGLE_CLOUD_PROJECT, or that of the login
                .secretPerName("bert-") // hf_token is the secret bert-hf_token
                .version("bert-license", "3") // of all others, the latest
                .build();
        Secrets secrets = SecretsResolver.of(google).resolve(declarations);
        return secrets;
    }
}
