package dev.modelsecrets.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * A directory laid out as Kubernetes mounts a Secret.
 *
 * <pre>
 *   secrets/name                      -&gt; ..data/name
 *   secrets/..data                    -&gt; ..2026_01_01_00_00_00.1
 *   secrets/..2026_01_01_00_00_00.1/name
 * </pre>
 */
final class KubernetesMount {

    private KubernetesMount() {}

    static void write(Path directory, Map<String, String> secrets) throws IOException {
        Path generation = Files.createDirectories(directory.resolve("..2026_01_01_00_00_00.1"));
        link(directory.resolve("..data"), generation.getFileName());
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            Files.writeString(generation.resolve(secret.getKey()), secret.getValue());
            link(directory.resolve(secret.getKey()), Path.of("..data", secret.getKey()));
        }
    }

    private static void link(Path link, Path target) throws IOException {
        if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(link, target);
        }
    }
}
