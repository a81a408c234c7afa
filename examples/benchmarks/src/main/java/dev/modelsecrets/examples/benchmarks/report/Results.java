package dev.modelsecrets.examples.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory that results are written to, from where they can be copied into the repository. */
public final class Results {

    private final Path directory;

    /**
     * Names the directory.
     *
     * @param directory need not exist
     */
    public Results(Path directory) {
        this.directory = directory;
    }

    /** Writes a file, in place of an older one. */
    public void write(String name, String content) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(name), content);
    }
}
