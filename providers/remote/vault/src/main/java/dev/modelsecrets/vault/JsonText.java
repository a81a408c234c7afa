package dev.modelsecrets.vault;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the small JSON objects that Vault is sent. */
final class JsonText {

    private JsonText() {}

    static String of(Map<String, String> object) {
        return new TreeMap<>(object)
                .entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\' || c < ' ') {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
