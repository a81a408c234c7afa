package dev.modelsecrets.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A search in a text without escapes, which needs no look at what it decodes to. */
final class PlainSearch extends MergedHits {

    private final List<Search.Found> found = new ArrayList<>(4);

    private PlainSearch() {}

    static List<Search.Found> of(Needles needles, String text) {
        int candidate = needles.nextCandidate(text, 0);
        if (candidate == text.length()) {
            return List.of();
        }
        PlainSearch search = new PlainSearch();
        needles.search(text, candidate, search);
        search.end();
        return search.found;
    }

    /** Searches a part of an array that holds text in UTF-8 for the needles in ASCII. */
    static List<Search.Found> of(Needles needles, ByteBuffer text, int from, int to) {
        int candidate = needles.nextCandidate(text, from, to);
        if (candidate == to) {
            return List.of();
        }
        PlainSearch search = new PlainSearch();
        needles.search(text, candidate, to, search);
        search.end();
        return search.found;
    }

    @Override
    void found(int start, int end, Needles.Owner owner) {
        found.add(new Search.Found(start, end, owner.name()));
    }
}
