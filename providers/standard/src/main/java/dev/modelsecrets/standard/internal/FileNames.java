package dev.modelsecrets.standard.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The names of the files in a directory, listed when they are asked for. Thread-safe. */
final class FileNames implements Iterable<String> {

    private static final int MOST_FILES = 10_000;

    private final Path directory;
    private volatile boolean isCut;

    FileNames(Path directory) {
        this.directory = directory;
    }

    /** Tells whether the last listing left names out: there were too many, or they could not be listed. */
    boolean isCut() {
        return isCut;
    }

    @Override
    public Iterator<String> iterator() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (names.size() == MOST_FILES) {
                    isCut = true;
                    break;
                }
                names.add(String.valueOf(file.getFileName()));
            }
        } catch (IOException | RuntimeException e) {
            // Only a hint is lost: the directory may be searchable but not readable.
            isCut = true;
        }
        return names.iterator();
    }
}
