package dev.modelsecrets.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A part of a text with escapes resolved, and where each of its characters stands in the text.
 *
 * <p>An escape that the text ends in the midst of is left out, with all that follows: it is undecided until there is
 * more text.
 */
final class DecodedText {

    private static final int[][] NO_ESCAPES = new int[4][0];

    final String text;

    /** From where on the original is undecided. */
    final int undecided;

    /** What this was decoded from; null for a text as it is. */
    private final @Nullable DecodedText source;

    /** Where this begins in the source, or in the original. */
    private final int offset;

    // The escapes: where the meaning of each begins and ends here, and where it begins and ends in the source.
    private final int[] starts;
    private final int[] ends;
    private final int[] sourceStarts;
    private final int[] sourceEnds;

    private DecodedText(String text, int undecided, @Nullable DecodedText source, int offset, int[][] escapes) {
        this.text = text;
        this.undecided = undecided;
        this.source = source;
        this.offset = offset;
        starts = escapes[0];
        ends = escapes[1];
        sourceStarts = escapes[2];
        sourceEnds = escapes[3];
    }

    /** Returns a text as it is. */
    static DecodedText of(String text) {
        return new DecodedText(text, text.length(), null, 0, NO_ESCAPES);
    }

    DecodedText part(int from, int to) {
        int end = to == text.length() ? undecided : end(to - 1);
        return new DecodedText(text.substring(from, to), end, this, from, NO_ESCAPES);
    }

    /** Returns where a character begins in the original. */
    int start(int position) {
        int escape = escapeBefore(position);
        if (escape < 0) {
            return startInSource(offset + position);
        }
        boolean inside = position < ends[escape];
        return startInSource(inside ? sourceStarts[escape] : sourceEnds[escape] + position - ends[escape]);
    }

    private int startInSource(int position) {
        return source == null ? position : source.start(position);
    }

    /** Returns where a character ends in the original. */
    int end(int position) {
        int escape = escapeBefore(position);
        if (escape < 0) {
            return endInSource(offset + position);
        }
        boolean inside = position < ends[escape];
        return endInSource((inside ? sourceEnds[escape] - 1 : sourceEnds[escape] + position - ends[escape]));
    }

    private int endInSource(int position) {
        return source == null ? position + 1 : source.end(position);
    }

    /** Returns the last escape whose meaning begins at a position or before, or -1. */
    private int escapeBefore(int position) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Tells whether the original can be cut in two at a place without cutting an escape. */
    boolean isBoundary(int place) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (startInSource(sourceStarts[middle]) < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean inside = low > 0 && place < endInSource(sourceEnds[low - 1] - 1);
        return !inside && (source == null || source.isBoundary(place));
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
        int end = undecided;
        while (position < text.length()) {
            int length = decoder.decode(text, position, last, target);
            if (length < 0) {
                target.copyTo(position);
                end = start(position);
                break;
            }
            position = decoder.next(text, position + Math.max(1, length), last);
        }
        if (position == text.length()) {
            target.copyTo(position);
        }
        return target.count > 0 || end < undecided ? target.build(end) : this;
    }

    /** Takes what a decoder makes of escapes. */
    static final class Builder {

        private final DecodedText source;
        private final Decoder decoder;
        private final StringBuilder text;
        private final int[][] escapes = new int[4][8];
        private int count;
        private int done;

        Builder(DecodedText source, Decoder decoder) {
            this.source = source;
            this.decoder = decoder;
            text = new StringBuilder(source.text.length());
        }

        private void copyTo(int limit) {
            decoder.copy(source.text, done, limit, text);
            done = limit;
        }

        /** Puts what an escape stands for, which may be nothing; returns the length of the escape. */
        int escape(String meaning, int from, int to) {
            copyTo(from);
            if (count == escapes[0].length) {
                for (int i = 0; i < escapes.length; i++) {
                    escapes[i] = Arrays.copyOf(escapes[i], 2 * count);
                }
            }
            escapes[0][count] = text.length();
            text.append(meaning);
            escapes[1][count] = text.length();
            escapes[2][count] = from;
            escapes[3][count] = to;
            count++;
            done = to;
            return to - from;
        }

        private DecodedText build(int undecided) {
            int[][] all = new int[escapes.length][];
            Arrays.setAll(all, i -> Arrays.copyOf(escapes[i], count));
            return new DecodedText(text.toString(), undecided, source, 0, all);
        }
    }
}
