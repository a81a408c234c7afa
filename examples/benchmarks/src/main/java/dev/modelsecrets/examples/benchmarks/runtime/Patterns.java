package dev.modelsecrets.examples.benchmarks.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to look for in a text, and what to put in its place.
 *
 * <p>The forms are those that the redactor finds of a value of letters, digits and hyphens: such a value is the same in
 * JSON and in URLs, and its base64 is the same in both alphabets.
 */
final class Patterns {

    private Patterns() {}

    /** Returns the values as they are. */
    static Map<String, String> ofValues(Map<String, String> secrets) {
        Map<String, String> patterns = new LinkedHashMap<>();
        secrets.forEach((name, value) -> patterns.put(value, replacement(name)));
        return patterns;
    }

    /** Returns the values as they are, in base64, and the piece of base64 that each of the three alignments has. */
    static Map<String, String> ofForms(Map<String, String> secrets) {
        Map<String, String> patterns = ofValues(secrets);
        secrets.forEach((name, value) -> {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            patterns.put(Base64.getEncoder().encodeToString(bytes), replacement(name));
            patterns.put(Base64.getEncoder().withoutPadding().encodeToString(bytes), replacement(name));
            for (int before = 0; before < 3; before++) {
                patterns.put(pieceOfBase64(bytes, before), replacement(name));
            }
        });
        return patterns;
    }

    /** Returns the characters of which each bit is one of the value's, with some bytes before it. */
    private static String pieceOfBase64(byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String encoded = Base64.getEncoder().encodeToString(shifted);
        return encoded.substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
    }

    private static String replacement(String name) {
        return "[secret:" + name + "]";
    }
}
