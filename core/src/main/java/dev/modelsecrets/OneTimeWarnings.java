package dev.modelsecrets;

import java.util.HashSet;
import java.util.Set;

/** Warnings that are given once, so that a resolve every few seconds does not repeat them. Thread-safe. */
final class OneTimeWarnings {

    /** How many are remembered; messages of a remote store may differ each time. */
    private static final int MOST = 1_000;

    private final Set<String> given = new HashSet<>();

    void warn(String message) {
        if (isNew(message)) {
            Gate.warn(message);
        }
    }

    private synchronized boolean isNew(String message) {
        if (given.size() == MOST) {
            given.clear();
        }
        return given.add(message);
    }
}
