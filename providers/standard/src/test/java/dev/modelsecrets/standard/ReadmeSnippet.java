package dev.modelsecrets.standard;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.nio.file.Path;

/** The code of the README. */
final class ReadmeSnippet {

    private ReadmeSnippet() {}

    static String resolve() {
        SecretDeclarations declarations =
                ModelConfig.read(Path.of("config.yaml")).declarations();
        try (SecretsResolver resolver = StandardProviders.resolver()) {
            Secrets secrets = resolver.resolve(declarations);
            return secrets.require("hf_access_token");
        }
    }

    static Lookup find(String text) {
        SecretDocument document = SecretDocument.json(text);
        Lookup password = document.find("password", "secret/demo");
        return password;
    }
}
