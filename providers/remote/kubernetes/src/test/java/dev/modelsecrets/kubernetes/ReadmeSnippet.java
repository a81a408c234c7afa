package dev.modelsecrets.kubernetes;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.StandardProviders;
import dev.modelsecrets.store.SecretStore;
import dev.modelsecrets.store.StoredSecret;

/** The snippets of the README. */
final class ReadmeSnippet {

    private ReadmeSnippet() {}

    static SecretsResolver resolver(SecretDeclarations declarations) {
        KubernetesSecretProvider kubernetes = KubernetesSecretProvider.builder()
                .keysOf("llm-secrets", "shared-secrets") // without this: a Secret for each name
                .declarations(declarations)
                .build();
        SecretsResolver resolver = SecretsResolver.builder()
                .providers(StandardProviders.chain())
                .provider(kubernetes)
                .build();
        return resolver;
    }

    static SecretStore store(String token) {
        SecretStore store = KubernetesSecretStore.builder().namespace("models").build();
        store.put(StoredSecret.builder("hf-token")
                .description("for gated models")
                .value("value", token)
                .build());
        return store;
    }
}
