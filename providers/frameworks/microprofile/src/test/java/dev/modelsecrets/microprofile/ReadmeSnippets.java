package dev.modelsecrets.microprofile;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/** The code of the README. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static Map.Entry<Secret, String> discovered() {
        Config config = ConfigProvider.getConfig();
        Secret token = config.getValue("hf_access_token", Secret.class); // or String, or @ConfigProperty
        String url = config.getValue("db.url", String.class);
        return Map.entry(token, url);
    }

    static Config withOwnProviders(SecretsResolver resolver) {
        RefreshingSecrets secrets = resolver.refreshing(Duration.ofSeconds(30), "hf_access_token", "db_password");
        Config config = ConfigProviderResolver.instance()
                .getBuilder()
                .addDefaultSources()
                .withSources(SecretsConfigSource.of(secrets))
                .build();
        return config;
    }
}
