package dev.modelsecrets.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A path in Vault: what may be one, and how it goes into an address. */
final class KvPath {

    private KvPath() {}

    /**
     * Checks a path.
     *
     * @param path segments with slashes between them
     * @return the segments
     * @throws IllegalArgumentException if a segment is empty, a dot or two, or has characters that the driver cannot send
     */
    static List<String> segments(String path) {
        List<String> segments = List.of(path.split("/", -1));
        for (String segment : segments) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException(
                        "the path \"" + path + "\" is not one of Vault: a segment is empty or leads elsewhere");
            }
            if (!segment.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                throw new IllegalArgumentException(
                        "the path \"" + path + "\" has a character that Vault's driver cannot send: use ASCII");
            }
        }
        return segments;
    }

    /** Encodes a checked path for an address, segment by segment. */
    static String encoded(String path) {
        List<String> encoded = new ArrayList<>();
        for (String segment : segments(path)) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < segment.length(); i++) {
                char c = segment.charAt(i);
                boolean plain = Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0;
                text.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
            }
            encoded.add(text.toString());
        }
        return String.join("/", encoded);
    }
}
