package dev.modelsecrets.internal;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The texts to look for: finds all of them in a text at once, at a cost that hardly depends on their number.
 *
 * <p>The search is that of Wu and Manber: a table tells from four characters how far the window can move, usually by
 * most of the shortest needle's length. Where it cannot move, a sorted map has the heads of the needles that may stand
 * there; what is longer than a head is recognised by its fingerprint, so that nothing is compared twice.
 *
 * <p>Needles are only ever added, by one thread at a time, while others search. A search that begins after {@code add}
 * returned finds the needle; one that runs meanwhile may or may not.
 */
public final class Needles {

    /** How many characters of a needle are kept as they are. */
    private static final int HEAD = 64;

    /**
     * Who a needle belongs to.
     *
     * @param name the secret's name
     * @param whole whether it is the secret's value as it is, not a part or another form of it
     */
    record Owner(String name, boolean whole) {

        static Owner preferred(@Nullable Owner known, Owner added) {
            return known == null || (added.whole && !known.whole) ? added : known;
        }
    }

    /** Takes what a search finds: all places where a needle stands, in ascending order, and there the longest. */
    @FunctionalInterface
    interface Hits {

        Hits IGNORED = (start, end, owner) -> {};

        void add(int start, int end, Owner owner);
    }

    private final ConcurrentSkipListMap<String, Group> groups = new ConcurrentSkipListMap<>();

    /** The owners of needles that are longer than a head, by fingerprint. */
    private final ConcurrentHashMap<Long, Owner> ownersOfLong = new ConcurrentHashMap<>();

    /** Of these the fingerprints of beginnings that are 128, 256, 512, .. characters long. */
    private final Set<Long> beginningsOfLong = ConcurrentHashMap.newKeySet();

    private int size;

    // Written by the thread that adds, the window last.
    private volatile int longest;
    private volatile boolean withSpace;
    private volatile boolean withQuote;
    private volatile Window window = new Window(Integer.MAX_VALUE, 1);

    /**
     * Adds a text to look for; one that is there already goes to the new owner only if it is the whole of its secret.
     */
    synchronized void add(String needle, Owner owner) {
        String head = needle.length() > HEAD ? needle.substring(0, HEAD) : needle;
        Group group = groups.get(head);
        if (group == null) {
            group = new Group(head.length());
            groups.put(head, group);
            size++;
        }
        if (needle.length() > HEAD) {
            ownersOfLong.merge(Fingerprints.of(needle), owner, Owner::preferred);
            group.addLength(needle.length());
            for (int length = 2 * HEAD; length < needle.length(); length *= 2) {
                beginningsOfLong.add(Fingerprints.of(needle.substring(0, length)));
            }
        } else {
            group.owner = Owner.preferred(group.owner, owner);
        }
        longest = Math.max(longest, needle.length());
        withSpace |= needle.indexOf(' ') >= 0;
        withQuote |= needle.indexOf('\'') >= 0 || needle.indexOf('"') >= 0;
        Window current = window;
        if (current.fits(head, size)) {
            current.add(head);
        } else {
            current = new Window(Math.min(current.length, head.length()), 2 * size);
            groups.keySet().forEach(current::add);
        }
        window = current;
    }

    /** Tells whether there is nothing to look for. */
    public boolean isEmpty() {
        return longest == 0;
    }

    int longest() {
        return longest;
    }

    /** Tells whether any needle has a space, which may show up as a plus sign in a URL. */
    boolean withSpace() {
        return withSpace;
    }

    /** Tells whether any needle has a quote, which may show up doubled. */
    boolean withQuote() {
        return withQuote;
    }

    /** Tells whether a needle stands in a text; where none does it makes no objects. */
    boolean areIn(String text) {
        Window current = window;
        Fingerprints fingerprints = null;
        int last = current.nextStop(text, current.length - 1);
        while (last < text.length()) {
            int start = last - current.length + 1;
            if (current.mayBeginAt(text, start)) {
                fingerprints = fingerprints == null ? new Fingerprints(text) : fingerprints;
                if (addLongest(text, start, fingerprints, Hits.IGNORED)) {
                    return true;
                }
            }
            last = current.nextStop(text, last + 1);
        }
        return false;
    }

    void search(String text, Hits hits) {
        Window current = window;
        Fingerprints fingerprints = new Fingerprints(text);
        int last = current.nextStop(text, current.length - 1);
        while (last < text.length()) {
            int start = last - current.length + 1;
            if (current.mayBeginAt(text, start)) {
                addLongest(text, start, fingerprints, hits);
            }
            last = current.nextStop(text, last + 1);
        }
    }

    /** Adds the longest needle that stands at a position; returns whether there is one. */
    private boolean addLongest(String text, int start, Fingerprints fingerprints, Hits hits) {
        String rest = text.substring(start, Math.min(text.length(), start + HEAD));
        Map.Entry<String, Group> entry = groups.floorEntry(rest);
        while (entry != null) {
            int common = commonPrefix(entry.getKey(), rest);
            if (common == entry.getKey().length()) {
                if (addLongestOf(entry.getValue(), text, start, fingerprints, hits)) {
                    return true;
                }
                common--;
            }
            // Every other needle that stands here is a beginning of what both have in common.
            rest = rest.substring(0, common);
            entry = groups.floorEntry(rest);
        }
        return false;
    }

    private boolean addLongestOf(Group group, String text, int start, Fingerprints fingerprints, Hits hits) {
        for (int length : group.longer) {
            if (length <= text.length() - start) {
                Owner found = ownersOfLong.get(fingerprints.of(start, start + length));
                if (found != null) {
                    hits.add(start, start + length, found);
                    return true;
                }
            }
        }
        Owner found = group.owner;
        if (found != null) {
            hits.add(start, start + group.headLength, found);
        }
        return found != null;
    }

    private static int commonPrefix(String a, String b) {
        int length = Math.min(a.length(), b.length());
        int i = 0;
        while (i < length && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }

    /**
     * Returns where the last part of a text begins that may turn into a needle once more text follows.
     *
     * @return the first position from which everything up to the end is the beginning of a longer needle, as far as at
     *     least half of it tells; or the end
     */
    int holdFrom(String text) {
        Window current = window;
        Fingerprints fingerprints = new Fingerprints(text);
        for (int start = Math.max(0, text.length() - longest + 1); start < text.length(); start++) {
            if (current.mayBeginAt(text, start) && mayGrow(text, start, fingerprints)) {
                return start;
            }
        }
        return text.length();
    }

    private boolean mayGrow(String text, int start, Fingerprints fingerprints) {
        int length = text.length() - start;
        String head = text.substring(start, Math.min(text.length(), start + HEAD));
        Group group = groups.get(head);
        if (group != null && group.longest() > length) {
            int known = Integer.highestOneBit(length);
            return known <= HEAD || beginningsOfLong.contains(fingerprints.of(start, start + known));
        }
        String next = length < HEAD ? groups.higherKey(head) : null;
        return next != null && next.startsWith(head);
    }

    /** The needles that have one head. */
    private static final class Group {

        private static final int[] NONE = {};

        private final int headLength;

        /** Whose the head itself is, if it is a needle. */
        private volatile @Nullable Owner owner;

        /** How long the longer ones are, the longest first. */
        private volatile int[] longer = NONE;

        Group(int headLength) {
            this.headLength = headLength;
        }

        int longest() {
            int[] lengths = longer;
            return lengths.length == 0 ? headLength : lengths[0];
        }

        void addLength(int length) {
            int[] lengths = longer;
            int place = 0;
            while (place < lengths.length && lengths[place] > length) {
                place++;
            }
            if (place == lengths.length || lengths[place] != length) {
                int[] more = new int[lengths.length + 1];
                System.arraycopy(lengths, 0, more, 0, place);
                more[place] = length;
                System.arraycopy(lengths, place, more, place + 1, lengths.length - place);
                longer = more;
            }
        }
    }

    /**
     * How far the search may move. Its entries only ever change towards a closer look, so that reading them meanwhile
     * is harmless.
     */
    private static final class Window {

        private static final int BLOCK = 4;
        private static final int LONGEST = HEAD;
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

        /** Returns the first end of a window, at least the given one, where a needle may stand; or the text's end. */
        int nextStop(String text, int from) {
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

        boolean mayBeginAt(String text, int start) {
            return starts[Math.min(text.charAt(start), 255)]
                    && beginnings[beginning(text, start, Math.min(block, text.length() - start))];
        }

        private int slot(String text, int last) {
            int characters = text.charAt(last);
            if (block == BLOCK) {
                characters ^=
                        (text.charAt(last - 3) << 24) ^ (text.charAt(last - 2) << 16) ^ (text.charAt(last - 1) << 8);
            }
            return slot(characters);
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
    }

    /** Says nothing of what is looked for. */
    @Override
    public String toString() {
        return "Needles";
    }
}
