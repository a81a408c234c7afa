package dev.modelsecrets.examples.benchmarks.startup.everywhere;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.modelsecrets.examples.benchmarks.startup.Check;
import dev.modelsecrets.examples.benchmarks.startup.YamlByHand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The floor: Jackson's streaming parsers, and the least code around them. */
public final class ByHand {

    private static final String[] NAMES = {"hf_access_token", "s3_secret_key", "local_token", "auth_token"};

    private ByHand() {}

    /** Takes the directory of the mounted files and the local YAML file. */
    public static void main(String[] arguments) throws IOException {
        Path mount = Path.of(arguments[0]);
        Map<String, String> local = YamlByHand.secrets(Path.of(arguments[1]));
        Map<String, String> auth = json(System.getenv("AUTH_SECRET"));
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name : NAMES) {
            String value = System.getenv("TRUSS_SECRET_" + name);
            Path file = mount.resolve(name);
            if (value == null && Files.exists(file)) {
                value = Files.readString(file);
            }
            secrets.put(name, value != null ? value : local.getOrDefault(name, auth.getOrDefault(name, "")));
        }
        Check.print(secrets);
    }

    private static Map<String, String> json(String text) throws IOException {
        Map<String, String> values = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                values.put(name, parser.getText());
            }
        }
        return values;
    }
}
