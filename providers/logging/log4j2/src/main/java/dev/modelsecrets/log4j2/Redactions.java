package dev.modelsecrets.log4j2;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.apache.logging.log4j.core.LoggerContext;

/** All redactions that are installed in a logger context, where a layout of its configuration finds them. */
final class Redactions {

    private static final String KEY = "dev.modelsecrets.redactions";

    /** For text and for UTF-8. JDK types only: it stays in the context, which another class loader may share. */
    private final List<Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>>> all;

    private Redactions(List<Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>>> all) {
        this.all = all;
    }

    @SuppressWarnings("unchecked")
    static Redactions of(LoggerContext context) {
        context.putObjectIfAbsent(
                KEY, new CopyOnWriteArrayList<Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>>>());
        return new Redactions(
                (List<Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>>>) context.getObject(KEY));
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
