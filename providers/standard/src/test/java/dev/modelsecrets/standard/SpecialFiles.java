package dev.modelsecrets.standard;

import java.io.IOException;
import java.nio.file.Path;

/** Files that only the tools of the operating system make. */
public final class SpecialFiles {

    private SpecialFiles() {}

    /** Makes a FIFO that nobody writes to: opening it for reading would wait for ever. */
    public static void createFifo(Path file) throws IOException, InterruptedException {
        if (new ProcessBuilder("mkfifo", file.toString()).inheritIO().start().waitFor() != 0) {
            throw new IOException("mkfifo " + file);
        }
    }
}
