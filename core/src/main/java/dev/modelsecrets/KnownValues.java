package dev.modelsecrets;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values in use and those of former snapshots, and the redactors that know them. Thread-safe. */
final class KnownValues {

    private static final int REMEMBERED_SNAPSHOTS = 1_000;

    private final Deque<Secrets> past = new ArrayDeque<>();
    private @Nullable Secrets current;
    private final Map<Integer, Redactor> redactors = new HashMap<>();

    synchronized void use(Secrets snapshot) {
        if (current != null) {
            past.addLast(current);
            if (past.size() > REMEMBERED_SNAPSHOTS) {
                past.removeFirst();
            }
        }
        current = snapshot;
        for (Redactor redactor : redactors.values()) {
            redactor.include(List.of(snapshot));
        }
    }

    synchronized Redactor redactor(int minimumLength) {
        Redactor redactor = redactors.get(minimumLength);
        if (redactor == null) {
            List<Secrets> known = new ArrayList<>(past);
            if (current != null) {
                known.add(current);
            }
            redactor = Redactor.of(known, minimumLength);
            redactors.put(minimumLength, redactor);
        }
        return redactor;
    }
}
