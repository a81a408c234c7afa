package dev.modelsecrets.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/** The forms in which a secret shows up in text: as it is, line by line, URL-encoded, JSON-escaped, in base64. */
public final class SecretForms {

    private SecretForms() {}

    /**
     * Returns the texts to look for.
     *
     * @param value the secret
     * @param minimumLength forms with fewer characters are left out
     * @return distinct forms; none if the value is too short
     */
    public static Set<String> of(String value, int minimumLength) {
        Set<String> forms = new LinkedHashSet<>();
        if (value.length() >= minimumLength) {
            addAll(value, minimumLength, forms);
            for (String line : value.split("\\R", -1)) {
                addAll(line.strip(), minimumLength, forms);
            }
            for (String field : JsonStrings.valuesIn(value)) {
                addAll(field, minimumLength, forms);
            }
        }
        return forms;
    }

    private static void addAll(String text, int minimumLength, Set<String> forms) {
        if (text.length() < minimumLength || text.isBlank() || !forms.add(text)) {
            return;
        }
        Set<String> candidates = new LinkedHashSet<>();
        String url = URLEncoder.encode(text, StandardCharsets.UTF_8);
        candidates.add(url);
        candidates.add(url.replace("+", "%20"));
        candidates.add(url.replace("+", "%20").replace("*", "%2A").replace("%7E", "~"));
        candidates.add(lowerCaseEscapes(url));
        candidates.add(lowerCaseEscapes(url.replace("+", "%20").replace("%7E", "~")));
        candidates.add(json(text, "", false));
        candidates.add(json(text, "/", false));
        candidates.add(json(text, "<>&='", false));
        candidates.add(json(text, "", true));
        candidates.add(json(text, "/", true));
        addBase64(text.getBytes(StandardCharsets.UTF_8), candidates);
        for (String candidate : candidates) {
            if (candidate.length() >= minimumLength) {
                forms.add(candidate);
            }
        }
    }

    private static String lowerCaseEscapes(String url) {
        StringBuilder text = new StringBuilder(url);
        for (int i = text.indexOf("%"); i >= 0; i = text.indexOf("%", i + 3)) {
            text.setCharAt(i + 1, Character.toLowerCase(text.charAt(i + 1)));
            text.setCharAt(i + 2, Character.toLowerCase(text.charAt(i + 2)));
        }
        return text.toString();
    }

    /** Escapes a text as JSON writers do; they differ in what they escape beyond the necessary. */
    private static String json(String text, String alsoEscaped, boolean asciiOnly) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int simple = "\b\t\n\f\r\"\\".indexOf(c);
            if (simple >= 0) {
                escaped.append('\\').append("btnfr\"\\".charAt(simple));
            } else if (c == '/' && alsoEscaped.contains("/")) {
                escaped.append("\\/");
            } else if (c < ' ' || (asciiOnly && c > '~') || alsoEscaped.indexOf(c) >= 0) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Adds the encoding on its own, and what of it is the same wherever in a longer text the bytes stand. */
    private static void addBase64(byte[] bytes, Set<String> forms) {
        for (Base64.Encoder encoder : new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
            forms.add(encoder.encodeToString(bytes));
            forms.add(encoder.withoutPadding().encodeToString(bytes));
            for (int before = 0; before < 3; before++) {
                byte[] shifted = new byte[before + bytes.length];
                System.arraycopy(bytes, 0, shifted, before, bytes.length);
                String encoded = encoder.withoutPadding().encodeToString(shifted);
                // The first characters hold bits of what comes before, the last one may hold bits of what comes after.
                int first = (before * 8 + 5) / 6;
                int last = shifted.length * 8 / 6;
                forms.add(encoded.substring(Math.min(first, last), last));
            }
        }
    }
}
