package dev.modelsecrets.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A part of a text with escapes resolved, and for each of its characters the place where it stands in the text.
 *
 * <p>An escape that the text ends in the midst of is left out, with all that follows: it is undecided until there is more
 * text.
 */
final class DecodedText {

    final String text;

    /** Where each character begins and ends; null if each is one of the original, from {@code offset} on. */
    private final int @Nullable [] starts;

    private final int @Nullable [] ends;
    private final int offset;

    /** From where on the original is undecided. */
    final int undecided;

    private DecodedText(String text, int @Nullable [] starts, int @Nullable [] ends, int offset, int undecided) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
        this.offset = offset;
        this.undecided = undecided;
    }

    /** Returns a text as it is. */
    static DecodedText of(String text) {
        return new DecodedText(text, null, null, 0, text.length());
    }

    DecodedText part(int from, int to) {
        return new DecodedText(
                text.substring(from, to),
                starts == null ? null : Arrays.copyOfRange(starts, from, to),
                ends == null ? null : Arrays.copyOfRange(ends, from, to),
                offset + from,
                to == text.length() ? undecided : end(to - 1));
    }

    /** Returns where a character begins in the original. */
    int start(int position) {
        return starts == null ? offset + position : starts[position];
    }

    /** Returns where a character ends in the original. */
    int end(int position) {
        return ends == null ? offset + position + 1 : ends[position];
    }

    /** Tells whether the original can be cut in two at a place without cutting an escape. */
    boolean isBoundary(int place) {
        if (starts == null || starts.length == 0 || place <= starts[0] || place >= end(starts.length - 1)) {
            return true;
        }
        return Arrays.binarySearch(starts, place) >= 0;
    }

    /**
     * Resolves the escapes of one kind.
     *
     * @param last whether no more text follows
     * @return the decoded text; this one if there are no such escapes
     */
    DecodedText decoded(Decoder decoder, boolean last) {
        int position = decoder.next(text, 0, last);
        if (position == text.length()) {
            return this;
        }
        Builder target = new Builder(this, decoder);
        target.copyTo(position);
        int end = undecided;
        while (position < text.length()) {
            int length = decoder.decode(text, position, last, target);
            if (length < 0) {
                end = start(position);
                break;
            }
            target.done = position + length;
            position = decoder.next(text, Math.max(position + 1, target.done), last);
            target.copyTo(position);
        }
        return target.changed || end < undecided ? target.build(end) : this;
    }

    /** Takes the characters that a decoder gives out. */
    static final class Builder {

        private final DecodedText source;
        private final Decoder decoder;
        private final StringBuilder text;
        private int[] starts;
        private int[] ends;
        private int done;
        private boolean changed;

        Builder(DecodedText source, Decoder decoder) {
            this.source = source;
            this.decoder = decoder;
            text = new StringBuilder(source.text.length());
            starts = new int[source.text.length()];
            ends = new int[source.text.length()];
        }

        private void copyTo(int limit) {
            for (; done < limit; done++) {
                put(decoder.plain(source.text.charAt(done)), done, done + 1);
            }
        }

        /** Puts what an escape stands for, which may be nothing. */
        int escape(String meaning, int from, int to) {
            changed = true;
            for (int i = 0; i < meaning.length(); i++) {
                put(meaning.charAt(i), from, to);
            }
            return to - from;
        }

        private void put(char c, int from, int to) {
            int length = text.length();
            if (length == starts.length) {
                starts = Arrays.copyOf(starts, 2 * length + 2);
                ends = Arrays.copyOf(ends, 2 * length + 2);
            }
            starts[length] = source.start(from);
            ends[length] = source.end(to - 1);
            text.append(c);
        }

        private DecodedText build(int undecided) {
            int length = text.length();
            return new DecodedText(
                    text.toString(), Arrays.copyOf(starts, length), Arrays.copyOf(ends, length), 0, undecided);
        }
    }
}
