package dev.modelsecrets.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The launcher's class-data archive. A JVM takes only its own, and says nothing if it is another one's: a text beside
 * it tells whose it is, and an archive of another JVM is deleted, so that the next call makes a new one.
 */
final class ClassArchive {

    /** Set by the launcher: the path of the archive. */
    private static final String PROPERTY = "modelsecrets.archive";

    private ClassArchive() {}

    /** Says that the archive is of this JVM. */
    static void record() throws IOException {
        String archive = System.getProperty(PROPERTY);
        if (archive != null) {
            Files.writeString(textBeside(archive), jvm());
        }
    }

    static void dropIfOfAnotherJvm() {
        dropIfOfAnotherJvm(System.getProperty(PROPERTY), jvm());
    }

    static void dropIfOfAnotherJvm(@Nullable String archive, String jvm) {
        if (archive == null) {
            return;
        }
        try {
            if (!Files.readString(textBeside(archive)).equals(jvm)) {
                Files.deleteIfExists(Path.of(archive));
            }
        } catch (IOException e) {
            // Starting takes longer then, and nothing else.
        }
    }

    private static Path textBeside(String archive) {
        return Path.of(archive + ".jvm");
    }

    private static String jvm() {
        return System.getProperty("java.home") + " " + System.getProperty("java.vm.version");
    }
}
