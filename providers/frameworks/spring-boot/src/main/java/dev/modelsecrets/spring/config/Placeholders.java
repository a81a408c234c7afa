package dev.modelsecrets.spring.config;

/**
 * Escapes what Spring would take for a placeholder. Not instantiable; thread-safe.
 *
 * <p>Spring resolves placeholders in whatever a property source returns, and takes the backslash away where it finds an
 * escaped one. It leaves alone an opening that has no end.
 */
final class Placeholders {

    private static final String OPENING = "${";

    private Placeholders() {}

    static String escape(String value) {
        int opening = value.indexOf(OPENING);
        if (opening < 0) {
            return value;
        }
        StringBuilder escaped = new StringBuilder(value.length() + 2);
        int copied = 0;
        while (opening >= 0) {
            if (hasEnd(value, opening + OPENING.length())) {
                escaped.append(value, copied, opening).append('\\');
                copied = opening;
            }
            opening = value.indexOf(OPENING, opening + OPENING.length());
        }
        return escaped.append(value, copied, value.length()).toString();
    }

    /** Tells whether a brace closes the one before a position, with those between them in pairs. */
    private static boolean hasEnd(String value, int position) {
        int open = 1;
        for (int i = position; i < value.length(); i++) {
            if (value.charAt(i) == '{') {
                open++;
            } else if (value.charAt(i) == '}' && --open == 0) {
                return true;
            }
        }
        return false;
    }
}
