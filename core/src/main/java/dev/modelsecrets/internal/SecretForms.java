package dev.modelsecrets.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms in which a secret shows up in text: as it is, line by line, URL-encoded, JSON-escaped, in base64. */
public final class SecretForms {

    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    /**
     * What encoders for URLs leave as it is beside letters, digits, '-', '_' and '.': java.net.URLEncoder and HTML forms,
     * RFC 3986, Go and Python for queries, Python for paths, JavaScript.
     */
    private static final String[] URL_UNESCAPED = {"+*", "*", "~", "+~", "/~", "~!'()*"};

    /** What writers of JSON escape beyond the necessary: most, PHP, Gson, Go. */
    private static final String[] JSON_ESCAPED = {"", "/", "<>&='", "<>&\u2028\u2029"};

    /** The least characters of a piece of base64 that are looked for, whatever the minimum length. */
    private static final int SHORTEST_PIECE = 3;

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
            addWithLines(value, minimumLength, forms);
            for (String field : JsonStrings.valuesIn(value)) {
                addWithLines(field, minimumLength, forms);
            }
        }
        return forms;
    }

    private static void addWithLines(String text, int minimumLength, Set<String> forms) {
        addAll(text, minimumLength, forms);
        for (String line : LINE_BREAK.split(text, -1)) {
            addAll(line.strip(), minimumLength, forms);
        }
    }

    private static void addAll(String text, int minimumLength, Set<String> forms) {
        if (text.length() < minimumLength || text.isBlank() || !forms.add(text)) {
            return;
        }
        Set<String> candidates = new LinkedHashSet<>();
        for (boolean upperCase : new boolean[] {true, false}) {
            for (String unescaped : URL_UNESCAPED) {
                candidates.add(url(text, unescaped, upperCase));
            }
            for (String escaped : JSON_ESCAPED) {
                candidates.add(json(text, escaped, false, upperCase));
                candidates.add(json(text, escaped, true, upperCase));
            }
        }
        addBase64(text.getBytes(StandardCharsets.UTF_8), candidates);
        for (String candidate : candidates) {
            if (candidate.length() >= minimumLength) {
                forms.add(candidate);
            }
        }
    }

    /** Escapes a text for a URL; a plus sign among the unescaped says that it stands for a space. */
    private static String url(String text, String unescaped, boolean upperCase) {
        StringBuilder url = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (c == ' ' && unescaped.startsWith("+")) {
                url.append('+');
            } else if (plain || "-_.".indexOf(c) >= 0 || (c != '+' && unescaped.indexOf(c) >= 0)) {
                url.append(c);
            } else {
                url.append('%').append(hexDigit(c >> 4, upperCase)).append(hexDigit(c, upperCase));
            }
        }
        return url.toString();
    }

    /** Escapes a text as JSON writers do; they differ in what they escape beyond the necessary. */
    private static String json(String text, String alsoEscaped, boolean asciiOnly, boolean upperCase) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int simple = "\b\t\n\f\r\"\\".indexOf(c);
            if (simple >= 0) {
                escaped.append('\\').append("btnfr\"\\".charAt(simple));
            } else if (c == '/' && alsoEscaped.contains("/")) {
                escaped.append("\\/");
            } else if (c < ' ' || (asciiOnly && c > '~') || alsoEscaped.indexOf(c) >= 0) {
                escaped.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    escaped.append(hexDigit(c >> shift, upperCase));
                }
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static char hexDigit(int value, boolean upperCase) {
        return (upperCase ? "0123456789ABCDEF" : "0123456789abcdef").charAt(value & 0xF);
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
                if (last - first >= SHORTEST_PIECE) {
                    forms.add(encoded.substring(first, last));
                }
            }
        }
    }
}
