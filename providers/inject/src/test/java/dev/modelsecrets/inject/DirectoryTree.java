package dev.modelsecrets.inject;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is below a directory, as text. */
final class DirectoryTree {

    private DirectoryTree() {}

    /** Returns all entries below a directory, sorted, without following a link. */
    static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !file.equals(directory)).sorted().toList();
        }
    }

    /** Returns the entry for each path: {@code -> target}, {@code dir 0700}-like permissions, or the file's text. */
    static Map<String, String> describe(Path directory) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        for (Path file : entries(directory)) {
            // The unique part of a generation's name is a number.
            String path = stable(directory.relativize(file).toString());
            if (Files.isSymbolicLink(file)) {
                entries.put(path, "-> " + stable(Files.readSymbolicLink(file).toString()));
            } else if (Files.isDirectory(file)) {
                entries.put(path, permissions(file));
            } else {
                entries.put(path, permissions(file) + " " + Files.readString(file, UTF_8));
            }
        }
        return entries;
    }

    static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }

    private static String stable(String path) {
        return path.replaceFirst("^\\.\\.[0-9]+", "..N");
    }
}
