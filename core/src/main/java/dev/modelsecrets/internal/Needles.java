package dev.modelsecrets.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
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

    /** Who a needle belongs to. */
    record Owner(String name, boolean whole) {}

    /** Takes what a search finds: all places where a needle stands, in ascending order, and there the longest. */
    @FunctionalInterface
    interface Hits {
        void add(int start, int end, Owner owner);
    }

    private final ConcurrentSkipListMap<String, Group> groups = new ConcurrentSkipListMap<>();
    private int size;

    // Written by the thread that adds, the window last.
    private volatile int longest;
    private volatile boolean withSpace;
    private volatile boolean withQuote;
    private volatile Window window = new Window(Integer.MAX_VALUE, 1);

    /**
     * Adds a text to look for.
     *
     * @param needle the text; one that is there already goes to the new name only if this is a whole value's
     * @param name the secret that it belongs to
     * @param whole whether it is the secret's value as it is, not a part or another form of it
     */
    public synchronized void add(String needle, String name, boolean whole) {
        Owner owner = new Owner(name, whole);
        String head = needle.length() > HEAD ? needle.substring(0, HEAD) : needle;
        Group group = groups.get(head);
        if (group == null) {
            group = new Group(head.length());
            groups.put(head, group);
            size++;
        }
        group.add(needle, owner);
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

    void search(String text, Hits hits) {
        Window current = window;
        Fingerprints fingerprints = new Fingerprints(text);
        int last = current.length - 1;
        while (last < text.length()) {
            int shift = current.shift(text, last);
            if (shift > 0) {
                last += shift;
                continue;
            }
            int start = last - current.length + 1;
            if (current.mayBeginAt(text, start)) {
                addLongest(text, start, fingerprints, hits);
            }
            last++;
        }
    }

    /** Adds the longest needle that stands at a position, if there is one. */
    private void addLongest(String text, int start, Fingerprints fingerprints, Hits hits) {
        String rest = text.substring(start, Math.min(text.length(), start + HEAD));
        Map.Entry<String, Group> entry = groups.floorEntry(rest);
        while (entry != null) {
            int common = commonPrefix(entry.getKey(), rest);
            if (common == entry.getKey().length()) {
                if (entry.getValue().addLongest(text, start, fingerprints, hits)) {
                    return;
                }
                common--;
            }
            // Every other needle that stands here is a beginning of what both have in common.
            rest = rest.substring(0, common);
            entry = groups.floorEntry(rest);
        }
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
     * @return the first position from which everything up to the end is, as far as heads tell, the beginning of a longer
     *     needle; or the end
     */
    int holdFrom(String text) {
        Window current = window;
        for (int start = Math.max(0, text.length() - longest + 1); start < text.length(); start++) {
            if (current.mayBeginAt(text, start) && mayGrow(text, start)) {
                return start;
            }
        }
        return text.length();
    }

    private boolean mayGrow(String text, int start) {
        int length = text.length() - start;
        String head = text.substring(start, Math.min(text.length(), start + HEAD));
        Group group = groups.get(head);
        if (group != null && group.longest() > length) {
            return true;
        }
        String next = length < HEAD ? groups.higherKey(head) : null;
        return next != null && next.startsWith(head);
    }

    /** The needles that have one head. */
    private static final class Group {

        private final int headLength;

        /** Whose the head itself is, if it is a needle. */
        private volatile @Nullable Owner owner;

        /** The longer ones by their length, the longest first. */
        private volatile @Nullable ConcurrentNavigableMap<Integer, Longer> longer;

        Group(int headLength) {
            this.headLength = headLength;
        }

        void add(String needle, Owner added) {
            if (needle.length() == headLength) {
                owner = preferred(owner, added);
                return;
            }
            if (longer == null) {
                longer = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
            }
            longer.computeIfAbsent(needle.length(), Longer::new)
                    .owners
                    .merge(Fingerprints.of(needle), added, Group::preferred);
        }

        private static Owner preferred(@Nullable Owner known, Owner added) {
            return known == null || (added.whole && !known.whole) ? added : known;
        }

        int longest() {
            ConcurrentNavigableMap<Integer, Longer> lengths = longer;
            return lengths == null ? headLength : lengths.firstKey();
        }

        boolean addLongest(String text, int start, Fingerprints fingerprints, Hits hits) {
            ConcurrentNavigableMap<Integer, Longer> lengths = longer;
            if (lengths != null) {
                int left = text.length() - start;
                for (Longer candidate : lengths.tailMap(left, true).values()) {
                    int end = start + candidate.length;
                    Owner found = candidate.owners.get(fingerprints.of(start, end, candidate.power));
                    if (found != null) {
                        hits.add(start, end, found);
                        return true;
                    }
                }
            }
            Owner found = owner;
            if (found != null) {
                hits.add(start, start + headLength, found);
            }
            return found != null;
        }
    }

    /** The needles of one head and length, by fingerprint. */
    private static final class Longer {

        final int length;
        final long power;
        final Map<Long, Owner> owners = new ConcurrentHashMap<>();

        Longer(int length) {
            this.length = length;
            this.power = Fingerprints.power(length);
        }
    }

    /**
     * How far the search may move. Its entries only ever change towards a closer look, so that reading them meanwhile is
     * harmless.
     */
    private static final class Window {

        private static final int BLOCK = 4;
        private static final int LONGEST = 32;
        private static final int SMALLEST_BITS = 12;
        private static final int LARGEST_BITS = 20;

        final int length;
        private final int block;
        private final int bits;
        private final byte[] shifts;

        /** By the hash of four characters: whether a needle may begin with them. By the first one: the same. */
        private final boolean[] beginnings;

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
            beginnings = new boolean[1 << bits];
            Arrays.fill(shifts, (byte) (Math.min(length, LONGEST) - block + 1));
        }

        boolean fits(String head, int heads) {
            return length <= head.length() && (bits == LARGEST_BITS || (1L << bits) >= 4L * heads * length);
        }

        void add(String head) {
            for (int last = block - 1; last < length; last++) {
                int slot = hash(head, last);
                shifts[slot] = (byte) Math.min(shifts[slot], length - 1 - last);
            }
            beginnings[hash(head, block - 1)] = true;
            starts[Math.min(head.charAt(0), 255)] = true;
        }

        int shift(String text, int last) {
            return shifts[hash(text, last)];
        }

        boolean mayBeginAt(String text, int start) {
            return starts[Math.min(text.charAt(start), 255)]
                    && (text.length() - start < block || beginnings[hash(text, start + block - 1)]);
        }

        private int hash(String text, int last) {
            int characters = text.charAt(last);
            if (block == BLOCK) {
                characters ^= text.charAt(last - 3) << 24 ^ text.charAt(last - 2) << 16 ^ text.charAt(last - 1) << 8;
            }
            return characters * 0x9E3779B1 >>> (Integer.SIZE - bits);
        }
    }

    /** Says nothing of what is looked for. */
    @Override
    public String toString() {
        return "Needles";
    }
}
