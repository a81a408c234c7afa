package dev.modelsecrets.standard;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A directory as a kubelet lays out a secret volume: {@code name -> ..data/name} and {@code ..data -> ..generation}.
 * Not thread-safe; a kubelet is one writer too.
 */
public final class KubernetesMount {

    private final Path directory;
    private int generation;

    /** Takes a directory that exists and is empty. */
    public KubernetesMount(Path directory) {
        this.directory = directory;
    }

    /** Publishes the next generation and removes the one before, in the order of a kubelet. */
    public void publish(Map<String, String> files) throws IOException {
        Path old = publishBesideTheOld(files);
        if (old != null) {
            delete(old);
        }
    }

    /** Publishes the next generation and returns the one before, or null. */
    public Path publishBesideTheOld(Map<String, String> files) throws IOException {
        Path data = directory.resolve("..data");
        Path old = Files.isSymbolicLink(data) ? directory.resolve(Files.readSymbolicLink(data)) : null;
        generation++;
        Path next = Files.createDirectory(directory.resolve("..2026_01_02_03_04_05." + generation));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(next.resolve(file.getKey()), file.getValue());
        }
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), next.getFileName());
        Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
        for (String name : files.keySet()) {
            if (!Files.isSymbolicLink(directory.resolve(name))) {
                Files.createSymbolicLink(directory.resolve(name), Path.of("..data", name));
            }
        }
        return old;
    }

    private static void delete(Path generation) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(generation)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(generation);
    }
}
