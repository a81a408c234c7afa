package dev.modelsecrets.internal;

import org.jspecify.annotations.Nullable;

/**
 * Quotes inside quotes: doubled as in SQL, CSV and YAML, or closed, quoted otherwise and opened again as in shells.
 */
final class QuoteDecoder implements Decoder {

    private static final String[] SINGLE = {"''", "'\\''", "'\"'\"'"};
    private static final String[] DOUBLE = {"\"\""};

    @Override
    public int next(String text, int from, boolean last) {
        int position = from;
        while (position < text.length() && decodes(text, position, last) == null) {
            position++;
        }
        return position;
    }

    @Override
    public int decode(String text, int at, boolean last, DecodedText.Builder target) {
        String escape = decodes(text, at, last);
        if (escape == null) {
            return 0;
        }
        return escape.isEmpty() ? -1 : target.escape(escape.substring(0, 1), at, at + escape.length());
    }

    /** Returns the escape at a position, empty if that depends on what follows, or null if there is none. */
    private static @Nullable String decodes(String text, int at, boolean last) {
        char c = text.charAt(at);
        if (c != '\'' && c != '"') {
            return null;
        }
        boolean undecided = false;
        for (String escape : c == '"' ? DOUBLE : SINGLE) {
            if (text.startsWith(escape, at)) {
                return escape;
            }
            undecided |= !last && text.length() - at < escape.length() && escape.startsWith(text.substring(at));
        }
        return undecided ? "" : null;
    }
}
