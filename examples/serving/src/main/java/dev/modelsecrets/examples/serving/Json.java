package dev.modelsecrets.examples.serving;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The little JSON that the server writes. */
final class Json {

    private Json() {}

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    static String list(Collection<String> texts) {
        List<String> quoted = new ArrayList<>();
        for (String text : texts) {
            quoted.add(quote(text));
        }
        return "[" + String.join(", ", quoted) + "]";
    }

    static String error(String words) {
        return "{\"error\": " + quote(words) + "}";
    }
}
