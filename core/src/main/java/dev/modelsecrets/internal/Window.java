package dev.modelsecrets.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where in a text a needle may begin: a table tells from the last four characters of a window, as long as the shortest
 * needle, how far it can move.
 *
 * <p>Its entries only ever change towards a closer look, so that reading them meanwhile is harmless.
 */
final class Window {

    private static final int BLOCK = 4;
    private static final int LONGEST = Needles.HEAD;
    private static final int SMALLEST_BITS = 12;
    private static final int LARGEST_BITS = 20;
    private static final int LARGEST_BITS_OF_BEGINNINGS = 17;

    final int length;
    private final int farthest;
    private final int block;
    private final int bits;
    private final byte[] shifts;

    /** By the hash of up to four characters: whether a needle may begin with them. */
    private final boolean[] beginnings;

    /** By the first character: the same. */
    private final boolean[] starts = new boolean[256];

    /**
     * Makes a window with no needles.
     *
     * @param shortest how long the shortest needle will be
     * @param heads how many needles there will be, apart from those that begin alike
     */
    Window(int shortest, int heads) {
        length = shortest == Integer.MAX_VALUE ? shortest : Math.min(shortest, LONGEST);
        block = length >= BLOCK ? BLOCK : 1;
        int wanted = SMALLEST_BITS;
        while (wanted < LARGEST_BITS && (1L << wanted) < 8L * heads * Math.min(length, LONGEST)) {
            wanted++;
        }
        bits = wanted;
        shifts = new byte[1 << bits];
        beginnings = new boolean[1 << Math.min(bits, LARGEST_BITS_OF_BEGINNINGS)];
        farthest = Math.min(length, LONGEST) - block + 1;
        Arrays.fill(shifts, (byte) farthest);
    }

    boolean fits(String head, int heads) {
        return length <= head.length() && (bits == LARGEST_BITS || (1L << bits) >= 8L * heads * length);
    }

    void add(String head) {
        for (int last = block - 1; last < length; last++) {
            int slot = slot(head, last);
            shifts[slot] = (byte) Math.min(shifts[slot], length - 1 - last);
        }
        for (int count = 1; count <= block; count++) {
            beginnings[beginning(head, 0, count)] = true;
        }
        starts[Math.min(head.charAt(0), 255)] = true;
    }

    /** Returns the first place, at or after the given one, where a needle may stand; or the text's length. */
    int nextCandidate(String text, int from) {
        int end = text.length();
        if (length > end - from) {
            return end;
        }
        int last = nextStop(text, from + length - 1);
        while (last < end) {
            int start = last - length + 1;
            if (mayBeginAt(text, start)) {
                return start;
            }
            last = nextStop(text, last + 1);
        }
        return end;
    }

    /** Returns the first end of a window, at least the given one, where a needle may stand; or the text's length. */
    private int nextStop(String text, int from) {
        int last = from;
        while (last < text.length()) {
            int shift = shifts[slot(text, last)];
            if (shift == farthest) {
                // The usual case, apart: the processor need not wait for the table to know where to go on.
                last += farthest;
            } else if (shift > 0) {
                last += shift;
            } else {
                return last;
            }
        }
        return text.length();
    }

    /** Returns the first such place in a part of a text of which each byte is a character, or the end of the part. */
    int nextCandidate(ByteBuffer text, int from, int to) {
        if (length > to - from) {
            return to;
        }
        int last = from + length - 1;
        while (last < to) {
            int shift = shifts[slot(text, last)];
            if (shift == farthest) {
                last += farthest;
            } else if (shift > 0) {
                last += shift;
            } else if (mayBeginAt(text, last - length + 1)) {
                return last - length + 1;
            } else {
                last++;
            }
        }
        return to;
    }

    boolean mayBeginAt(String text, int start) {
        return starts[Math.min(text.charAt(start), 255)]
                && beginnings[beginning(text, start, Math.min(block, text.length() - start))];
    }

    private boolean mayBeginAt(ByteBuffer text, int start) {
        int characters = block == BLOCK ? text.getInt(start) : (1 << 8) ^ (text.get(start) & 0xFF);
        return starts[text.get(start) & 0xFF] && beginnings[slot(characters) & (beginnings.length - 1)];
    }

    private int slot(String text, int last) {
        int characters = text.charAt(last);
        if (block == BLOCK) {
            characters ^= (text.charAt(last - 3) << 24) ^ (text.charAt(last - 2) << 16) ^ (text.charAt(last - 1) << 8);
        }
        return slot(characters);
    }

    private int slot(ByteBuffer text, int last) {
        // Four bytes in their order are what four characters are combined to above.
        return slot(block == BLOCK ? text.getInt(last - 3) : text.get(last) & 0xFF);
    }

    private int beginning(String text, int start, int count) {
        int characters = count;
        for (int i = start; i < start + count; i++) {
            characters = (characters << 8) ^ text.charAt(i);
        }
        return slot(characters) & (beginnings.length - 1);
    }

    private int slot(int characters) {
        return (characters * 0x9E3779B1) >>> (Integer.SIZE - bits);
    }

    /** Says nothing of what is looked for. */
    @Override
    public String toString() {
        return "Window";
    }
}
