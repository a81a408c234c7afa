package dev.modelsecrets.internal;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds many patterns in a text at once, the leftmost and there the longest, at a cost that hardly depends on their
 * number.
 *
 * <p>The search is that of Wu and Manber: a table tells from four characters how far the window can move, usually by
 * most of the shortest pattern's length. Where it cannot move, a binary search over the sorted patterns finds the
 * longest one that stands there. Immutable and thread-safe.
 */
public final class MultiPattern {

    private static final int BLOCK = 4;
    private static final int SMALLEST_TABLE = 1 << 12;
    private static final int LARGEST_TABLE = 1 << 20;

    private final String[] patterns;
    private final String[] replacements;

    /** For each pattern the longest other one that it starts with, or -1. */
    private final int[] parents;

    private final int shortest;
    private final int longest;
    private final int block;
    private final byte[] shifts;

    /** By the hash of four characters: whether a pattern may begin with them. By the first one: the same. */
    private final boolean[] beginnings;

    private final boolean[] starts = new boolean[256];

    /**
     * Prepares a search.
     *
     * @param replacementByPattern patterns, none of them empty, and what to put in their place
     */
    public MultiPattern(Map<String, String> replacementByPattern) {
        patterns = replacementByPattern.keySet().toArray(new String[0]);
        Arrays.sort(patterns);
        replacements = new String[patterns.length];
        Arrays.setAll(replacements, i -> replacementByPattern.get(patterns[i]));
        parents = parents(patterns);
        int min = Integer.MAX_VALUE;
        int max = 0;
        for (String pattern : patterns) {
            min = Math.min(min, pattern.length());
            max = Math.max(max, pattern.length());
            starts[Math.min(pattern.charAt(0), 255)] = true;
        }
        // A shift is kept in a byte.
        shortest = Math.min(min, Byte.MAX_VALUE);
        longest = max;
        block = shortest >= BLOCK ? BLOCK : 1;
        shifts = shifts();
        beginnings = new boolean[shifts.length];
        for (String pattern : patterns) {
            if (block == BLOCK) {
                beginnings[hash(pattern.substring(0, BLOCK).toCharArray(), BLOCK - 1, beginnings.length - 1)] = true;
            }
        }
    }

    private static int[] parents(String[] patterns) {
        int[] parents = new int[patterns.length];
        for (int i = 0; i < patterns.length; i++) {
            int parent = i - 1;
            while (parent >= 0 && !patterns[i].startsWith(patterns[parent])) {
                parent = parents[parent];
            }
            parents[i] = parent;
        }
        return parents;
    }

    private byte[] shifts() {
        int size = SMALLEST_TABLE;
        while (size < LARGEST_TABLE && size < 8L * patterns.length * shortest) {
            size *= 2;
        }
        byte[] table = new byte[size];
        Arrays.fill(table, (byte) (shortest - block + 1));
        for (String pattern : patterns) {
            char[] window = pattern.substring(0, shortest).toCharArray();
            for (int end = block - 1; end < shortest; end++) {
                int slot = hash(window, end, size - 1);
                table[slot] = (byte) Math.min(table[slot], shortest - 1 - end);
            }
        }
        return table;
    }

    private int hash(char[] text, int end, int mask) {
        return block == BLOCK
                ? ((text[end - 3] << 15) ^ (text[end - 2] << 10) ^ (text[end - 1] << 5) ^ text[end]) & mask
                : text[end] & mask;
    }

    /** Tells whether there is nothing to look for. */
    public boolean isEmpty() {
        return patterns.length == 0;
    }

    /**
     * Appends a part of a text with every pattern replaced that starts before a limit.
     *
     * @param text the text
     * @param from where to begin
     * @param limit where a pattern may no longer start
     * @param end the end of the text; a pattern may reach up to here
     * @param target gets everything up to the returned position
     * @return the limit, or the end of a pattern that reaches beyond it
     */
    public int replace(char[] text, int from, int limit, int end, StringBuilder target) {
        int copied = from;
        int windowEnd = from + shortest - 1;
        while (windowEnd < end && windowEnd - shortest + 1 < limit) {
            int shift = shifts[hash(text, windowEnd, shifts.length - 1)];
            if (shift > 0) {
                windowEnd += shift;
                continue;
            }
            int start = windowEnd - shortest + 1;
            int found = longestAt(text, start, end);
            if (found < 0) {
                windowEnd++;
                continue;
            }
            target.append(text, copied, start - copied).append(replacements[found]);
            copied = start + patterns[found].length();
            windowEnd = copied + shortest - 1;
        }
        if (copied < limit) {
            target.append(text, copied, limit - copied);
            copied = limit;
        }
        return copied;
    }

    /** Tells whether a text has any pattern. */
    public boolean occursIn(char[] text) {
        int windowEnd = shortest - 1;
        while (windowEnd < text.length) {
            int shift = shifts[hash(text, windowEnd, shifts.length - 1)];
            if (shift == 0 && longestAt(text, windowEnd - shortest + 1, text.length) >= 0) {
                return true;
            }
            windowEnd += Math.max(1, shift);
        }
        return false;
    }

    /**
     * Returns where the last part of a text begins that may turn into a pattern once more text follows.
     *
     * @param text the text
     * @param from where to begin
     * @param end the end of the text so far
     * @return the first position from which everything up to the end is the beginning of a longer pattern, or the end
     */
    public int holdFrom(char[] text, int from, int end) {
        for (int start = Math.max(from, end - longest + 1); start < end; start++) {
            if (mayBegin(text, start, end) && continuationOf(text, start, end) != null) {
                return start;
            }
        }
        return end;
    }

    private boolean mayBegin(char[] text, int start, int end) {
        return starts[Math.min(text[start], 255)]
                && (block < BLOCK
                        || end - start < BLOCK
                        || beginnings[hash(text, start + BLOCK - 1, beginnings.length - 1)]);
    }

    /**
     * Returns a pattern that a part of a text is the beginning of.
     *
     * @return a longer pattern than the part, or null if there is none
     */
    @Nullable
    String continuationOf(char[] text, int start, int end) {
        int low = firstAfter(text, start, end);
        // It comes right after all that the text starts with.
        if (low == patterns.length || patterns[low].length() <= end - start) {
            return null;
        }
        return matches(patterns[low], 0, text, start, end) ? patterns[low] : null;
    }

    /** Tells whether a part of a text is the same as a pattern's from an offset on; the pattern is long enough. */
    static boolean matches(String pattern, int offset, char[] text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (pattern.charAt(offset + i - start) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** Finds the longest pattern at a position: the greatest one that is not after the text, or one that it starts with. */
    private int longestAt(char[] text, int start, int end) {
        int found = firstAfter(text, start, end) - 1;
        while (found >= 0 && !startsWith(text, start, end, patterns[found])) {
            found = parents[found];
        }
        return found;
    }

    /** Returns the first pattern that comes after a part of a text, in the order of the alphabet. */
    private int firstAfter(char[] text, int start, int end) {
        int low = 0;
        int high = patterns.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (compare(patterns[middle], text, start, end) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static int compare(String pattern, char[] text, int start, int end) {
        int length = Math.min(pattern.length(), end - start);
        for (int i = 0; i < length; i++) {
            int difference = pattern.charAt(i) - text[start + i];
            if (difference != 0) {
                return difference;
            }
        }
        return pattern.length() - (end - start);
    }

    private static boolean startsWith(char[] text, int start, int end, String pattern) {
        return pattern.length() <= end - start && matches(pattern, 0, text, start, start + pattern.length());
    }

    /** Returns the number of patterns, never one of them. */
    @Override
    public String toString() {
        return "MultiPattern[" + patterns.length + " patterns]";
    }
}
