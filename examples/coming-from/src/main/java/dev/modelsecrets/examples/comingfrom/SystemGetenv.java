package dev.modelsecrets.examples.comingfrom;

import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretName;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.local.LocalProviders;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import java.util.Map;

/** The code of {@code system-getenv.md}. */
final class SystemGetenv {

    /** The keys of one model. */
    record Keys(
            @SecretName("OPENAI_API_KEY") Secret openAi, // prints [secret]
            @SecretName("DATABASE_PORT") int port) {}

    private SystemGetenv() {}

    static Secrets secrets(Map<String, String> environment) {
        SecretProvider variables = EnvironmentSecretProvider.of(environment).withPrefix("");
        Secrets secrets = SecretsResolver.of(variables).resolve("OPENAI_API_KEY", "DATABASE_PORT");
        return secrets;
    }

    static Keys keys(Map<String, String> environment) {
        SecretProvider variables = EnvironmentSecretProvider.of(environment).withPrefix("");
        Keys keys = SecretsResolver.of(variables).resolve(Keys.class);
        return keys;
    }

    static Secrets ownNames(Map<String, String> environment) {
        SecretProvider variables = LocalProviders.variables(environment, Map.of("openai_api_key", "OPENAI_API_KEY"));
        Secrets secrets = SecretsResolver.of(variables).resolve("openai_api_key");
        return secrets;
    }
}
