package dev.modelsecrets.examples.benchmarks.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Made-up secrets, and directories for their stores. */
final class Fixture {

    /** How many secrets a program asks for. */
    static final int ASKED = 10;

    private Fixture() {}

    /** Returns names and values, of 40 characters as many tokens are. */
    static Map<String, String> secrets(int count) {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String number = Integer.toString(i);
            secrets.put("secret-" + number, "test-token-" + "0".repeat(29 - number.length()) + number);
        }
        return secrets;
    }

    /** Returns some of the names, evenly apart. */
    static List<String> some(Map<String, String> secrets, int count) {
        List<String> names = new ArrayList<>(secrets.keySet());
        List<String> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(names.get(i * names.size() / count));
        }
        return some;
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
