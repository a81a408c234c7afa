package dev.modelsecrets.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.api.gax.rpc.UnimplementedException;
import com.google.cloud.secretmanager.v1.AddSecretVersionRequest;
import com.google.cloud.secretmanager.v1.CreateSecretRequest;
import com.google.cloud.secretmanager.v1.ProjectName;
import com.google.cloud.secretmanager.v1.Replication;
import com.google.cloud.secretmanager.v1.Secret;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.protobuf.ByteString;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.testing.SecretProviderContract;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What must hold with the server in memory and with any other; other secrets there are left alone. */
abstract class SecretManagerContract implements SecretProviderContract {

    static final String PROJECT = "test-project";

    /** Of this test alone. */
    final String prefix = "ms-it-" + UUID.randomUUID() + "-";

    private final Set<String> created = new LinkedHashSet<>();
    private SecretManagerServiceClient administrator;
    private String brokenAddress;

    /** Returns the host and port of a plaintext gRPC server. */
    abstract String address() throws Exception;

    /** Ends what the test started. */
    void stop() {}

    SecretManagerServiceClient administrator() throws Exception {
        if (administrator == null) {
            administrator = SecretManagerServer.client(address());
        }
        return administrator;
    }

    @AfterEach
    void deleteAll() throws Exception {
        if (administrator != null) {
            clear();
            administrator.close();
        }
        stop();
    }

    private void clear() throws Exception {
        for (String secret : created) {
            administrator().deleteSecret(secret);
        }
        created.clear();
    }

    @Override
    public void store(Map<String, String> values) throws Exception {
        clear();
        for (Map.Entry<String, String> value : values.entrySet()) {
            add(value.getKey(), value.getValue());
        }
    }

    /** Adds a version, and the secret too if it is not there. */
    void add(String name, String value) throws Exception {
        String secret = secret(name);
        if (!created.contains(secret)) {
            administrator()
                    .createSecret(CreateSecretRequest.newBuilder()
                            .setParent(ProjectName.format(PROJECT))
                            .setSecretId(prefix + name)
                            .setSecret(Secret.newBuilder()
                                    .setReplication(Replication.newBuilder()
                                            .setAutomatic(Replication.Automatic.getDefaultInstance())))
                            .build());
            created.add(secret);
        }
        administrator()
                .addSecretVersion(AddSecretVersionRequest.newBuilder()
                        .setParent(secret)
                        .setPayload(SecretPayload.newBuilder().setData(ByteString.copyFromUtf8(value)))
                        .build());
    }

    String secret(String name) {
        return "projects/" + PROJECT + "/secrets/" + prefix + name;
    }

    @Override
    public SecretProvider provider() throws Exception {
        return builder().secretPerName(prefix).build();
    }

    GoogleSecretProvider.Builder builder() throws Exception {
        return GoogleSecretProvider.builder()
                .environment(Map.of("GOOGLE_CLOUD_PROJECT", PROJECT))
                .endpoint(brokenAddress == null ? address() : brokenAddress)
                .settings(SecretManagerServer::plaintext);
    }

    @Override
    public void breakBackend() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            brokenAddress = "localhost:" + free.getLocalPort();
        }
    }

    @Override
    public Set<Limit> limits() {
        return Set.of(Limit.NO_BLANK_VALUES, Limit.PLAIN_NAMES_ONLY);
    }

    @Override
    public int largestValue() {
        return 65_536;
    }

    @Test
    void find_whiteSpace_isBlank() throws Exception {
        add("spaces", "  \t ");

        try (GoogleSecretProvider provider = builder().secretPerName(prefix).build()) {
            assertThat(provider.find(Set.of("spaces")).get("spaces").reason())
                    .isEqualTo(secret("spaces") + " is blank");
        }
    }

    @Test
    void find_nameWithADot_readsTheOneWithADash() throws Exception {
        add("db-password", "value-of-the-database");

        try (GoogleSecretProvider provider = builder().secretPerName(prefix).build()) {
            assertThat(provider.find(Set.of("db.password")).get("db.password").location())
                    .isEqualTo(secret("db-password"));
        }
    }

    @Test
    void find_keysOfTwo_firstWins() throws Exception {
        add("own", "{\"hf_token\": \"value-of-own\"}");
        add("shared", "{\"hf_token\": \"value-of-shared\", \"timeout\": 1.10}");

        try (GoogleSecretProvider provider = builder()
                .keysOf(prefix + "own", prefix + "shared", prefix + "none")
                .build()) {
            Secrets secrets = SecretsResolver.of(provider).resolve("hf_token", "timeout");
            assertThat(secrets.require("hf_token")).isEqualTo("value-of-own");
            assertThat(secrets.require("timeout")).isEqualTo("1.10");
            assertThat(provider.find(Set.of("other")).get("other").reason())
                    .isEqualTo(secret("own") + " has no key other; " + secret("shared") + " has no key other; "
                            + secret("none") + " does not exist in Secret Manager at " + address()
                            + ", or has no version");
        }
    }

    @Test
    void find_pinnedVersion_isNotTheLatest() throws Exception {
        add("hf_token", "value-of-version-1");
        add("hf_token", "value-of-version-2");

        try (GoogleSecretProvider latest = builder().secretPerName(prefix).build();
                GoogleSecretProvider pinned = builder()
                        .secretPerName(prefix)
                        .version(prefix + "hf_token", "1")
                        .build();
                GoogleSecretProvider missing = builder()
                        .secretPerName(prefix)
                        .version(prefix + "hf_token", "7")
                        .build()) {
            Set<String> name = Set.of("hf_token");
            assertThat(latest.find(name).get("hf_token").value()).isEqualTo("value-of-version-2");
            assertThat(pinned.find(name).get("hf_token").value()).isEqualTo("value-of-version-1");
            assertThat(pinned.find(name).get("hf_token").location()).isEqualTo(secret("hf_token") + "/versions/1");
            assertThat(missing.find(name).get("hf_token").reason())
                    .isEqualTo(secret("hf_token") + "/versions/7 does not exist in Secret Manager at " + address());
        }
    }

    @Test
    void find_disabledAndDestroyedVersion_failApart() throws Exception {
        add("hf_token", "value-of-version-1");
        String version = secret("hf_token") + "/versions/1";
        administrator().disableSecretVersion(version);

        try (GoogleSecretProvider provider = builder()
                .secretPerName(prefix)
                .version(prefix + "hf_token", "1")
                .build()) {
            assertThat(provider.find(Set.of("hf_token")).get("hf_token").problem())
                    .isEqualTo(version + " is disabled: enable it, or add a new version");
            try {
                administrator().destroySecretVersion(version);
            } catch (UnimplementedException e) {
                assumeThat(e).as("the server cannot destroy versions").isNull();
            }
            assertThat(provider.find(Set.of("hf_token")).get("hf_token").problem())
                    .isEqualTo(version + " is destroyed: add a new version");
        }
    }

    @Test
    void cached_newVersion_isSeenAfterTheTimeToLive() throws Exception {
        add("hf_token", "value-before-the-rotation");

        try (GoogleSecretProvider provider = builder().secretPerName(prefix).build()) {
            SecretProvider forHours = SecretProvider.cached(provider, Duration.ofHours(1));
            SecretProvider briefly = SecretProvider.cached(provider, Duration.ofMillis(1));
            assertThat(value(forHours)).isEqualTo("value-before-the-rotation");
            assertThat(value(briefly)).isEqualTo("value-before-the-rotation");
            add("hf_token", "value-after-the-rotation");
            TimeUnit.MILLISECONDS.sleep(2);
            assertThat(value(forHours)).isEqualTo("value-before-the-rotation");
            assertThat(value(briefly)).isEqualTo("value-after-the-rotation");
        }
    }

    private static String value(SecretProvider provider) {
        return provider.find(Set.of("hf_token")).get("hf_token").value();
    }

    @Test
    void refresh_newVersion_isSeen() throws Exception {
        add("hf_token", "value-before-the-rotation");

        try (GoogleSecretProvider provider = builder().secretPerName(prefix).build();
                RefreshingSecrets secrets =
                        SecretsResolver.of(provider).refreshing(SecretDeclarations.of("hf_token"), Duration.ZERO)) {
            assertThat(secrets.get().require("hf_token")).isEqualTo("value-before-the-rotation");
            add("hf_token", "value-after-the-rotation");
            secrets.refresh();
            assertThat(secrets.get().require("hf_token")).isEqualTo("value-after-the-rotation");
        }
    }
}
