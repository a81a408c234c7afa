package dev.modelsecrets.standard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.standard.HookedFileSystem.Access;
import dev.modelsecrets.standard.internal.Printable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The local config as a file: what may stand there, who may read it, how large and how deep it may be. */
class LocalConfigFileTest {

    private static final int DEEP = 100_000;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("config.yaml");
    }

    private Lookup find() {
        return LocalConfigSecretProvider.at(file).find(Set.of("token")).get("token");
    }

    private void assertFails(String problem) {
        assertThatThrownBy(this::find)
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessage("local config: " + file + " " + problem);
    }

    @Test
    void find_noFile_isAbsent() {
        assertThat(find().reason()).isEqualTo(file + " does not exist");
    }

    @Test
    void find_noDirectory_isAbsent() {
        file = directory.resolve("nowhere/config.yaml");

        assertThat(find().reason()).isEqualTo(file + " does not exist");
    }

    @Test
    void find_directory_fails() throws Exception {
        Files.createDirectory(file);

        assertFails("is a directory, not a file");
    }

    @Test
    void find_fifo_failsWithoutWaitingForAWriter() throws Exception {
        SpecialFiles.createFifo(file);

        assertFails("is not a regular file but a FIFO, a socket, a device or a link");
    }

    @Test
    void find_device_fails() throws Exception {
        Files.createSymbolicLink(file, Path.of("/dev/zero"));

        assertFails("is not a regular file but a FIFO, a socket, a device or a link");
    }

    @Test
    void find_link_isFollowed() throws Exception {
        Path dotfiles = Files.createDirectory(directory.resolve("dotfiles"));
        Files.writeString(dotfiles.resolve("truss.yaml"), "secrets:\n  token: value\n");
        Files.createSymbolicLink(file, Path.of("dotfiles/truss.yaml"));

        assertThat(find().value()).isEqualTo("value");
        assertThat(find().location()).isEqualTo(file + " secrets.token");
    }

    @Test
    void find_danglingLink_isAbsent() throws Exception {
        Files.createSymbolicLink(file, Path.of("nowhere"));

        assertThat(find().reason()).isEqualTo(file + " does not exist");
    }

    @Test
    void find_loop_fails() throws Exception {
        Files.createSymbolicLink(file, file.getFileName());

        assertFails("is a link that leads in a circle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REAL_PATH", "ATTRIBUTES", "OPEN"})
    void find_denied_fails(Access access) throws Exception {
        Files.writeString(file, "secrets:\n  token: hunter2\n");
        Path denied = HookedFileSystem.hook(file, (actual, path) -> {
            if (actual == access) {
                throw new AccessDeniedException(path.toString());
            }
        });

        assertThatThrownBy(() -> LocalConfigSecretProvider.at(denied).find(Set.of("token")))
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessage("local config: " + file + " cannot be read: permission denied for user "
                        + System.getProperty("user.name"));
    }

    /** A kubelet mounts a file as a link through {@code ..data}, and removes what that led to before. */
    @ParameterizedTest
    @ValueSource(strings = {"REAL_PATH", "ATTRIBUTES", "OPEN"})
    void find_fileOfAVolumeIsReplacedWhenItIsReached_isReadAgain(Access access) throws Exception {
        Path old = Files.createDirectory(directory.resolve("generation-1"));
        Files.writeString(old.resolve("config.yaml"), "secrets:\n  token: old\n");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), old.getFileName());
        Files.createSymbolicLink(file, Path.of("..data/config.yaml"));
        Path next = Files.createDirectory(directory.resolve("generation-2"));
        Files.writeString(next.resolve("config.yaml"), "secrets:\n  token: new\n");
        AtomicInteger reached = new AtomicInteger();
        Path mounted = HookedFileSystem.hook(file, (actual, path) -> {
            if (actual == access && reached.incrementAndGet() == 1) {
                Files.delete(data);
                Files.createSymbolicLink(data, next.getFileName());
                Files.delete(old.resolve("config.yaml"));
                throw new NoSuchFileException(path.toString());
            }
        });

        assertThat(LocalConfigSecretProvider.at(mounted)
                        .find(Set.of("token"))
                        .get("token")
                        .value())
                .isEqualTo("new");
    }

    @Test
    void find_fileOfAVolumeIsNeverReached_fails() throws Exception {
        Path data = directory.resolve("..data");
        Files.createSymbolicLink(file, Path.of("..data/config.yaml"));
        Files.createSymbolicLink(data, Path.of("generation-1"));
        AtomicInteger generation = new AtomicInteger(1);
        Path mounted = HookedFileSystem.hook(file, (access, path) -> {
            if (access == Access.LINK && path.endsWith("..data")) {
                Files.delete(data);
                Files.createSymbolicLink(data, Path.of("generation-" + generation.incrementAndGet()));
            }
        });

        assertThatThrownBy(() -> LocalConfigSecretProvider.at(mounted).find(Set.of("token")))
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessage("local config: " + file + " keeps being replaced while it is read; try again");
    }

    @Test
    void find_linkToNowhere_isAbsent() throws Exception {
        Files.createSymbolicLink(file, Path.of("..data/config.yaml"));

        assertThat(find().reason()).isEqualTo(file + " does not exist");
    }

    @Test
    void find_fifoTakesThePlaceOfTheFileOnce_readsTheFile() throws Exception {
        Files.writeString(file, "secrets:\n  token: hunter2\n");
        Path aside = directory.resolve("aside");
        AtomicInteger opened = new AtomicInteger();
        Path swapped = HookedFileSystem.hook(file, (access, path) -> {
            if (access == Access.OPEN && opened.incrementAndGet() == 1) {
                Files.move(path, aside);
                createFifo(path);
            } else if (access == Access.OPEN) {
                Files.move(aside, path, StandardCopyOption.REPLACE_EXISTING);
            }
        });

        assertThat(LocalConfigSecretProvider.at(swapped)
                        .find(Set.of("token"))
                        .get("token")
                        .value())
                .isEqualTo("hunter2");
    }

    private static void createFifo(Path path) throws IOException {
        try {
            SpecialFiles.createFifo(path);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void find_fileVanishesBeforeItIsOpened_isAbsent() throws Exception {
        Files.writeString(file, "secrets:\n  token: hunter2\n");
        Path vanishing = HookedFileSystem.hook(file, (access, path) -> {
            if (access == Access.OPEN) {
                Files.delete(path);
            }
        });

        assertThat(LocalConfigSecretProvider.at(vanishing)
                        .find(Set.of("token"))
                        .get("token")
                        .reason())
                .isEqualTo(file + " does not exist");
    }

    static Stream<Arguments> notUtf8() {
        return Stream.of(
                arguments("Latin 1", "secrets:\n  token: p\u00e4ss\n".getBytes(ISO_8859_1)),
                arguments("a truncated character", "secrets:\n  token: hunter2\u00e2\u0082".getBytes(ISO_8859_1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notUtf8")
    void find_notUtf8_fails(String description, byte[] bytes) throws Exception {
        Files.write(file, bytes);

        assertFails("is not valid UTF-8: save the file as UTF-8");
    }

    @Test
    void find_utf16_isNamedAsSuch() throws Exception {
        Files.write(file, "secrets:\n  token: hunter2\n".getBytes(UTF_16LE));
        assertFails("is UTF-16, not UTF-8: save the file as UTF-8");

        Files.write(file, "secrets:\n  token: hunter2\n".getBytes(UTF_16));
        assertFails("is UTF-16, not UTF-8: save the file as UTF-8");
    }

    @Test
    void find_realReplacementCharacter_isFound() throws Exception {
        Files.writeString(file, "secrets:\n  token: a\uFFFDb\n");

        assertThat(find().value()).isEqualTo("a\uFFFDb");
    }

    @Test
    void find_fiftyMebibytes_fails() throws Exception {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(50 << 20);
        }

        assertFails("is larger than 4 MiB");
    }

    @Test
    void find_fourMebibytesOrOneByteMore_isFoundOrFails() throws Exception {
        String yaml = "secrets:\n  token: value\n";
        String padding = "#\n".repeat((4 << 20) / 2);
        Files.writeString(file, yaml + padding.substring(0, (4 << 20) - yaml.length()));
        assertThat(find().value()).isEqualTo("value");

        Files.writeString(file, yaml + padding.substring(0, (4 << 20) - yaml.length() + 1));
        assertFails("is larger than 4 MiB");
    }

    @Test
    void find_fileThatGrowsToFiftyMebibytes_fails() throws Exception {
        Files.writeString(file, "secrets:\n");
        Path growing = HookedFileSystem.hook(file, (access, path) -> {
            if (access == Access.OPEN) {
                try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
                    sparse.setLength(50 << 20);
                }
            }
        });

        assertThatThrownBy(() -> LocalConfigSecretProvider.at(growing).find(Set.of("token")))
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessage("local config: " + file + " is larger than 4 MiB");
    }

    static Stream<Arguments> large() {
        return Stream.of(
                arguments("comments", "# x\n", "", ""),
                arguments("a long list", "- x\n", "list:\n", ""),
                arguments("empty texts", "- \"\"\n", "list:\n", ""),
                arguments("spaces", " ", "", ""),
                arguments("a long text", "x", "other: ", ""),
                arguments("a long comment", "x", "# ", ""),
                arguments("a long text of words", "x ", "other: ", ""),
                arguments("a long text in quotes", "''", "other: '", "'"),
                arguments("a long text of many lines", "x\n  ", "other: x\n  ", "x"),
                arguments("escaped slashes", "\\/", "other: \"", "\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("large")
    void find_almostTheLargestSize_isFound(String description, String piece, String start, String end)
            throws Exception {
        String padding = piece.repeat(4_000_000 / piece.length());
        Files.writeString(file, "secrets:\n  token: value\n" + start + padding + end + "\n");

        assertThat(find().value()).isEqualTo("value");
    }

    @Test
    void find_manyEmptyTextsInTheSection_isFound() throws Exception {
        StringBuilder yaml = new StringBuilder("# 🔑\nsecrets:\n");
        for (int i = 0; i < 200_000; i++) {
            yaml.append("  k").append(i).append(": \"\"\n");
        }
        Files.writeString(file, yaml.append("  token: value\n"));

        assertThat(find().value()).isEqualTo("value");
    }

    static Stream<Arguments> deep() {
        return Stream.of(
                arguments("open lists", "secrets:\n  token: " + "[".repeat(DEEP)),
                arguments("closed lists", "secrets:\n  token: " + "[".repeat(DEEP) + "]".repeat(DEEP)),
                arguments("maps", "secrets:\n  token: x\nother: " + "{a: ".repeat(DEEP) + "x" + "}".repeat(DEEP)),
                arguments("lists in maps", "other: " + "[{a: ".repeat(DEEP)),
                arguments("lists as root", "[".repeat(DEEP)),
                arguments("block lists", "other:\n  " + "- ".repeat(DEEP) + "x\n"),
                arguments("block maps", blockMaps(2_000)));
    }

    private static String blockMaps(int levels) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            yaml.append(" ".repeat(i)).append("a:\n");
        }
        return yaml.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deep")
    void find_deepNesting_fails(String description, String yaml) throws Exception {
        Files.writeString(file, yaml);

        assertThatThrownBy(this::find)
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessageMatching("local config: \\Q" + file
                        + "\\E (is nested too deeply at line \\d+, column \\d+"
                        + "|is not a map of keys and values at line 1, column 1)");
    }

    @Test
    void find_deepKeys_fails() throws Exception {
        Files.writeString(file, "? ".repeat(DEEP));

        assertFails("is not valid YAML at line 1, column 3: a key must be text, not a map or a list");
    }

    @Test
    void find_aliasBomb_failsAtTheFirstAlias() throws Exception {
        StringBuilder yaml = new StringBuilder("a0: &a0 [hunter2]\n");
        for (int i = 1; i < 100; i++) {
            yaml.append("a").append(i).append(": &a").append(i).append(" [");
            yaml.append(("*a" + (i - 1) + ", ").repeat(10)).append("]\n");
        }
        Files.writeString(file, yaml);

        assertFails("uses an alias (*), which is not supported, at line 2, column 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw----r--", "rw-rw-rw-", "r--r--r--"})
    void find_fileThatOthersCanRead_warnsOnce(String permissions) throws Exception {
        Files.writeString(file, "secrets:\n  token: hunter2\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        LocalConfigSecretProvider provider = LocalConfigSecretProvider.at(file);

        try (LogLines log = new LogLines()) {
            provider.find(Set.of("token"));
            provider.find(Set.of("token"));
            provider.find(Set.of("other"));

            assertThat(log.soFar())
                    .containsExactly(
                            "WARNING " + file + " holds secrets and can be read by other users; run: chmod 600 "
                                    + Printable.shellWord(file));
        }
    }

    @Test
    void find_fileThatOthersCanReadAndALoggerThatThrows_answers() throws Exception {
        Files.writeString(file, "secrets:\n  token: value\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        try (LogLines log = new LogLines(() -> {
            throw new AssertionError("the logger is broken");
        })) {
            assertThat(find().value()).isEqualTo("value");
            assertThat(log.soFar()).hasSize(1);
        }
    }

    @Test
    @Timeout(60)
    void find_fileThatOthersCanReadAndALoggerThatWaitsForAnotherThreadsFind_doesNotDeadlock() throws Exception {
        Files.writeString(file, "secrets:\n  token: value\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        LocalConfigSecretProvider provider = LocalConfigSecretProvider.at(file);
        ExecutorService thread = Executors.newSingleThreadExecutor();

        try (LogLines log = new LogLines(() -> {
            try {
                thread.submit(() -> provider.find(Set.of("token"))).get();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        })) {
            assertThat(provider.find(Set.of("token")).get("token").value()).isEqualTo("value");
            assertThat(log.soFar()).hasSize(1);
        } finally {
            thread.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rwx------", "rw--w--w-", "rw---x--x"})
    void find_fileThatOnlyItsOwnerCanRead_doesNotWarn(String permissions) throws Exception {
        Files.writeString(file, "secrets:\n  token: value\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        try (LogLines log = new LogLines()) {
            assertThat(find().value()).isEqualTo("value");
            assertThat(log.soFar()).isEmpty();
        }
    }

    @Test
    void find_linkToFileThatOthersCanRead_warnsAboutTheLinkAsPeopleKnowIt() throws Exception {
        Path target = Files.writeString(directory.resolve("target"), "secrets:\n  token: hunter2\n");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(file, target);

        try (LogLines log = new LogLines()) {
            find();

            assertThat(log.soFar())
                    .containsExactly(
                            "WARNING " + file + " holds secrets and can be read by other users; run: chmod 600 "
                                    + Printable.shellWord(file));
        }
    }

    @Test
    void inHomeOf_environment_isTheFileInItsHome() throws Exception {
        Files.createDirectory(directory.resolve(".truss"));
        Files.writeString(directory.resolve(".truss/config.yaml"), "secrets:\n  token: value\n");

        LocalConfigSecretProvider provider = LocalConfigSecretProvider.inHomeOf(Map.of("HOME", directory.toString()));

        assertThat(provider).hasToString("LocalConfigSecretProvider[" + directory + "/.truss/config.yaml]");
        assertThat(provider.find(Set.of("token")).get("token").value()).isEqualTo("value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void inHomeOf_blankHome_isTheHomeOfTheUser(String home) {
        String expected =
                "LocalConfigSecretProvider[" + Path.of(System.getProperty("user.home"), ".truss", "config.yaml") + "]";

        assertThat(LocalConfigSecretProvider.inHomeOf(Map.of("HOME", home))).hasToString(expected);
        assertThat(LocalConfigSecretProvider.inHomeOf(Map.of())).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "", "  ", "home", "./home"})
    void inHomeOf_homesThatAreNotAbsolute_areNoHomes(String home) {
        for (String otherwise : new String[] {null, "?", ""}) {
            LocalConfigSecretProvider provider = LocalConfigSecretProvider.inHomeOf(Map.of("HOME", home), otherwise);

            assertThat(provider).hasToString("LocalConfigSecretProvider[no home]");
            assertThat(provider.find(Set.of("token")).get("token").reason())
                    .isEqualTo("there is no home directory: HOME is not set to an absolute path");
            assertThat(provider.version()).isPresent();
            assertThat(provider.remedy("token")).isEmpty();
        }
    }

    @Test
    void inHomeOf_homeThatIsNoPath_fails() {
        LocalConfigSecretProvider provider = LocalConfigSecretProvider.inHomeOf(Map.of("HOME", "/home/j\0rgen"), null);

        assertThat(provider.find(Set.of("token")).get("token").problem())
                .isEqualTo("the home directory has a name that is not a path in this locale:"
                        + " start the process with LC_ALL=C.UTF-8");
    }

    @Test
    void find_pathThatForgesLines_isEscaped() throws Exception {
        file = directory.resolve("a\nb");
        Files.writeString(file, "secrets: [x");

        assertThatThrownBy(this::find)
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessageStartingWith("local config: " + directory + "/a\\nb ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void find_homeThatIsNoDirectory_isAbsent() {
        LocalConfigSecretProvider provider = LocalConfigSecretProvider.inHomeOf(Map.of("HOME", "/dev/null"));

        assertThat(provider.find(Set.of("token")).get("token").reason())
                .isEqualTo("/dev/null/.truss/config.yaml does not exist");
    }
}
