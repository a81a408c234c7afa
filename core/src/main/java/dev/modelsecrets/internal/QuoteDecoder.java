package dev.modelsecrets.internal;

import org.jspecify.annotations.Nullable;

/**
 * Quotes of one kind inside quotes of that kind: doubled as in SQL, CSV and YAML, or closed, quoted otherwise and
 * opened again as in shells. Quotes of the other kind stay, doubled or not.
 */
final class QuoteDecoder implements Decoder {

    static final Decoder SINGLE = new QuoteDecoder("''", "'\\''", "'\"'\"'");
    static final Decoder DOUBLE = new QuoteDecoder("\"\"");

    private final char quote;
    private final String[] escapes;

    private QuoteDecoder(String... escapes) {
        quote = escapes[0].charAt(0);
        this.escapes = escapes;
    }

    @Override
    public int next(String text, int from, boolean last) {
        int position = Decoder.indexOf(text, quote, from);
        while (position < text.length() && decodes(text, position, last) == null) {
            position = Decoder.indexOf(text, quote, position + 1);
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
    private @Nullable String decodes(String text, int at, boolean last) {
        if (text.charAt(at) != quote) {
            return null;
        }
        boolean undecided = false;
        for (String escape : escapes) {
            if (text.startsWith(escape, at)) {
                return escape;
            }
            undecided |= !last && text.length() - at < escape.length() && escape.startsWith(text.substring(at));
        }
        return undecided ? "" : null;
    }
}
