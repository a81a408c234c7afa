package dev.modelsecrets.inject;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Secrets;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFilesTest {

    private static final Secrets FIRST = TestSecrets.of("hf", "hf-1", "db", "db-1");
    private static final Secrets SECOND = TestSecrets.of("hf", "hf-2", "db", "db-2");

    private static final SecretInjection INJECTION = SecretInjection.builder()
            .file("hf")
            .file("db", "secrets/password/db")
            .build();

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void realDirectory() throws IOException {
        temporary = temporary.toRealPath();
        directory = temporary.resolve("demo");
    }

    private static InjectionPlan plan() {
        return INJECTION.plan(FIRST);
    }

    private static Map<String, String> layout(String generation) {
        return Map.of(
                "..N", "rwx------",
                "..N/hf", "r-------- hf-" + generation,
                "..N/secrets", "rwx------",
                "..N/secrets/password", "rwx------",
                "..N/secrets/password/db", "r-------- db-" + generation,
                "..data", "-> ..N",
                "hf", "-> ..data/hf",
                "secrets", "-> ..data/secrets");
    }

    @Test
    void writeTo_missingDirectory_hasTheLayoutOfAKubeletAndIsPrivate() throws Exception {
        SecretFiles files = plan().writeTo(directory);

        assertThat(DirectoryTree.describe(directory)).isEqualTo(layout("1"));
        assertThat(DirectoryTree.permissions(directory)).isEqualTo("rwx------");
        assertThat(directory.resolve("hf")).hasContent("hf-1");
        assertThat(directory.resolve("secrets/password/db")).hasContent("db-1");
        assertThat(files.directory()).isEqualTo(directory);
    }

    @Test
    void writeTo_missingDirectories_areAllCreatedPrivateAndAllRemoved() throws Exception {
        Path deep = temporary.resolve("a/b/c");

        SecretFiles files = plan().writeTo(deep);

        assertThat(List.of(temporary.resolve("a"), temporary.resolve("a/b"), deep))
                .allSatisfy(each -> assertThat(DirectoryTree.permissions(each)).isEqualTo("rwx------"));

        files.close();

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void writeTo_existingDirectory_keepsItsPermissionsAndItsEntries() throws Exception {
        Files.createDirectory(directory);
        // Not at the creation: the umask would take rights away.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("other"), "other");

        SecretFiles files = plan().writeTo(directory);

        assertThat(DirectoryTree.permissions(directory)).isEqualTo("rwxr-xr-x");
        assertThat(DirectoryTree.describe(directory))
                .containsAllEntriesOf(layout("1"))
                .containsKey("other");

        files.close();

        assertThat(DirectoryTree.describe(directory)).containsOnlyKeys("other");
    }

    @Test
    void writeTo_linkToADirectory_writesThere() throws Exception {
        Files.createDirectory(temporary.resolve("real"));
        Files.createSymbolicLink(directory, Path.of("real"));

        try (SecretFiles files = plan().writeTo(directory)) {
            assertThat(files.directory()).isEqualTo(directory);
            assertThat(DirectoryTree.describe(temporary.resolve("real"))).isEqualTo(layout("1"));
        }

        assertThat(directory).isSymbolicLink();
        assertThat(temporary.resolve("real")).isEmptyDirectory();
    }

    @Test
    void writeTo_fileSystemWithoutPermissions_works() throws Exception {
        try (SecretFiles files = plan().writeTo(HookedFileSystem.withoutPermissions(directory))) {
            assertThat(directory.resolve("hf")).hasContent("hf-1");

            files.update(SECOND);

            assertThat(directory.resolve("secrets/password/db")).hasContent("db-2");
        }

        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", " x ", "x\n", "x\r\n", "a\nb\n", "a\0b", "\u00e9\ud83d\ude00\ufffd", "\ufeffx"})
    void writeTo_anyValue_isWrittenByteForByte(String value) throws Exception {
        try (SecretFiles files = SecretInjection.builder()
                .file("a")
                .build()
                .plan(TestSecrets.of("a", value))
                .writeTo(directory)) {
            assertThat(files.directory().resolve("a")).hasBinaryContent(value.getBytes(UTF_8));
        }
    }

    @Test
    void writeTo_largestValue_isWritten() throws Exception {
        String value = "x".repeat(1 << 20);

        try (SecretFiles files = SecretInjection.builder()
                .file("a")
                .build()
                .plan(TestSecrets.of("a", value))
                .writeTo(directory)) {
            assertThat(Files.readString(files.directory().resolve("a"))).isEqualTo(value);
        }
    }

    @Test
    void writeTo_noFile_publishesAnEmptyGeneration() throws Exception {
        SecretInjection nothing = SecretInjection.builder().build();

        try (SecretFiles files = nothing.plan(FIRST).writeTo(directory)) {
            assertThat(DirectoryTree.describe(files.directory())).containsOnlyKeys("..N", "..data");
        }

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void writeTo_onlySecretsOfTheInjection_areWritten() throws Exception {
        Secrets more = TestSecrets.of("hf", "1", "db", "2", "other", "3");

        try (SecretFiles files = INJECTION.plan(more).writeTo(directory)) {
            assertThat(DirectoryTree.describe(files.directory()).keySet())
                    .isEqualTo(layout("1").keySet());
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no name there has a line break")
    void writeTo_oddNameInTheWay_isToldOnOneLine() throws Exception {
        Files.createDirectories(directory.resolve("..a\nb"));

        assertThatThrownBy(() -> plan().writeTo(directory)).hasMessageContaining(":\n  \"..a\\u000ab\"\nRemove them");
    }

    @Test
    void writeTo_entriesInTheWay_refusesAndWritesNothing() throws Exception {
        Files.createDirectory(directory);
        Files.createDirectory(directory.resolve("secrets"));
        Files.createSymbolicLink(directory.resolve("hf"), Path.of("nowhere"));
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("nowhere"));
        Map<String, String> before = DirectoryTree.describe(directory);

        assertThatThrownBy(() -> plan().writeTo(directory))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage(directory + " already has entries of these names, nothing was written:\n"
                        + "  hf\n"
                        + "  secrets\n"
                        + "  ..data\n"
                        + "Remove them (a process that was killed may have left them), or use another directory.");
        assertThat(DirectoryTree.describe(directory)).isEqualTo(before);
    }

    @Test
    void writeTo_secondTimeToOneDirectory_refusesAndLeavesTheFirst() throws Exception {
        try (SecretFiles files = plan().writeTo(directory)) {
            assertThatThrownBy(() -> INJECTION.plan(SECOND).writeTo(directory))
                    .isExactlyInstanceOf(SecretInjectionException.class)
                    .hasMessageStartingWith(directory + " already has entries of these names");
            assertThat(DirectoryTree.describe(files.directory())).isEqualTo(layout("1"));
        }
    }

    @Test
    void writeTo_aFile_isRefused() throws Exception {
        Files.writeString(directory, "a file");

        assertThatThrownBy(() -> plan().writeTo(directory))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage(directory + " is not a directory");
        assertThat(directory).hasContent("a file");
    }

    @Test
    void writeTo_belowAFile_isRefused() throws Exception {
        Files.writeString(directory, "a file");

        assertThatThrownBy(() -> plan().writeTo(directory.resolve("sub")))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage(directory + " is not a directory");
    }

    @Test
    void writeTo_nameThatIsTooLong_leavesNothing() {
        String name = "x".repeat(300);
        InjectionPlan plan = SecretInjection.builder()
                .file("hf")
                .file("db", "sub/" + name)
                .build()
                .plan(FIRST);

        assertThatThrownBy(() -> plan.writeTo(directory))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessageMatching(
                        "\\Q" + directory + "\\E/\\.\\.[0-9]+/sub/x{300} cannot be written: File name too long")
                .hasNoCause();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void writeTo_fileSystemWithoutLinks_leavesNothing() throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(temporary.resolve("a.zip"), Map.of("create", "true"))) {
            Path inZip = zip.getPath("/demo");

            assertThatThrownBy(() -> plan().writeTo(inZip))
                    .isExactlyInstanceOf(SecretInjectionException.class)
                    .hasMessage("/demo/hf cannot be created: the file system has no symbolic links");
            assertThat(zip.getPath("/")).isEmptyDirectory();
        }
    }

    @Test
    void update_otherValues_replacesTheGenerationOnly() throws Exception {
        SecretFiles files = plan().writeTo(directory);
        Path before = directory.resolve("..data").toRealPath();

        files.update(SECOND);

        assertThat(DirectoryTree.describe(directory)).isEqualTo(layout("2"));
        assertThat(directory.resolve("..data").toRealPath()).isNotEqualTo(before);
        assertThat(before).doesNotExist();

        files.close();

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void update_problemInThePlan_keepsTheFormerFiles() throws Exception {
        try (SecretFiles files = plan().writeTo(directory)) {
            assertThatThrownBy(() -> files.update(TestSecrets.of("hf", "hf-2")))
                    .isExactlyInstanceOf(SecretInjectionException.class)
                    .hasMessageContaining("the secret db is not among the resolved secrets");
            assertThat(DirectoryTree.describe(directory)).isEqualTo(layout("1"));
        }
    }

    @Test
    void update_dataLinkOfSomebodyElse_isRefusedAndLeftAlone() throws Exception {
        SecretFiles files = plan().writeTo(directory);
        Path data = directory.resolve("..data");
        String generation = String.valueOf(data.toRealPath().getFileName());
        Files.delete(data);
        Files.createSymbolicLink(data, Path.of("..theirs"));

        assertThatThrownBy(() -> files.update(SECOND))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage(data + " no longer leads to " + generation + ": something else has changed it");
        assertThat(Files.readSymbolicLink(data)).isEqualTo(Path.of("..theirs"));
        assertThat(DirectoryTree.entries(directory)).contains(directory.resolve(generation));

        files.close();

        assertThat(DirectoryTree.describe(directory)).containsOnlyKeys("..data", "hf", "secrets");
    }

    @Test
    void update_closed_isRefused() {
        SecretFiles files = plan().writeTo(directory);
        files.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> files.update(SECOND))
                .withMessage("the secret files in " + directory + " are closed");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void close_again_doesNothing() throws Exception {
        SecretFiles files = plan().writeTo(directory);
        files.close();
        try (SecretFiles others = plan().writeTo(directory)) {
            files.close();

            assertThat(DirectoryTree.describe(others.directory())).isEqualTo(layout("1"));
        }
    }

    @Test
    void close_entriesOfOthers_stayAndSoDoesTheDirectory() throws Exception {
        SecretFiles files = plan().writeTo(directory);
        Files.writeString(directory.resolve("theirs"), "theirs");
        Files.delete(directory.resolve("hf"));
        Files.writeString(directory.resolve("hf"), "theirs too");

        files.close();

        assertThat(DirectoryTree.describe(directory)).containsOnlyKeys("theirs", "hf");
    }

    @Test
    void close_filesOfOthersInsideTheGeneration_areRemoved() throws Exception {
        SecretFiles files = plan().writeTo(directory);
        Path outside = Files.writeString(temporary.resolve("outside"), "outside");
        Files.createDirectories(directory.resolve("..data/secrets/cache/deep"));
        Files.createSymbolicLink(directory.resolve("..data/secrets/cache/link"), outside);
        Files.createSymbolicLink(directory.resolve("..data/secrets/cache/up"), temporary);

        files.close();

        assertThat(DirectoryTree.describe(temporary)).containsOnlyKeys("outside");
    }

    @Test
    void close_everythingGoneAlready_isFine() throws Exception {
        SecretFiles files = plan().writeTo(directory);
        List<Path> entries = DirectoryTree.entries(directory);
        for (int i = entries.size() - 1; i >= 0; i--) {
            Files.delete(entries.get(i));
        }
        Files.delete(directory);

        assertThatCode(files::close).doesNotThrowAnyException();
    }

    @Test
    void close_othersPublishThereByNow_leavesTheirs() throws Exception {
        SecretFiles files = plan().writeTo(directory);
        List<Path> entries = DirectoryTree.entries(directory);
        for (int i = entries.size() - 1; i >= 0; i--) {
            Files.delete(entries.get(i));
        }
        try (SecretFiles others = INJECTION.plan(SECOND).writeTo(directory)) {
            files.close();

            assertThat(DirectoryTree.describe(others.directory())).isEqualTo(layout("2"));
        }
    }

    @Test
    void toString_files_areShownByPath() {
        try (SecretFiles files = plan().writeTo(directory)) {
            assertThat(files).hasToString("SecretFiles[" + directory + ", files=[hf, secrets/password/db]]");
        }
    }

    @Test
    void writeTo_generationThatNothingLeadsTo_isRefused() throws Exception {
        Path directory = Files.createDirectories(temporary.resolve("demo"));
        Files.writeString(Files.createDirectory(directory.resolve("..4711")).resolve("hf"), "old");
        InjectionPlan plan = SecretInjection.builder().file("hf").build().plan(TestSecrets.of("hf", "new"));

        assertThatThrownBy(() -> plan.writeTo(directory))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage(directory.toAbsolutePath() + " already has entries of these names, nothing was written:\n"
                        + "  ..4711\n"
                        + "Remove them (a process that was killed may have left them), or use another directory.");
        assertThat(directory).isDirectoryContaining("glob:**/..4711").isDirectoryNotContaining("glob:**/hf");
    }
}
