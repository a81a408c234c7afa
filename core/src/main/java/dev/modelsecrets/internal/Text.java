package dev.modelsecrets.internal;

/** Small pieces of message text. */
public final class Text {

    private static final int LONGEST_QUOTE = 64;

    private Text() {}

    /** Quotes text of unknown origin for a message: printable ASCII as it is, the rest escaped, long text cut. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        int shown = Math.min(text.length(), LONGEST_QUOTE);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~') {
                quoted.append(c);
            } else {
                quoted.append(String.format("\\u%04x", (int) c));
            }
        }
        return quoted.append(shown < text.length() ? "...\"" : "\"").toString();
    }

    /** Appends {@code text}, then spaces up to {@code width} characters. */
    public static StringBuilder pad(StringBuilder target, String text, int width) {
        target.append(text);
        for (int i = text.length(); i < width; i++) {
            target.append(' ');
        }
        return target;
    }
}
