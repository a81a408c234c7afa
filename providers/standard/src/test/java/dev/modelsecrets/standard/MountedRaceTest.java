package dev.modelsecrets.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.standard.HookedFileSystem.Access;
import dev.modelsecrets.standard.HookedFileSystem.Hook;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mounted directory that changes, or refuses, between one access and the next. */
class MountedRaceTest {

    private static final String DENIED =
            "cannot be read: permission denied for user " + System.getProperty("user.name");

    @TempDir
    Path temporary;

    private Path mount;

    @BeforeEach
    void createMount() throws IOException {
        mount = Files.createDirectory(temporary.toRealPath().resolve("secrets"));
    }

    private Map<String, Lookup> find(Hook hook, String... names) {
        return MountedSecretProvider.at(HookedFileSystem.hook(mount, hook)).find(new LinkedHashSet<>(List.of(names)));
    }

    /** Acts once, in front of the first access of a kind to a file of that name. */
    private static Hook once(Access access, String fileName, Action action) {
        AtomicInteger calls = new AtomicInteger();
        return (actual, file) -> {
            if (actual == access && file.endsWith(fileName) && calls.getAndIncrement() == 0) {
                action.run();
            }
        };
    }

    /** What happens in the meantime. */
    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    @Test
    void find_fileVanishesBeforeItIsOpened_isAbsent() throws Exception {
        Path file = Files.writeString(mount.resolve("token"), "value");

        Map<String, Lookup> answers = find(once(Access.OPEN, "token", () -> Files.delete(file)), "token");

        assertThat(answers.get("token").reason()).isEqualTo(file + " does not exist");
    }

    @Test
    void find_fileAppearsAfterwards_isAbsentForThisFind() {
        Hook hook = (access, file) -> {
            if (access == Access.LIST) {
                Files.writeString(mount.resolve("token"), "value");
            }
        };

        assertThat(find(hook, "token").get("token").reason()).isEqualTo(mount + "/token does not exist");
    }

    @Test
    void find_fileGrowsBeforeItIsOpened_isReadToItsEnd() throws Exception {
        Path file = Files.writeString(mount.resolve("token"), "short");

        Map<String, Lookup> answers =
                find(once(Access.OPEN, "token", () -> Files.writeString(file, "long".repeat(10_000))), "token");

        assertThat(answers.get("token").value()).isEqualTo("long".repeat(10_000));
    }

    @Test
    void find_fileShrinksBeforeItIsOpened_isReadToItsEnd() throws Exception {
        Path file = Files.writeString(mount.resolve("token"), "long".repeat(10_000));

        Map<String, Lookup> answers = find(once(Access.OPEN, "token", () -> Files.writeString(file, "short")), "token");

        assertThat(answers.get("token").value()).isEqualTo("short");
    }

    @Test
    void find_fileGrowsBeyondTheLimitBeforeItIsOpened_fails() throws Exception {
        Path file = Files.writeString(mount.resolve("token"), "short");
        Hook hook = once(
                Access.OPEN,
                "token",
                () -> Files.write(file, new byte[(1 << 20) + 1], StandardOpenOption.TRUNCATE_EXISTING));

        assertThat(find(hook, "token").get("token").problem()).isEqualTo(file + " is larger than 1 MiB");
    }

    @Test
    void find_fileBecomesALinkBeforeItIsOpened_isNotFollowed() throws Exception {
        Path outside = Files.writeString(temporary.resolve("outside"), "hunter2");
        Path file = Files.writeString(mount.resolve("token"), "value");
        Hook hook = once(Access.OPEN, "token", () -> {
            Files.delete(file);
            Files.createSymbolicLink(file, outside);
        });

        assertThat(find(hook, "token").get("token").problem())
                .isEqualTo(file + " is a link that leads out of the directory, to " + outside);
    }

    @Test
    void find_fileBecomesAFifoBeforeItIsOpened_failsWithoutWaitingForAWriter() throws Exception {
        Path fifo = temporary.resolve("fifo");
        SpecialFiles.createFifo(fifo);
        Path file = Files.writeString(mount.resolve("token"), "value");
        Files.writeString(mount.resolve("other"), "value");
        Hook hook = once(Access.OPEN, "token", () -> Files.move(fifo, file, StandardCopyOption.REPLACE_EXISTING));

        Map<String, Lookup> answers = find(hook, "token", "other");

        assertThat(answers.get("token").problem())
                .isEqualTo(file + " is not a regular file but a FIFO, a socket, a device or a link");
        assertThat(answers.get("other").value()).isEqualTo("value");
    }

    @Test
    void find_fileBecomesADirectoryBeforeItIsOpened_fails() throws Exception {
        Path file = Files.writeString(mount.resolve("token"), "value");
        Hook hook = once(Access.OPEN, "token", () -> {
            Files.delete(file);
            Files.createDirectory(file);
        });

        assertThat(find(hook, "token").get("token").problem()).isEqualTo(file + " is a directory, not a file");
    }

    @Test
    void find_fileReplacedByAnother_isOneOfTheTwo() throws Exception {
        Path file = Files.writeString(mount.resolve("token"), "old");
        Path next = Files.writeString(temporary.resolve("next"), "new");
        Hook hook = once(Access.OPEN, "token", () -> Files.move(next, file, StandardCopyOption.REPLACE_EXISTING));

        assertThat(find(hook, "token").get("token").value()).isIn("old", "new");
    }

    @Test
    void find_realDirectoryReplacedByALinkOut_isNotLeft() throws Exception {
        Path deep = Files.createDirectory(mount.resolve("deep"));
        Files.writeString(deep.resolve("file"), "value");
        Files.createSymbolicLink(mount.resolve("token"), Path.of("deep/file"));
        Path outside = Files.createDirectory(temporary.toRealPath().resolve("outside"));
        Files.writeString(outside.resolve("file"), "hunter2");
        Hook hook = once(Access.OPEN, "deep/file", () -> {
            Files.move(deep, temporary.resolve("aside"));
            Files.createSymbolicLink(deep, outside);
        });

        Lookup answer = find(hook, "token").get("token");

        assertThat(answer.problem())
                .isEqualTo(mount + "/token is a link that leads out of the directory, to " + outside + "/file");
    }

    @Test
    void find_fileSystemThatIgnoresCase_findsTheExactNameOnly() throws Exception {
        Files.writeString(mount.resolve("hf_token"), "value");
        Path folding = HookedFileSystem.ignoringCase(mount);

        Map<String, Lookup> answers =
                MountedSecretProvider.at(folding).find(new LinkedHashSet<>(List.of("HF_TOKEN", "hf_token")));

        assertThat(answers.get("hf_token").value()).isEqualTo("value");
        assertThat(answers.get("HF_TOKEN").reason())
                .isEqualTo(mount + "/HF_TOKEN does not exist (hf_token is there: names must match exactly)");
    }

    @Test
    void find_generationReplacedBetweenTwoFiles_isReadAgainAsAWhole() throws Exception {
        KubernetesMount kubelet = new KubernetesMount(mount);
        kubelet.publish(Map.of("user", "alice", "password", "of alice"));
        Hook hook = once(Access.OPEN, "password", () -> kubelet.publish(Map.of("user", "bob", "password", "of bob")));

        Map<String, Lookup> answers = find(hook, "user", "password");

        assertThat(answers.get("user").value()).isEqualTo("bob");
        assertThat(answers.get("password").value()).isEqualTo("of bob");
    }

    @Test
    void find_generationReplacedBeforeItIsReached_isReadAgain() throws Exception {
        KubernetesMount kubelet = new KubernetesMount(mount);
        kubelet.publish(Map.of("user", "alice", "password", "of alice"));
        String generation = Files.readSymbolicLink(mount.resolve("..data")).toString();
        Hook hook =
                once(Access.REAL_PATH, generation, () -> kubelet.publish(Map.of("user", "bob", "password", "of bob")));

        Map<String, Lookup> answers = find(hook, "user", "password");

        assertThat(answers.get("user").value()).isEqualTo("bob");
        assertThat(answers.get("password").value()).isEqualTo("of bob");
    }

    @ParameterizedTest
    @EnumSource(
            value = Access.class,
            names = {"LINK", "ATTRIBUTES", "OPEN"})
    void find_generationReplacedAndKept_isOneGeneration(Access access) throws Exception {
        KubernetesMount kubelet = new KubernetesMount(mount);
        kubelet.publish(Map.of("user", "alice", "password", "of alice"));
        Hook hook = once(
                access, "password", () -> kubelet.publishBesideTheOld(Map.of("user", "bob", "password", "of bob")));

        Map<String, Lookup> answers = find(hook, "user", "password");

        assertThat(answers.get("password").value())
                .isEqualTo("of " + answers.get("user").value());
    }

    @Test
    void find_generationReplacedBetweenChainsOfLinks_isOneGeneration() throws Exception {
        KubernetesMount kubelet = new KubernetesMount(mount);
        kubelet.publish(Map.of("user", "alice", "password", "of alice"));
        Files.createSymbolicLink(mount.resolve("login"), Path.of("user"));
        Files.createSymbolicLink(mount.resolve("key"), mount.resolve("..data/password"));
        Hook hook = once(
                Access.LINK, "key", () -> kubelet.publishBesideTheOld(Map.of("user", "bob", "password", "of bob")));

        Map<String, Lookup> answers = find(hook, "login", "key");

        assertThat(answers.get("key").value())
                .isEqualTo("of " + answers.get("login").value());
    }

    @Test
    void find_nameDroppedByTheNextGeneration_isAbsentTogetherWithTheNewValues() throws Exception {
        KubernetesMount kubelet = new KubernetesMount(mount);
        kubelet.publish(Map.of("user", "alice", "password", "of alice"));
        Hook hook = once(Access.OPEN, "password", () -> kubelet.publish(Map.of("user", "bob")));

        Map<String, Lookup> answers = find(hook, "user", "password");

        assertThat(answers.get("user").value()).isEqualTo("bob");
        assertThat(answers.get("password").reason())
                .isEqualTo(mount + "/password is a link to a file that does not exist");
    }

    @Test
    void find_badFileReplacedByTheNextGeneration_isReadAgain() throws Exception {
        KubernetesMount kubelet = new KubernetesMount(mount);
        kubelet.publish(Map.of("user", "alice", "password", "x".repeat((1 << 20) + 1)));
        Hook hook = once(
                Access.ATTRIBUTES,
                "password",
                () -> kubelet.publishBesideTheOld(Map.of("user", "bob", "password", "of bob")));

        Map<String, Lookup> answers = find(hook, "user", "password");

        assertThat(answers.get("user").value()).isEqualTo("bob");
        assertThat(answers.get("password").value()).isEqualTo("of bob");
    }

    @Test
    void find_directoryVanishes_isAbsent() throws Exception {
        Path token = Files.writeString(mount.resolve("token"), "value");
        Hook hook = once(Access.ATTRIBUTES, "token", () -> {
            Files.delete(token);
            Files.delete(mount);
        });

        assertThat(find(hook, "token").get("token").reason()).isEqualTo(token + " does not exist");
    }

    /** A lookup of a path by the kernel may end in a generation that is being removed, twice in a row. */
    @Test
    void find_subPathIsReplacedWheneverItIsReached_isReadAgain() throws Exception {
        Path secrets = publishSubPath("generation-1");
        AtomicInteger reached = new AtomicInteger();
        Hook hook = (access, file) -> {
            boolean goesThroughLinks = access == Access.REAL_PATH || access == Access.EXISTENCE;
            if (goesThroughLinks && file.equals(secrets) && reached.incrementAndGet() <= 10) {
                throw new NoSuchFileException(file.toString());
            }
        };

        assertThat(findBelow(secrets, hook).value()).isEqualTo("of generation-1");
        assertThat(reached).hasValueGreaterThan(1);
    }

    @Test
    void find_subPathIsReplacedWhileItIsLookedFor_isReadAgain() throws Exception {
        Path secrets = publishSubPath("generation-1");
        Files.delete(mount.resolve("generation-1/secrets/token"));
        Files.delete(mount.resolve("generation-1/secrets"));
        AtomicInteger reached = new AtomicInteger();
        Hook hook = (access, file) -> {
            if (access == Access.LINK && file.endsWith("..data") && reached.incrementAndGet() == 2) {
                publishSubPath("generation-2");
            }
        };

        assertThat(findBelow(secrets, hook).value()).isEqualTo("of generation-2");
    }

    @Test
    void find_subPathLeadsNowhere_isAbsent() throws Exception {
        Path secrets = publishSubPath("generation-1");
        Files.delete(mount.resolve("generation-1/secrets/token"));
        Files.delete(mount.resolve("generation-1/secrets"));

        assertThat(findBelow(secrets, (access, file) -> {}).reason()).isEqualTo(secrets + " does not exist");
    }

    private Path publishSubPath(String generation) throws IOException {
        Path directory = Files.createDirectories(mount.resolve(generation).resolve("secrets"));
        Files.writeString(directory.resolve("token"), "of " + generation);
        Path data = mount.resolve("..data");
        Files.deleteIfExists(data);
        Files.createSymbolicLink(data, Path.of(generation));
        Path secrets = mount.resolve("secrets");
        return Files.exists(secrets, LinkOption.NOFOLLOW_LINKS)
                ? secrets
                : Files.createSymbolicLink(secrets, Path.of("..data/secrets"));
    }

    private static Lookup findBelow(Path directory, Hook hook) {
        return MountedSecretProvider.at(HookedFileSystem.hook(directory, hook))
                .find(Set.of("token"))
                .get("token");
    }

    @Test
    void find_replacedWithEveryLook_givesUp() throws Exception {
        KubernetesMount kubelet = new KubernetesMount(mount);
        kubelet.publish(Map.of("user", "alice"));
        // A reader that is slow, on a busy machine, is given a second one.
        Lock oneAtATime = new ReentrantLock();
        Hook hook = (access, file) -> {
            if (access == Access.OPEN) {
                oneAtATime.lock();
                try {
                    kubelet.publish(Map.of("user", "alice"));
                } finally {
                    oneAtATime.unlock();
                }
            }
        };

        assertThatThrownBy(() -> find(hook, "user"))
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessage("mounted: " + mount + " was replaced 1000 times while it was being read; try again");
    }

    @ParameterizedTest
    @EnumSource(
            value = Access.class,
            names = {"ATTRIBUTES", "OPEN"})
    void find_fileDenied_fails(Access access) throws Exception {
        Path file = Files.writeString(mount.resolve("token"), "value");
        Hook hook = denied(access, "token");

        assertThat(find(hook, "token").get("token").problem()).isEqualTo(file + " " + DENIED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Access.class,
            names = {"LINK", "ATTRIBUTES", "OPEN"})
    void find_fileOfAKubeletDenied_fails(Access access) throws Exception {
        new KubernetesMount(mount).publish(Map.of("token", "value"));
        Hook hook = denied(access, "token");

        assertThat(find(hook, "token").get("token").problem()).isEqualTo(mount + "/token " + DENIED);
    }

    @Test
    void find_directoryDenied_fails() {
        assertThatThrownBy(() -> find(denied(Access.REAL_PATH, "secrets"), "token"))
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessage("mounted: " + mount + " " + DENIED);
    }

    @Test
    void find_directoryThatCannotBeListed_losesOnlyTheHint() throws Exception {
        Files.writeString(mount.resolve("TOKEN"), "value");

        assertThat(find(denied(Access.LIST, "secrets"), "token").get("token").reason())
                .isEqualTo(mount + "/token does not exist");
    }

    @Test
    void find_fileDeniedInALargeBatch_failsForThatOne() throws Exception {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < 300; i++) {
            Files.writeString(mount.resolve("secret_" + i), "value");
            names.add("secret_" + i);
        }

        Map<String, Lookup> answers = find(denied(Access.OPEN, "secret_123"), names.toArray(new String[0]));

        assertThat(answers.get("secret_123").problem()).isEqualTo(mount + "/secret_123 " + DENIED);
        assertThat(answers.values()).filteredOn(Lookup::isFound).hasSize(299);
    }

    @Test
    void find_readError_saysTheReasonOfTheSystem() throws Exception {
        Files.writeString(mount.resolve("token"), "value");

        Hook hook = failing(new FileSystemException(mount + "/token", null, "Input/output error"));

        assertThat(find(hook, "token").get("token").problem())
                .isEqualTo(mount + "/token cannot be read: Input/output error");
    }

    @Test
    void find_readErrorOfUnknownKind_doesNotRepeatItsMessage() throws Exception {
        Files.writeString(mount.resolve("token"), "value");

        Hook hook = failing(new IOException("read hunter2 so far"));

        assertThat(find(hook, "token").get("token").problem()).isEqualTo(mount + "/token cannot be read: IOException");
    }

    private static Hook denied(Access access, String fileName) {
        return (actual, file) -> {
            if (actual == access && file.endsWith(fileName)) {
                throw new AccessDeniedException(file.toString());
            }
        };
    }

    private static Hook failing(IOException failure) {
        return (access, file) -> {
            if (access == Access.OPEN) {
                throw failure;
            }
        };
    }
}
