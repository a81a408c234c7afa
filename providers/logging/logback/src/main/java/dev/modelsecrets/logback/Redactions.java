package dev.modelsecrets.logback;

import ch.qos.logback.core.Context;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** All redactions that are installed in a logger context, where an encoder of its configuration finds them. */
final class Redactions {

    private static final String KEY = "dev.modelsecrets.redactions";

    /** For text and for UTF-8. JDK types only: it stays in the context, which another class loader may share. */
    private final List<Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>>> all;

    private Redactions(List<Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>>> all) {
        this.all = all;
    }

    @SuppressWarnings("unchecked")
    static Redactions of(Context context) {
        synchronized (context.getConfigurationLock()) {
            Object known = context.getObject(KEY);
            if (known == null) {
                known = new CopyOnWriteArrayList<Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>>>();
                context.putObject(KEY, known);
            }
            return new Redactions((List<Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>>>) known);
        }
    }

    /** Makes them known again to a context that forgot everything. */
    void keep(Context context) {
        context.putObject(KEY, all);
    }

    void add(Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>> redaction) {
        all.add(redaction);
    }

    void remove(Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>> redaction) {
        all.remove(redaction);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Returns the text as all of them leave it; the same object if none of them finds anything. */
    String redact(String text) {
        String redacted = text;
        for (Map.Entry<UnaryOperator<String>, ?> redaction : all) {
            redacted = redaction.getKey().apply(redacted);
        }
        return redacted;
    }

    /** Returns text in UTF-8 as all of them leave it; the same object if none of them finds anything. */
    ByteBuffer redact(ByteBuffer utf8) {
        ByteBuffer redacted = utf8;
        for (Map.Entry<?, UnaryOperator<ByteBuffer>> redaction : all) {
            redacted = redaction.getValue().apply(redacted);
        }
        return redacted;
    }
}
