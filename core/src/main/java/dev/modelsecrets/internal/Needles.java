package dev.modelsecrets.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
    static final int HEAD = 64;

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
    private volatile boolean withNonAscii;
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
        withNonAscii |= !isAscii(needle);
        Window current = window;
        if (current.fits(head, size)) {
            current.add(head);
        } else {
            current = new Window(Math.min(current.length, head.length()), 2 * size);
            for (String known : groups.keySet()) {
                current.add(known);
            }
        }
        window = current;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
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

    /** Tells whether any needle has a character that is not ASCII. */
    boolean withNonAscii() {
        return withNonAscii;
    }

    /** Returns the first place, at or after the given one, where a needle may stand; or the text's length. */
    int nextCandidate(String text, int from) {
        return window.nextCandidate(text, from);
    }

    /** Returns the first place where a needle in ASCII may stand in a part of a text in UTF-8; or the part's end. */
    int nextCandidate(ByteBuffer text, int from, int to) {
        return window.nextCandidate(text, from, to);
    }

    /** Searches a text from a place on. */
    void search(String text, int from, Hits hits) {
        Window current = window;
        Fingerprints fingerprints = new Fingerprints(text);
        int length = text.length();
        int start = current.nextCandidate(text, from);
        while (start < length) {
            String head = text.substring(start, Math.min(length, start + HEAD));
            addLongest(head, start, length, fingerprints, hits);
            start = current.nextCandidate(text, start + 1);
        }
    }

    /** Searches a part of a text in UTF-8 for the needles in ASCII. */
    void search(ByteBuffer text, int from, int to, Hits hits) {
        Window current = window;
        Fingerprints fingerprints = new Fingerprints(text);
        int start = current.nextCandidate(text, from, to);
        while (start < to) {
            byte[] head = new byte[Math.min(to - start, HEAD)];
            text.get(start, head);
            addLongest(new String(head, StandardCharsets.ISO_8859_1), start, to, fingerprints, hits);
            start = current.nextCandidate(text, start + 1, to);
        }
    }

    /** Adds the longest needle that stands at a position, of which the text's end and the next characters are known. */
    private void addLongest(String head, int start, int end, Fingerprints fingerprints, Hits hits) {
        String rest = head;
        Map.Entry<String, Group> entry = groups.floorEntry(rest);
        while (entry != null) {
            int common = commonPrefix(entry.getKey(), rest);
            if (common == entry.getKey().length()) {
                if (addLongestOf(entry.getValue(), start, end, fingerprints, hits)) {
                    return;
                }
                common--;
            }
            // Every other needle that stands here is a beginning of what both have in common.
            rest = rest.substring(0, common);
            entry = groups.floorEntry(rest);
        }
    }

    private boolean addLongestOf(Group group, int start, int end, Fingerprints fingerprints, Hits hits) {
        for (int length : group.longer) {
            if (length <= end - start) {
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

    /** Says nothing of what is looked for. */
    @Override
    public String toString() {
        return "Needles";
    }
}
