package dev.modelsecrets.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The needles of a secret: what is secret of it as it is, in base64 (both alphabets, at any alignment) and in hex
 * (upper and lower case). Escapes are not written out here; they are resolved where the text is searched.
 */
public final class SecretForms {

    /** The least characters of a piece of base64 that are looked for, whatever the minimum length. */
    private static final int SHORTEST_PIECE = 3;

    private static final int SHORTEST_HEX = 8;

    /** Keys of 128 bits and more, in base64 or hex, are looked for in the other, too. */
    private static final int SHORTEST_BINARY = 16;

    private final int minimumLength;
    private final Set<String> forms = new LinkedHashSet<>();

    private SecretForms(int minimumLength) {
        this.minimumLength = minimumLength;
    }

    /**
     * Adds all that is to be looked for.
     *
     * @param needles where to add it
     * @param name the secret's name
     * @param value its value
     * @param minimumLength forms with fewer characters are left out
     */
    public static void addTo(Needles needles, String name, String value, int minimumLength) {
        Needles.Owner whole = new Needles.Owner(name, true);
        Needles.Owner part = new Needles.Owner(name, false);
        for (String form : of(value, minimumLength)) {
            needles.add(form, form.equals(value) ? whole : part);
        }
    }

    static Set<String> of(String value, int minimumLength) {
        SecretForms all = new SecretForms(minimumLength);
        for (String part : SecretParts.of(value, minimumLength)) {
            all.addText(part);
        }
        return all.forms;
    }

    private void addText(String text) {
        forms.add(text);
        if (text.indexOf(' ') >= 0) {
            forms.add(text.replace(' ', '+'));
        }
        addBytes(text.getBytes(StandardCharsets.UTF_8));
        byte[] binary = isHex(text) ? HexFormat.of().parseHex(text) : SecretParts.bytesInBase64(text);
        if (binary.length >= SHORTEST_BINARY) {
            addBytes(binary);
        }
    }

    /** Tells whether a text is binary data in hex, with letters of one case. */
    private static boolean isHex(String text) {
        if (text.length() < 2 * SHORTEST_BINARY || text.length() % 2 == 1) {
            return false;
        }
        boolean lower = true;
        boolean upper = true;
        for (int i = 0; i < text.length() && (lower || upper); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            lower &= digit || (c >= 'a' && c <= 'f');
            upper &= digit || (c >= 'A' && c <= 'F');
        }
        return lower || upper;
    }

    private void addBytes(byte[] bytes) {
        addBase64(Base64.getEncoder(), bytes);
        addBase64(Base64.getUrlEncoder(), bytes);
        add(HexFormat.of().formatHex(bytes), SHORTEST_HEX);
        add(HexFormat.of().withUpperCase().formatHex(bytes), SHORTEST_HEX);
    }

    /** Adds the encoding on its own, and what of it is the same wherever in a longer text the bytes stand. */
    private void addBase64(Base64.Encoder encoder, byte[] bytes) {
        add(encoder.encodeToString(bytes), SHORTEST_PIECE);
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String encoded = encoder.withoutPadding().encodeToString(shifted);
            // The first characters hold bits of what comes before, the last one may hold bits of what comes after.
            int first = (before * 8 + 5) / 6;
            int last = shifted.length * 8 / 6;
            if (before == 0) {
                add(encoded, 1);
            }
            if (last > first) {
                add(encoded.substring(first, last), SHORTEST_PIECE);
            }
        }
    }

    private void add(String form, int shortest) {
        if (form.length() >= Math.max(shortest, minimumLength)) {
            forms.add(form);
        }
    }
}
