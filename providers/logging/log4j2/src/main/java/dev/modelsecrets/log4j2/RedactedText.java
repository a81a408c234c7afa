package dev.modelsecrets.log4j2;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.layout.ByteBufferDestination;

/** Makes the text of events without secrets, or of one that says that it was withheld. Thread-safe if the layout is. */
final class RedactedText {

    /** Layouts that encode what is their text. Any other one might compress it first. */
    private static final Set<String> ENCODING_TEXT = Set.of(
            "org.apache.logging.log4j.core.layout.PatternLayout",
            "org.apache.logging.log4j.layout.template.json.JsonTemplateLayout");

    private final StringLayout layout;
    private final Redactions redactions;
    private final boolean encodes;

    /** Lines for reuse. No thread locals: they would keep the class loader. */
    private final AtomicReferenceArray<Line> lines = new AtomicReferenceArray<>(16);

    RedactedText(StringLayout layout, Redactions redactions) {
        this.layout = layout;
        this.redactions = redactions;
        Charset charset = layout.getCharset();
        encodes = ENCODING_TEXT.contains(layout.getClass().getName())
                && (StandardCharsets.UTF_8.equals(charset) || StandardCharsets.US_ASCII.equals(charset));
    }

    /** Returns the text. */
    String of(LogEvent event) {
        String text = layout.toSerializable(event);
        try {
            return redactions.redact(text);
        } catch (Throwable e) {
            // Whatever it is, the event must neither be lost nor be written as it is.
            return layout.toSerializable(WithheldEvent.of(event, e));
        }
    }

    /** Writes the text, all of it at once. */
    void write(LogEvent event, ByteBufferDestination target) {
        if (!encodes) {
            byte[] text = of(event).getBytes(layout.getCharset());
            target.writeBytes(text, 0, text.length);
            return;
        }
        int place = (int) Thread.currentThread().getId() & (lines.length() - 1);
        Line line = lines.getAndSet(place, null);
        if (line == null) {
            line = new Line();
        }
        ByteBuffer text = encoded(event, line);
        target.writeBytes(text.array(), text.arrayOffset() + text.position(), text.remaining());
        if (line.isWorthKeeping()) {
            lines.lazySet(place, line);
        }
    }

    private ByteBuffer encoded(LogEvent event, Line line) {
        line.clear();
        layout.encode(event, line);
        try {
            return redactions.redact(line.text());
        } catch (Throwable e) {
            // As above.
            line.clear();
            layout.encode(WithheldEvent.of(event, e), line);
            return line.text();
        }
    }
}
