package dev.modelsecrets.platforms;

import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;

/** What README.md shows. */
final class ReadmeSnippet {

    private ReadmeSnippet() {}

    static PushReport push(SecretsResolver resolver, SecretDeclarations declarations, Secret apiKey) {
        Secrets secrets = resolver.resolve(declarations);
        try (SecretPlatform platform = BasetenPlatform.builder(apiKey).build()) {
            PushPlan plan = platform.plan(secrets);
            System.out.println(plan); // names and what would happen, never a value
            PushReport report = platform.push(plan);
            return report.isComplete() ? report : platform.push(platform.plan(report.remaining()));
        }
    }
}
