package dev.modelsecrets.local;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What README.md shows. */
final class ReadmeSnippet {

    private ReadmeSnippet() {}

    static SecretsResolver resolver(Map<String, String> environment, Path home) {
        SecretProvider dotEnv = DotEnvSecretProvider.at(home.resolve("model/.env"));
        return SecretsResolver.of(
                LocalProviders.systemdCredentials(environment),
                LocalProviders.dockerSecrets(),
                LocalProviders.variableFiles(environment),
                LocalProviders.variables(environment, Map.of("openai_api_key", "OPENAI_API_KEY")),
                SecretProvider.renaming(dotEnv, name -> name.toUpperCase(Locale.ROOT)),
                HuggingFaceSecretProvider.of(environment, home, "hf_access_token"));
    }

    static SecretsResolver passwordManagers() {
        return SecretsResolver.of(
                CommandSecretProvider.builder("op", "read", "op://models/{name}/credential")
                        .name("1Password")
                        .build(),
                CommandSecretProvider.builder("gopass", "show", "-o", "models/{name}")
                        .name("gopass")
                        .absentStatus(10)
                        .build(),
                CommandSecretProvider.batch("/opt/acme/secret-helper").build(),
                SopsSecretProvider.at(Path.of("secrets.enc.yaml")).build());
    }

    static SecretsResolver derived(SecretProvider vault) {
        return SecretsResolver.of(DerivedSecretProvider.over(vault)
                .base64("tls_key")
                .field("db_user", "db_credentials", "/user")
                .field("db_password", "db_credentials", "/password")
                .composed("jdbc_url", "jdbc:postgresql://db/app?user={db_user}&password={db_password:url}")
                .build());
    }

    static boolean authorized(AcceptedKeys keys, String header) {
        return keys.accepts(header);
    }

    static AcceptedKeys keys(RefreshingSecrets secrets) {
        return AcceptedKeys.of(secrets, "inbound_api_key", Duration.ofMinutes(10));
    }
}
