package dev.modelsecrets.standard.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.RefreshingSecrets.Change;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.KubernetesMount;
import dev.modelsecrets.standard.LogLines;
import dev.modelsecrets.standard.MountedSecretProvider;
import dev.modelsecrets.standard.StandardProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that follow a directory as a kubelet rotates it. */
class RefreshingMountTest {

    private static final SecretDeclarations DECLARATIONS = SecretDeclarations.builder()
            .required("token")
            .required("password")
            .withDefault("extra", "")
            .build();

    @TempDir
    Path temporary;

    private Path directory;
    private KubernetesMount mount;
    private final List<Change> changes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void createMount() throws IOException {
        directory = Files.createDirectory(temporary.resolve("secrets"));
        mount = new KubernetesMount(directory);
        mount.publish(Map.of("token", "token-1", "password", "password-1"));
    }

    private RefreshingSecrets refreshing() {
        return SecretsResolver.of(MountedSecretProvider.at(directory)).refreshing(DECLARATIONS, Duration.ZERO);
    }

    /** Makes the mount one that nobody has touched for an hour. */
    private void age() throws IOException {
        Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    }

    /** Waits for listeners, which are told on a thread of their own. */
    private void awaitChanges(int count) throws InterruptedException {
        for (int i = 0; changes.size() < count && i < 6_000; i++) {
            Thread.sleep(10);
        }
    }

    /** Counts the calls of a provider. */
    private static final class Counting implements SecretProvider {

        private final SecretProvider provider;
        private int finds;
        private int looks;

        Counting(SecretProvider provider) {
            this.provider = provider;
        }

        @Override
        public String name() {
            return provider.name();
        }

        @Override
        public Map<String, Lookup> find(Set<String> names) {
            finds++;
            return provider.find(names);
        }

        @Override
        public Optional<Object> version() {
            looks++;
            return provider.version();
        }
    }

    @Test
    void refresh_rotatedMount_handsOverTheNewGeneration() throws Exception {
        try (RefreshingSecrets secrets = refreshing()) {
            Secrets before = secrets.get();
            secrets.onChange(changes::add);
            mount.publish(Map.of("token", "token-2", "password", "password-1"));

            Secrets after = secrets.refresh();

            assertThat(after.require("token")).isEqualTo("token-2");
            assertThat(after.source("token")).isEqualTo("mounted: " + directory + "/token");
            assertThat(before.require("token")).isEqualTo("token-1");
            awaitChanges(1);
            assertThat(changes).containsExactly(new Change(Set.of(), Set.of("token"), Set.of()));
        }
    }

    @Test
    void refresh_rotatedToTheSameValues_tellsNobody() throws Exception {
        try (RefreshingSecrets secrets = refreshing()) {
            Secrets before = secrets.get();
            secrets.onChange(changes::add);
            mount.publish(Map.of("token", "token-1", "password", "password-1"));

            assertThat(secrets.refresh()).isSameAs(before);
            assertThat(changes).isEmpty();
        }
    }

    @Test
    void refresh_manyRotationsAtOnce_allAreSeen() throws Exception {
        try (RefreshingSecrets secrets = refreshing()) {
            for (int i = 2; i < 200; i++) {
                mount.publish(Map.of("token", "token-" + i, "password", "password-" + i));

                assertThat(secrets.refresh().require("token")).isEqualTo("token-" + i);
            }
        }
    }

    /** A kubelet puts the new {@code ..data} in place first, and the links of new keys thereafter. */
    @Test
    void refresh_linkAddedAfterTheSwap_isSeenByTheNextRefresh() throws Exception {
        try (RefreshingSecrets secrets = refreshing()) {
            secrets.onChange(changes::add);
            for (int i = 2; i < 60; i++) {
                Path next = Files.createDirectory(directory.resolve("..generation-" + i));
                Files.writeString(next.resolve("token"), "token-" + i);
                Files.writeString(next.resolve("password"), "password-" + i);
                Files.writeString(next.resolve("extra"), "extra-" + i);
                Files.createSymbolicLink(directory.resolve("..data_tmp"), next.getFileName());
                Files.move(
                        directory.resolve("..data_tmp"), directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
                secrets.refresh();
                assertThat(secrets.get().require("token")).isEqualTo("token-" + i);
                assertThat(secrets.get().require("extra")).isEmpty();

                Path link = Files.createSymbolicLink(directory.resolve("extra"), Path.of("..data/extra"));
                secrets.refresh();
                assertThat(secrets.get().require("extra")).isEqualTo("extra-" + i);

                Files.delete(link);
                secrets.refresh();
                assertThat(secrets.get().require("extra")).isEmpty();
            }
            awaitChanges(3 * 58);
            assertThat(changes)
                    .hasSize(3 * 58)
                    .startsWith(
                            new Change(Set.of(), Set.of("token", "password"), Set.of()),
                            new Change(Set.of("extra"), Set.of(), Set.of()),
                            new Change(Set.of(), Set.of(), Set.of("extra")));
        }
    }

    @Test
    void refresh_unchangedMount_isLookedAtAndNotRead() throws Exception {
        age();
        Counting counting = new Counting(MountedSecretProvider.at(directory));
        SecretDeclarations declarations = SecretDeclarations.of("token", "password");
        try (RefreshingSecrets secrets = SecretsResolver.of(counting).refreshing(declarations, Duration.ZERO)) {
            for (int i = 0; i < 10; i++) {
                secrets.refresh();
            }
            assertThat(counting.finds).isEqualTo(1);
            assertThat(counting.looks).isEqualTo(11);

            mount.publish(Map.of("token", "token-2", "password", "password-2"));
            assertThat(secrets.refresh().require("token")).isEqualTo("token-2");
            assertThat(counting.finds).isEqualTo(2);

            age();
            secrets.refresh();
            secrets.refresh();
            assertThat(counting.finds).isEqualTo(3);
        }
    }

    @Test
    void refresh_unchangedStandardChain_isNotReadEither() throws Exception {
        age();
        List<Counting> chain = new ArrayList<>();
        for (SecretProvider provider : StandardProviders.builder()
                .environment(Map.of("TRUSS_SECRET_password", "from-the-environment"))
                .secretsDirectory(directory)
                .localConfig(temporary.resolve("config.yaml"))
                .chain()) {
            chain.add(new Counting(provider));
        }
        SecretsResolver resolver = SecretsResolver.builder().providers(chain).build();
        try (RefreshingSecrets secrets = resolver.refreshing(DECLARATIONS, Duration.ZERO)) {
            secrets.refresh();
            secrets.refresh();

            assertThat(chain).extracting(each -> each.finds).containsExactly(1, 1, 1, 1);

            Files.writeString(temporary.resolve("config.yaml"), "secrets: {extra: from-the-file}");
            assertThat(secrets.refresh().require("extra")).isEqualTo("from-the-file");
        }
    }

    @Test
    void refresh_plainDirectory_isReadEachTime() throws Exception {
        Path plain = Files.createDirectory(temporary.resolve("plain"));
        Files.writeString(plain.resolve("token"), "token-1");
        try (RefreshingSecrets secrets = SecretsResolver.of(MountedSecretProvider.at(plain))
                .refreshing(SecretDeclarations.of("token"), Duration.ZERO)) {
            Files.writeString(plain.resolve("token"), "token-2");

            assertThat(secrets.refresh().require("token")).isEqualTo("token-2");
        }
    }

    @Test
    void refresh_mountThatIsGone_keepsTheLastGoodSecretsUntilItIsBack() throws Exception {
        try (RefreshingSecrets secrets = refreshing();
                LogLines log = new LogLines()) {
            Path aside = temporary.resolve("aside");
            Files.move(directory, aside);

            assertThat(secrets.refresh().require("token")).isEqualTo("token-1");
            assertThat(secrets.refresh().require("token")).isEqualTo("token-1");

            assertThat(secrets.lastFailure())
                    .get()
                    .isInstanceOfSatisfying(
                            MissingSecretsException.class,
                            e -> assertThat(e.names()).containsExactly("token", "password"));
            assertThat(log.soFar())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING Refreshing the secrets failed, so the last good ones stay in use. 2 of 3")
                    .contains(directory + " does not exist");
            Files.move(aside, directory);
            mount.publish(Map.of("token", "token-2", "password", "password-2"));
            assertThat(secrets.refresh().require("token")).isEqualTo("token-2");
            assertThat(secrets.lastFailure()).isEmpty();
        }
    }

    @Test
    void refresh_keyThatBecameADirectory_isAFailure() throws Exception {
        try (RefreshingSecrets secrets = refreshing()) {
            Files.delete(directory.resolve("token"));
            Files.createDirectory(directory.resolve("token"));

            assertThat(secrets.refresh().require("token")).isEqualTo("token-1");

            assertThat(secrets.lastFailure())
                    .get()
                    .isInstanceOf(SecretProviderException.class)
                    .asString()
                    .contains("    mounted    failed: " + directory + "/token is a directory, not a file");
        }
    }

    @Test
    void interval_rotations_areSeenWithoutACall() throws Exception {
        try (RefreshingSecrets secrets = SecretsResolver.of(MountedSecretProvider.at(directory))
                .refreshing(DECLARATIONS, Duration.ofMillis(1))) {
            CountDownLatch changed = new CountDownLatch(1);
            secrets.onChange(change -> changed.countDown());

            mount.publish(Map.of("token", "token-2", "password", "password-2"));

            changed.await();
            assertThat(secrets.get().require("token")).isEqualTo("token-2");
        }
    }

    @Test
    void get_whileTheMountRotates_isAlwaysOfOneGeneration() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(2);
        AtomicBoolean done = new AtomicBoolean();
        try (RefreshingSecrets secrets = SecretsResolver.of(MountedSecretProvider.at(directory))
                .refreshing(DECLARATIONS, Duration.ofMillis(1))) {
            List<Future<Integer>> torn = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                torn.add(readers.submit(() -> {
                    int count = 0;
                    while (!done.get()) {
                        Secrets snapshot = secrets.get();
                        String generation = snapshot.require("token").substring("token-".length());
                        count += snapshot.require("password").equals("password-" + generation) ? 0 : 1;
                    }
                    return count;
                }));
            }
            for (int i = 2; i < 100; i++) {
                mount.publish(Map.of("token", "token-" + i, "password", "password-" + i));
                assertThat(secrets.refresh().require("token")).isEqualTo("token-" + i);
            }
            done.set(true);

            for (Future<Integer> each : torn) {
                assertThat(each.get()).isZero();
            }
            assertThat(secrets.lastFailure()).isEmpty();
        } finally {
            done.set(true);
            readers.shutdownNow();
            assertThat(readers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void redactor_rotatedMount_knowsAllGenerations() throws Exception {
        try (RefreshingSecrets secrets = refreshing()) {
            mount.publish(Map.of("token", "token-number-2", "password", "password-2"));
            secrets.refresh();

            assertThat(secrets.redactor().redact("password-1 password-2 token-number-2"))
                    .isEqualTo("[secret:password] [secret:password] [secret:token]");
        }
    }

    @Test
    void refresh_unchangedMountOfAThousandNames_isNotRead() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < 1_000; i++) {
            files.put("secret_" + i, "value-" + i);
        }
        mount.publish(files);
        age();
        SecretDeclarations declarations = SecretDeclarations.of(files.keySet().toArray(new String[0]));
        Counting counting = new Counting(MountedSecretProvider.at(directory));
        try (RefreshingSecrets secrets = SecretsResolver.of(counting).refreshing(declarations, Duration.ZERO)) {
            Secrets first = secrets.get();
            for (int i = 0; i < 20; i++) {
                assertThat(secrets.refresh()).isSameAs(first);
            }
            assertThat(first).hasSize(1_000);
            assertThat(counting.finds).isEqualTo(1);
        }
    }

    @Test
    void refresh_plainFileBesideTheLinkAndEditInPlace_areSeen() throws Exception {
        Files.writeString(directory.resolve("extra"), "extra-1");
        try (RefreshingSecrets secrets = refreshing()) {
            assertThat(secrets.get().require("extra")).isEqualTo("extra-1");
            age();
            secrets.refresh();

            Files.writeString(directory.resolve("extra"), "extra-number-2");
            assertThat(secrets.refresh().require("extra")).isEqualTo("extra-number-2");
            Files.writeString(directory.resolve("..data/token"), "token-number-2");
            assertThat(secrets.refresh().require("token")).isEqualTo("token-number-2");
        }
    }
}
