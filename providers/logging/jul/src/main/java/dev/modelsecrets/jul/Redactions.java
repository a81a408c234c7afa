package dev.modelsecrets.jul;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** All redactions that a handler goes through. */
final class Redactions {

    private final CopyOnWriteArrayList<UnaryOperator<String>> all = new CopyOnWriteArrayList<>();

    List<UnaryOperator<String>> all() {
        return all;
    }

    void addAll(Collection<UnaryOperator<String>> redactions) {
        all.addAllAbsent(redactions);
    }

    void remove(UnaryOperator<String> redaction) {
        all.remove(redaction);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Returns the text as all of them leave it; the same object if none of them finds anything. */
    String redact(String text) {
        String redacted = text;
        for (UnaryOperator<String> redaction : all) {
            redacted = redaction.apply(redacted);
        }
        return redacted;
    }
}
