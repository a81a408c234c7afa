package dev.modelsecrets.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One search for secrets in a text: as it stands, and in what it reads as with escapes resolved.
 *
 * <p>Each kind of escape gives a view of the text, and so do several kinds one after the other: JSON in JSON, a
 * percent-encoded URL in JSON. In all of them line breaks inside base64 are taken out, and those of folded text are
 * spaces. Views are made only of the regions around escapes, so a text without any costs no more than a look for them.
 * What is found in different places that overlap is one find.
 */
public final class Search {

    /** How many kinds of escapes are resolved one after the other: JSON in JSON in JSON, in a log that is JSON. */
    private static final int DEPTH = 4;

    /** No escape is longer. */
    private static final int LONGEST_ESCAPE = 80;

    private static final Decoder PERCENT = new PercentDecoder(false);
    private static final Decoder PERCENT_AND_PLUS = new PercentDecoder(true);
    private static final Decoder BACKSLASH = new BackslashDecoder();
    private static final Decoder ENTITY = new EntityDecoder();
    private static final Decoder LINE_BREAK = new LineBreakDecoder(false);
    private static final Decoder LINE_BREAK_OR_FOLD = new LineBreakDecoder(true);
    private static final Decoder UTF_8 = new Utf8Decoder();

    private static final List<Decoder> PLAIN = List.of(PERCENT, BACKSLASH, ENTITY, LINE_BREAK);
    private static final List<Decoder> WITH_QUOTES =
            List.of(PERCENT, BACKSLASH, ENTITY, QuoteDecoder.SINGLE, QuoteDecoder.DOUBLE, LINE_BREAK);
    private static final List<Decoder> WITH_SPACES = List.of(PERCENT_AND_PLUS, BACKSLASH, ENTITY, LINE_BREAK_OR_FOLD);
    private static final List<Decoder> WITH_SPACES_AND_QUOTES =
            List.of(PERCENT_AND_PLUS, BACKSLASH, ENTITY, QuoteDecoder.SINGLE, QuoteDecoder.DOUBLE, LINE_BREAK_OR_FOLD);

    /**
     * A place where a secret stands.
     *
     * @param start where it begins
     * @param end where it ends
     * @param name the secret's name
     */
    public record Found(int start, int end, String name) {}

    private record Hit(int start, int end, Needles.Owner owner) {

        private static final Comparator<Hit> ORDER = Comparator.comparingInt(Hit::start)
                .thenComparing(Comparator.comparingInt(Hit::end).reversed())
                .thenComparing(hit -> !hit.owner.whole());
    }

    private final Needles needles;
    private final DecodedText text;
    private final boolean last;
    private final List<Decoder> decoders;

    /** The one that comes last of all. */
    private final Decoder lineBreak;

    /** All that was decoded, if the text goes on. */
    private final List<DecodedText> views = new ArrayList<>();

    private final List<Hit> hits = new ArrayList<>();
    private int hold;

    private Search(Needles needles, DecodedText text, boolean last) {
        this.needles = needles;
        this.text = text;
        this.last = last;
        decoders = decodersFor(needles);
        lineBreak = decoders.get(decoders.size() - 1);
    }

    private static List<Decoder> decodersFor(Needles needles) {
        if (needles.withSpace()) {
            return needles.withQuote() ? WITH_SPACES_AND_QUOTES : WITH_SPACES;
        }
        return needles.withQuote() ? WITH_QUOTES : PLAIN;
    }

    /**
     * Searches a text.
     *
     * @param needles what to look for
     * @param text the text
     * @param last whether no more text follows
     */
    public static Search of(Needles needles, String text, boolean last) {
        return new Search(needles, DecodedText.of(text), last).run();
    }

    /**
     * Searches text in UTF-8.
     *
     * @param needles what to look for
     * @param bytes the text, each byte as a character
     * @param last whether no more text follows
     */
    static Search ofUtf8(Needles needles, String bytes, boolean last) {
        return new Search(needles, DecodedText.of(bytes).decoded(UTF_8, last), last).run();
    }

    private Search run() {
        hold = text.undecided;
        searchIn(text, true);
        int margin = needles.longest() + LONGEST_ESCAPE;
        Escapes escapes = new Escapes(decoders, text.text, last);
        int escape = escapes.next(0);
        while (escape < text.text.length()) {
            int start = Math.max(0, escape - margin);
            int end = escape;
            while (escape < text.text.length() && escape - end <= margin) {
                end = escape;
                escape = escapes.next(end + 1);
            }
            boolean atEnd = end + margin >= text.text.length();
            expand(text.part(start, atEnd ? text.text.length() : end + margin), atEnd, DEPTH);
        }
        return this;
    }

    /** Searches in the views of a view; in the last of them only without line breaks. */
    private void expand(DecodedText view, boolean atEnd, int depth) {
        for (Decoder decoder : depth > 0 ? decoders : List.of(lineBreak)) {
            DecodedText decoded = view.decoded(decoder, last || !atEnd);
            if (decoded == view) {
                continue;
            }
            if (!last) {
                views.add(decoded);
            }
            searchIn(decoded, atEnd);
            if (decoder != lineBreak) {
                // An escape that is not complete may turn out to begin a secret; a line break does not.
                hold = decoded.undecided < view.undecided ? Math.min(hold, decoded.undecided) : hold;
                expand(decoded, atEnd, depth - 1);
            }
        }
    }

    private void searchIn(DecodedText view, boolean atEnd) {
        new HitsIn(view).search();
        if (atEnd && !last) {
            int position = needles.holdFrom(view.text);
            if (position < view.text.length()) {
                hold = Math.min(hold, view.start(position));
            }
        }
    }

    /** Collects the hits in one view. */
    private final class HitsIn extends MergedHits {

        private final DecodedText view;

        HitsIn(DecodedText view) {
            this.view = view;
        }

        void search() {
            needles.search(view.text, 0, this);
            end();
        }

        @Override
        void found(int start, int end, Needles.Owner owner) {
            hits.add(new Hit(view.start(start), view.end(end - 1), owner));
        }
    }

    /** Returns what was found, in the order of the text and without overlaps. */
    public List<Found> found() {
        if (hits.isEmpty()) {
            return List.of();
        }
        hits.sort(Hit.ORDER);
        List<Found> merged = new ArrayList<>();
        Hit first = hits.get(0);
        int end = first.end;
        for (Hit hit : hits) {
            if (hit.start >= end) {
                merged.add(new Found(first.start, end, first.owner.name()));
                first = hit;
            }
            end = Math.max(end, hit.end);
        }
        merged.add(new Found(first.start, end, first.owner.name()));
        return merged;
    }

    /** Returns from where on the text may turn into a secret once more text follows. */
    int hold() {
        return hold;
    }

    /** Returns the last place, not after the given one, where the text can be cut without cutting an escape. */
    int boundaryBefore(int place) {
        int boundary = place;
        while (boundary > 0 && !isBoundary(boundary)) {
            boundary--;
        }
        return boundary;
    }

    private boolean isBoundary(int place) {
        if (!text.isBoundary(place)) {
            return false;
        }
        for (DecodedText view : views) {
            if (!view.isBoundary(place)) {
                return false;
            }
        }
        return true;
    }

    /** The places of escapes of all kinds, in order. */
    private static final class Escapes {

        private final List<Decoder> decoders;
        private final String text;
        private final boolean last;
        private final int[] next;

        Escapes(List<Decoder> decoders, String text, boolean last) {
            this.decoders = decoders;
            this.text = text;
            this.last = last;
            next = new int[decoders.size()];
            for (int i = 0; i < next.length; i++) {
                next[i] = decoders.get(i).next(text, 0, last);
            }
        }

        int next(int from) {
            int first = text.length();
            for (int i = 0; i < next.length; i++) {
                if (next[i] < from) {
                    next[i] = decoders.get(i).next(text, from, last);
                }
                first = Math.min(first, next[i]);
            }
            return first;
        }
    }
}
