package dev.modelsecrets.internal;

import org.jspecify.annotations.Nullable;

/** Takes the hits of a search in one text; those that overlap are one, of the first one's owner. */
abstract class MergedHits implements Needles.Hits {

    private int start;
    private int end;
    private Needles.@Nullable Owner owner;

    @Override
    public final void add(int from, int to, Needles.Owner found) {
        if (owner != null && from < end) {
            end = Math.max(end, to);
            return;
        }
        end();
        start = from;
        end = to;
        owner = found;
    }

    /** Passes on the last one, after the search. */
    final void end() {
        if (owner != null) {
            found(start, end, owner);
            owner = null;
        }
    }

    /** Takes one, or several that overlap. */
    abstract void found(int start, int end, Needles.Owner owner);
}
