package dev.modelsecrets.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {

    private static final String MARK = "\uFEFF";

    @TempDir
    private Path directory;

    private void assertFails(Path file, String fault) {
        assertThatThrownBy(() -> SecretFiles.read(file))
                .isExactlyInstanceOf(MalformedDocumentException.class)
                .hasMessage("the document " + fault)
                .satisfies(thrown -> assertThat(((MalformedDocumentException) thrown).fault())
                        .isEqualTo(fault));
    }

    @Test
    void read_file_isItsWholeText() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "pässwörd\n");

        assertThat(SecretFiles.read(file)).contains("pässwörd\n");
        assertThat(SecretFiles.readDocument(file)).contains("pässwörd\n");
        assertThat(SecretFiles.isMissing(file)).isFalse();
    }

    @Test
    void read_emptyFile_isEmptyText() throws Exception {
        assertThat(SecretFiles.read(Files.createFile(directory.resolve("token"))))
                .contains("");
    }

    @Test
    void read_link_isFollowedOutOfTheDirectory() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "value");
        Path link = Files.createSymbolicLink(
                Files.createDirectory(directory.resolve("links")).resolve("token"), file);

        assertThat(SecretFiles.read(link)).contains("value");
    }

    @Test
    void read_noFile_isEmpty() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("..data/token"));

        assertThat(SecretFiles.read(directory.resolve("token"))).isEmpty();
        assertThat(SecretFiles.readDocument(link)).isEmpty();
        assertThat(SecretFiles.isMissing(link)).isTrue();
    }

    @Test
    void read_byteOrderMark_isRefusedInASecretAndPassedOverInADocument() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), MARK + "value");

        assertFails(file, "has a byte order mark: save the file as UTF-8 without one");
        assertThat(SecretFiles.readDocument(file)).contains("value");
        assertThat(SecretFiles.readDocument(Files.writeString(directory.resolve("mark"), MARK)))
                .contains("");
    }

    @Test
    void read_unfit_fails() throws Exception {
        Path fifo = directory.resolve("fifo");
        SpecialFiles.createFifo(fifo);

        assertFails(directory, "is a directory, not a file");
        assertFails(fifo, "is not a regular file but a FIFO, a socket, a device or a link");
        assertFails(Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]), "is larger than 1 MiB");
        assertFails(
                Files.write(directory.resolve("binary"), new byte[] {'h', (byte) 0xC3, 'u'}),
                "is not valid UTF-8: store binary data as base64");
    }

    @Test
    void shellWord_pathWithASpace_isInQuotes() {
        assertThat(SecretFiles.shellWord(Path.of("my keys"))).isEqualTo("'my keys'");
    }

    @Test
    void read_fifoTakesThePlaceOfTheFile_keepsNobodyWaiting() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "value");
        Path hooked = HookedFileSystem.hook(file, (access, path) -> {
            if (access == HookedFileSystem.Access.OPEN && Files.isRegularFile(path)) {
                Files.move(path, directory.resolve("aside"));
                createFifo(path);
            } else if (access == HookedFileSystem.Access.OPEN) {
                Files.delete(path);
                Files.writeString(path, "next");
            }
        });

        assertThat(SecretFiles.read(hooked)).contains("next");
    }

    private static void createFifo(Path path) {
        try {
            SpecialFiles.createFifo(path);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
