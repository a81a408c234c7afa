package dev.modelsecrets.examples.benchmarks.startup;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The least code that reads the secrets section of a YAML file with Jackson's streaming parser. */
public final class YamlByHand {

    private YamlByHand() {}

    /**
     * Reads scalars.
     *
     * @param file a YAML file
     * @return what is below {@code secrets:}; a null is the text {@code null}
     */
    public static Map<String, String> secrets(Path file) throws IOException {
        Map<String, String> secrets = new LinkedHashMap<>();
        try (JsonParser parser = new YAMLFactory().createParser(Files.readString(file))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals("secrets");
                parser.nextToken();
                if (!wanted) {
                    parser.skipChildren();
                    continue;
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    secrets.put(name, parser.getText());
                }
            }
        }
        return secrets;
    }
}
