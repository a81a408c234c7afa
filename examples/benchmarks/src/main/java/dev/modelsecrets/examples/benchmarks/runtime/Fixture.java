package dev.modelsecrets.examples.benchmarks.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Made-up secrets, and mounts that hold them. */
final class Fixture {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private Fixture() {}

    /** Returns as many names with values of 16 to 48 letters and digits, the same each time. */
    static Map<String, String> secrets(int count) {
        Random random = new Random(count);
        Map<String, String> secrets = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            StringBuilder value = new StringBuilder("test-");
            for (int length = 11 + random.nextInt(32); length > 0; length--) {
                value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            secrets.put("secret_" + i, value.toString());
        }
        return secrets;
    }

    /** Returns the names in another order, and as strings of their own, as code that looks them up has them. */
    static String[] shuffledNames(Map<String, String> secrets) {
        List<String> names = new ArrayList<>();
        for (String name : secrets.keySet()) {
            names.add(String.valueOf(name.toCharArray()));
        }
        Collections.shuffle(names, new Random(1));
        return names.toArray(new String[0]);
    }

    /** Writes a file for each secret into a new temporary directory. */
    static Path plainMount(Map<String, String> secrets) throws IOException {
        Path mount = Files.createTempDirectory("benchmark-mount");
        write(secrets, mount);
        return mount;
    }

    /** Lays the files out as a kubelet does: in a directory that {@code ..data} leads to, with a link for each. */
    static Path kubernetesMount(Map<String, String> secrets) throws IOException {
        Path mount = Files.createTempDirectory("benchmark-mount");
        Path data = Files.createDirectory(mount.resolve("..2026_01_02_03_04_05.123456789"));
        write(secrets, data);
        Files.createSymbolicLink(mount.resolve("..data"), data.getFileName());
        for (String name : secrets.keySet()) {
            Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
        }
        return mount;
    }

    private static void write(Map<String, String> secrets, Path directory) throws IOException {
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            Files.writeString(directory.resolve(secret.getKey()), secret.getValue());
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
