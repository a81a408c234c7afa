package dev.modelsecrets.examples.benchmarks.startup.config;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import dev.modelsecrets.examples.benchmarks.startup.YamlByHand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The floor: Jackson's streaming parser for the names, and the least code for the values. */
public final class ByHand {

    private ByHand() {}

    /** Takes the directory of the mounted files and the model's {@code config.yaml}. */
    public static void main(String[] arguments) throws IOException {
        Path mount = Path.of(arguments[0]);
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name : YamlByHand.secrets(Path.of(arguments[1])).keySet()) {
            String value = System.getenv("TRUSS_SECRET_" + name);
            secrets.put(name, value != null ? value : Files.readString(mount.resolve(name)));
        }
        Check.print(secrets);
    }
}
