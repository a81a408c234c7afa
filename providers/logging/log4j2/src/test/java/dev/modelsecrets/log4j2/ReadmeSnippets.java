package dev.modelsecrets.log4j2;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;

/** The code of the README. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static SecretRedaction install(SecretsResolver resolver, SecretDeclarations declarations) {
        RefreshingSecrets secrets = resolver.refreshing(declarations, Duration.ofMinutes(1));
        SecretRedaction redaction = SecretRedaction.install(secrets);
        return redaction;
    }
}
