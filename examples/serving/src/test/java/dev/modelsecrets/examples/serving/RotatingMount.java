package dev.modelsecrets.examples.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is rotated as the kubelet rotates the volume of a Kubernetes Secret: a new link is put over {@code
 * ..data}, then the old generation is deleted. One thread at a time.
 */
final class RotatingMount {

    private final Path directory;
    private int count;
    private @Nullable Path previous;

    RotatingMount(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    Path directory() {
        return directory;
    }

    void publish(Map<String, String> secrets) throws IOException {
        Path generation = Files.createDirectory(directory.resolve("..2026_01_01_00_00_00." + ++count));
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            Files.writeString(generation.resolve(secret.getKey()), secret.getValue());
        }
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), generation.getFileName());
        Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        for (String name : secrets.keySet()) {
            Path file = directory.resolve(name);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(file, Path.of("..data", name));
            }
        }
        if (previous != null) {
            delete(previous);
        }
        previous = generation;
    }

    private static void delete(Path generation) throws IOException {
        try (Stream<Path> files = Files.list(generation)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(generation);
    }
}
