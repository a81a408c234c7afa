package dev.modelsecrets.examples.comingfrom;

import dev.modelsecrets.ResolutionReport;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.local.CommandSecretProvider;
import dev.modelsecrets.local.DotEnvSecretProvider;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import java.nio.file.Path;
import java.util.Map;

/** The code of {@code secretspec.md}. */
final class SecretSpec {

    private SecretSpec() {}

    static SecretDeclarations declarations(boolean development) {
        SecretDeclarations.Builder builder = SecretDeclarations.builder()
                .required("API_KEY")
                .describe("API_KEY", "key of the model's provider")
                .withDefault("REDIS_URL", "redis://localhost:6379");
        if (development) {
            builder.withDefault("DATABASE_URL", "sqlite:dev.db");
        } else {
            builder.required("DATABASE_URL");
        }
        SecretDeclarations declarations = builder.build();
        return declarations;
    }

    static SecretsResolver resolver(Map<String, String> environment, Path directory) {
        SecretsResolver resolver = SecretsResolver.of(
                EnvironmentSecretProvider.of(environment).withPrefix(""),
                DotEnvSecretProvider.at(directory.resolve(".env")));
        return resolver;
    }

    static Secrets run(SecretsResolver resolver, SecretDeclarations declarations) {
        ResolutionReport report = resolver.explain(declarations); // secretspec check: names and places, no values
        if (!report.isComplete()) {
            System.err.println(report);
        }
        return resolver.resolve(declarations);
    }

    static SecretProvider beside(String program) {
        SecretProvider secretspec = CommandSecretProvider.builder(program, "get", "{name}")
                .name("secretspec")
                .build();
        return secretspec;
    }
}
