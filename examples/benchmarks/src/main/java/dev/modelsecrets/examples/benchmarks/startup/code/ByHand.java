package dev.modelsecrets.examples.benchmarks.startup.code;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The floor: the least code that reads the same places, without a word on what is missing. */
public final class ByHand {

    private static final String[] NAMES = {"hf_access_token", "s3_access_key", "s3_secret_key", "s3_region"};

    private ByHand() {}

    /** Takes the directory of the mounted files. */
    public static void main(String[] arguments) throws IOException {
        Path mount = Path.of(arguments[0]);
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name : NAMES) {
            String value = System.getenv("TRUSS_SECRET_" + name);
            secrets.put(name, value != null ? value : Files.readString(mount.resolve(name)));
        }
        Check.print(secrets);
    }
}
