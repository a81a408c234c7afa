package dev.modelsecrets.internal;

/**
 * Resolves the escapes of one kind, whichever characters a writer chose to escape. Decoders read from left to right,
 * and look at nothing before an escape to tell what it means.
 */
interface Decoder {

    /**
     * Returns the next position where an escape may begin.
     *
     * @param last whether no more text follows
     * @return the position, at least {@code from}; the text's length if there is none
     */
    int next(String text, int from, boolean last);

    /**
     * Resolves the escape at a position that {@link #next} returned.
     *
     * @param last whether no more text follows
     * @param target takes what it stands for
     * @return how long the escape is; 0 if there is none; less than 0 if that depends on what follows
     */
    int decode(String text, int at, boolean last, DecodedText.Builder target);

    /** Appends what characters stand for that are not part of an escape. */
    default void copy(String text, int from, int to, StringBuilder target) {
        target.append(text, from, to);
    }

    /** Returns the position of a character, or the text's length. */
    static int indexOf(String text, char c, int from) {
        int position = text.indexOf(c, from);
        return position < 0 ? text.length() : position;
    }
}
