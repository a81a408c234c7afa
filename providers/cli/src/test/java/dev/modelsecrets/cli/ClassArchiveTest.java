package dev.modelsecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

    @TempDir
    private Path directory;

    @Test
    void archive_ofAnotherJvm_isDropped() throws Exception {
        Path archive = directory.resolve("classes.jsa");
        Files.writeString(archive, "");
        Files.writeString(directory.resolve("classes.jsa.jvm"), "/jdk 17.0.1");

        ClassArchive.dropIfOfAnotherJvm(archive.toString(), "/jdk 17.0.1");
        assertThat(archive).exists();

        ClassArchive.dropIfOfAnotherJvm(archive.toString(), "/jdk 17.0.2");
        assertThat(archive).doesNotExist();
    }

    @Test
    void archive_absent_isFine() {
        ClassArchive.dropIfOfAnotherJvm(null, "any");
        ClassArchive.dropIfOfAnotherJvm(directory.resolve("absent.jsa").toString(), "any");

        assertThat(directory).isEmptyDirectory();
    }
}
