package dev.modelsecrets.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The source files of the whole repository. */
final class Sources {

    static final Path ROOT = Path.of(System.getProperty("basedir", ""), "../..");

    private Sources() {}

    /** Returns the text of all Java files by their path from the root, with slashes on every system. */
    static Map<String, String> java() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (Path file : files(path -> path.endsWith(".java"))) {
            sources.put(name(file), Files.readString(file));
        }
        return sources;
    }

    /** Returns the text of the Java files that are published. */
    static Map<String, String> published() throws IOException {
        Map<String, String> sources = java();
        sources.keySet().removeIf(name -> !name.matches("(core|providers/.*)/src/main/java/.*"));
        return sources;
    }

    private static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    private static List<Path> files(Predicate<String> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("core", "providers", "examples")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> wanted.test(file.toString()))
                        .filter(file -> !name(file).contains("/target/"))
                        .forEach(found::add);
            }
        }
        return found;
    }
}
