package dev.modelsecrets.examples.comingfrom;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.local.DotEnvSecretProvider;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import java.nio.file.Path;
import java.util.Map;

/** The code of {@code dotenv.md}. */
final class DotEnv {

    private DotEnv() {}

    static Secrets secrets(Map<String, String> environment, Path directory) {
        SecretProvider variables = EnvironmentSecretProvider.of(environment).withPrefix("");
        SecretProvider file = DotEnvSecretProvider.at(directory.resolve(".env"));
        Secrets secrets = SecretsResolver.of(variables, file).resolve("OPENAI_API_KEY", "DATABASE_URL");
        return secrets;
    }

    static Secrets expanding(Map<String, String> environment, Path directory) {
        SecretProvider file = DotEnvSecretProvider.at(directory.resolve(".env")).expanding(environment);
        return SecretsResolver.of(file).resolve("DATABASE_URL");
    }
}
