package dev.modelsecrets.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a running program sees of a rotation, and when it contacts AWS at all. */
class AwsRotationTest {

    private static final SecretDeclarations DECLARATIONS = SecretDeclarations.of("user", "password");

    private final AwsServer server = AwsServer.inProcess();
    private final AwsSecretProvider provider = server.provider();

    AwsRotationTest() throws IOException {}

    @AfterEach
    void close() {
        provider.close();
        server.close();
    }

    @Test
    void refresh_valueRotated_isSeen() {
        server.replace(Map.of("user", "test-user", "password", "test-first"));
        try (RefreshingSecrets secrets = SecretsResolver.of(provider).refreshing(DECLARATIONS, Duration.ZERO)) {
            server.put("password", "test-second");

            assertThat(secrets.get().require("password")).isEqualTo("test-first");
            assertThat(secrets.refresh().require("password")).isEqualTo("test-second");
        }
    }

    @Test
    void refresh_cachedProvider_asksAwsAgain() {
        server.replace(Map.of("user", "test-user", "password", "test-first"));
        SecretProvider cached = SecretProvider.cached(provider, Duration.ofHours(1));
        try (RefreshingSecrets secrets = SecretsResolver.of(cached).refreshing(DECLARATIONS, Duration.ZERO)) {
            server.put("password", "test-second");
            cached.find(Set.of("user", "password"));
            assertThat(server.readTargets()).hasSize(1);

            assertThat(secrets.refresh().require("password")).isEqualTo("test-second");
        }
    }

    @Test
    void resolve_earlierProviderHasAll_contactsNobody() {
        SecretProvider earlier = SecretProvider.of("earlier", Map.of("user", "test-user", "password", "test-password"));

        SecretsResolver.of(earlier, provider).resolve(DECLARATIONS);

        assertThat(server.loopback().requests()).isEmpty();
    }
}
