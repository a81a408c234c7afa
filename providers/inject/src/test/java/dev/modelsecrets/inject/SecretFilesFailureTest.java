package dev.modelsecrets.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.inject.HookedFileSystem.Access;
import dev.modelsecrets.inject.HookedFileSystem.Hook;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that refuses, at every single step. */
class SecretFilesFailureTest {

    private static final Secrets FIRST = TestSecrets.of("hf", "hf-1", "db", "db-1");
    private static final Secrets SECOND = TestSecrets.of("hf", "hf-2", "db", "db-2");

    private static final Set<Access> WRITING =
            EnumSet.of(Access.CREATE_DIRECTORY, Access.CREATE_FILE, Access.CREATE_LINK, Access.MOVE);

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

    /** Lets so many writing steps pass, and refuses the next one. */
    private static Hook refuseStep(AtomicInteger stepsBefore, IOException refusal) {
        return (access, file) -> {
            if (WRITING.contains(access) && stepsBefore.getAndDecrement() == 0) {
                throw refusal;
            }
        };
    }

    /** Refuses an access to files of a name while switched on. */
    private static Hook refuse(AtomicBoolean on, Access refused, String fileName) {
        return (access, file) -> {
            if (on.get() && access == refused && file.endsWith(fileName)) {
                throw new AccessDeniedException(file.toString());
            }
        };
    }

    @Test
    void writeTo_anyStepFails_leavesNothing() {
        int steps = 0;
        Throwable failure;
        do {
            Hook hook = refuseStep(new AtomicInteger(steps), new IOException("No space left on device"));
            failure = catchThrowable(() -> INJECTION
                    .plan(FIRST)
                    .writeTo(HookedFileSystem.hook(directory, hook))
                    .close());

            assertThat(temporary).isEmptyDirectory();
            if (failure != null) {
                assertThat(failure)
                        .isExactlyInstanceOf(SecretInjectionException.class)
                        .hasMessageStartingWith(directory.toString())
                        .hasMessageEndingWith(": No space left on device")
                        .hasNoCause();
                steps++;
            }
        } while (failure != null);

        // The directory, the generation, two directories in it, two files, two links, ..data.
        assertThat(steps).isEqualTo(9);
    }

    @Test
    void update_anyStepFails_keepsTheFormerFilesAndLeavesNothingElse() throws Exception {
        AtomicInteger stepsBefore = new AtomicInteger(Integer.MAX_VALUE);
        Hook hook = refuseStep(stepsBefore, new FileSystemException("a", "b", "Disk quota exceeded"));
        SecretFiles files = INJECTION.plan(FIRST).writeTo(HookedFileSystem.hook(directory, hook));
        Map<String, String> before = DirectoryTree.describe(directory);
        int steps = 0;
        for (Throwable failure = null; steps == 0 || failure != null; steps++) {
            stepsBefore.set(steps);
            failure = catchThrowable(() -> files.update(SECOND));

            if (failure != null) {
                assertThat(failure)
                        .isExactlyInstanceOf(SecretInjectionException.class)
                        .hasMessageStartingWith(directory.toString())
                        .hasMessageEndingWith(": Disk quota exceeded");
                assertThat(DirectoryTree.describe(directory)).isEqualTo(before);
            }
        }

        // The generation, two directories in it, two files, the link, the swap; and the update that succeeds.
        assertThat(steps).isEqualTo(8);
        assertThat(directory.resolve("hf")).hasContent("hf-2");

        stepsBefore.set(Integer.MAX_VALUE);
        files.close();

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void writeTo_dataAppearsMeanwhile_leavesItAlone() throws Exception {
        Hook hook = (access, file) -> {
            if (access == Access.CREATE_LINK && file.endsWith("..data")) {
                Files.createSymbolicLink(file, Path.of("..theirs"));
            }
        };

        assertThatThrownBy(() -> INJECTION.plan(FIRST).writeTo(HookedFileSystem.hook(directory, hook)))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage(directory + "/..data cannot be created: it exists already");
        assertThat(DirectoryTree.describe(directory)).containsExactly(Map.entry("..data", "-> ..theirs"));
    }

    @Test
    void writeTo_directoryAppearsMeanwhile_isUsedButNotRemoved() throws Exception {
        Hook hook = (access, file) -> {
            if (access == Access.CREATE_DIRECTORY && file.equals(directory)) {
                Files.createDirectory(file);
            }
        };

        INJECTION.plan(FIRST).writeTo(HookedFileSystem.hook(directory, hook)).close();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void writeTo_noPermission_isSaidSo() {
        Hook hook = refuse(new AtomicBoolean(true), Access.CREATE_DIRECTORY, "demo");

        assertThatThrownBy(() -> INJECTION.plan(FIRST).writeTo(HookedFileSystem.hook(directory, hook)))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage(directory + " cannot be created: permission denied");
    }

    @Test
    void writeTo_cleaningUpFailsToo_saysWhatIsLeft() throws Exception {
        Hook hook = (access, file) -> {
            if (access == Access.CREATE_LINK || (access == Access.DELETE && file.endsWith("hf"))) {
                throw new AccessDeniedException(file.toString());
            }
        };

        Throwable failure = catchThrowable(() -> INJECTION.plan(FIRST).writeTo(HookedFileSystem.hook(directory, hook)));

        Path generation = DirectoryTree.entries(directory).get(0);
        assertThat(failure)
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage(directory + "/hf cannot be created: permission denied\n"
                        + "and what was written could not be removed:\n"
                        + "  " + generation + "/hf cannot be removed: permission denied\n"
                        + "  " + generation + " cannot be removed: it is not empty");
        assertThat(DirectoryTree.describe(directory)).containsOnlyKeys("..N", "..N/hf");
    }

    @Test
    void update_formerFilesCannotBeRemoved_saysSoAndTriesAgainLater() throws Exception {
        AtomicBoolean refusing = new AtomicBoolean();
        SecretFiles files =
                INJECTION.plan(FIRST).writeTo(HookedFileSystem.hook(directory, refuse(refusing, Access.DELETE, "hf")));
        Path former = directory.resolve("..data").toRealPath();
        refusing.set(true);

        assertThatThrownBy(() -> files.update(SECOND))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage("the new secrets are published, but former ones could not be removed:\n"
                        + "  " + former + "/hf cannot be removed: permission denied\n"
                        + "  " + former + " cannot be removed: it is not empty");
        assertThat(directory.resolve("hf")).hasContent("hf-2");

        refusing.set(false);
        files.update(FIRST);

        assertThat(directory.resolve("hf")).hasContent("hf-1");
        assertThat(DirectoryTree.entries(directory)).doesNotContain(former).hasSize(8);

        files.close();

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void close_somethingCannotBeRemoved_listsItRemovesTheRestAndCanBeTriedAgain() throws Exception {
        AtomicBoolean refusing = new AtomicBoolean();
        SecretFiles files = INJECTION
                .plan(FIRST)
                .writeTo(HookedFileSystem.hook(directory, refuse(refusing, Access.DELETE, "password/db")));
        Path generation = directory.resolve("..data").toRealPath();
        refusing.set(true);

        assertThatThrownBy(files::close)
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage("secret files could not be removed:\n"
                        + "  " + generation + "/secrets/password/db cannot be removed: permission denied\n"
                        + "  " + generation + "/secrets/password cannot be removed: it is not empty\n"
                        + "  " + generation + "/secrets cannot be removed: it is not empty\n"
                        + "  " + generation + " cannot be removed: it is not empty");
        assertThat(DirectoryTree.describe(directory))
                .containsOnlyKeys("..N", "..N/secrets", "..N/secrets/password", "..N/secrets/password/db");

        refusing.set(false);
        files.close();

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void close_linksCannotBeRemoved_canBeTriedAgain() throws Exception {
        AtomicBoolean refusing = new AtomicBoolean();
        SecretFiles files = INJECTION
                .plan(FIRST)
                .writeTo(HookedFileSystem.hook(directory, refuse(refusing, Access.DELETE, "..data")));
        refusing.set(true);

        assertThatThrownBy(files::close)
                .hasMessage("secret files could not be removed:\n" + "  " + directory
                        + "/..data cannot be removed: permission denied");
        assertThat(DirectoryTree.describe(directory)).containsOnlyKeys("..data");

        refusing.set(false);
        files.close();

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void close_directoryCannotBeListed_isSaidSo() throws Exception {
        AtomicBoolean refusing = new AtomicBoolean();
        SecretFiles files = INJECTION
                .plan(FIRST)
                .writeTo(HookedFileSystem.hook(directory, refuse(refusing, Access.LIST, "password")));
        Path generation = directory.resolve("..data").toRealPath();
        refusing.set(true);

        assertThatThrownBy(files::close)
                .hasMessageStartingWith("secret files could not be removed:\n" + "  " + generation
                        + "/secrets/password cannot be read: permission denied\n");

        refusing.set(false);
        files.close();

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void writeTo_filesAtTheMomentTheyAppear_havePermissionsOfTheOwnerOnly() throws Exception {
        Hook hook = (access, file) -> {
            // What the step before created is there by now, and nothing has touched it since.
            for (Path entry : DirectoryTree.entries(temporary)) {
                if (!Files.isSymbolicLink(entry)) {
                    assertThat(DirectoryTree.permissions(entry))
                            .isEqualTo(Files.isDirectory(entry) ? "rwx------" : "r--------");
                }
            }
        };

        try (SecretFiles files = INJECTION.plan(FIRST).writeTo(HookedFileSystem.hook(directory, hook))) {
            files.update(SECOND);
        }
    }

    @Test
    void writeTo_beforeDataIsThere_noFileCanBeReadByItsName() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Hook hook = (access, file) -> {
            if (access != Access.DELETE) {
                looks.incrementAndGet();
                assertThat(Files.exists(directory.resolve("hf"))).isFalse();
                assertThat(Files.exists(directory.resolve("secrets/password/db")))
                        .isFalse();
            }
        };

        INJECTION.plan(FIRST).writeTo(HookedFileSystem.hook(directory, hook));

        assertThat(looks).hasPositiveValue();
        assertThat(directory.resolve("hf")).hasContent("hf-1");
        assertThat(directory.resolve("secrets/password/db")).hasContent("db-1");
    }
}
