package dev.modelsecrets.logback;

import ch.qos.logback.core.Context;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** All redactions that are installed in a logger context, where an encoder of its configuration finds them. */
final class Redactions {

    private static final String KEY = "dev.modelsecrets.redactions";

    /** JDK types only: it stays in the context, which another class loader may share. */
    private final List<UnaryOperator<String>> all;

    private Redactions(List<UnaryOperator<String>> all) {
        this.all = all;
    }

    @SuppressWarnings("unchecked")
    static Redactions of(Context context) {
        synchronized (context.getConfigurationLock()) {
            Object known = context.getObject(KEY);
            if (known == null) {
                known = new CopyOnWriteArrayList<UnaryOperator<String>>();
                context.putObject(KEY, known);
            }
            return new Redactions((List<UnaryOperator<String>>) known);
        }
    }

    /** Makes them known again to a context that forgot everything. */
    void keep(Context context) {
        context.putObject(KEY, all);
    }

    void add(UnaryOperator<String> redaction) {
        all.add(redaction);
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
