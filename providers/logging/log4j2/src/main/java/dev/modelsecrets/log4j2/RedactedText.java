package dev.modelsecrets.log4j2;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.layout.ByteBufferDestination;
import org.apache.logging.log4j.core.util.Constants;
import org.jspecify.annotations.Nullable;

/** Makes the text of events without secrets, or of one that says that it was withheld. Thread-safe if the layout is. */
final class RedactedText {

    /** Layouts that encode what is their text. Any other one might compress it first. */
    private static final Set<String> ENCODING_TEXT = Set.of(
            "org.apache.logging.log4j.core.layout.PatternLayout",
            "org.apache.logging.log4j.layout.template.json.JsonTemplateLayout");

    /**
     * A text that is surely encoded in one piece: Log4j breaks characters between two, and so could break a value.
     * Two characters may become one byte.
     */
    private static final int LONGEST_PIECE =
            Math.min(Constants.ENCODER_CHAR_BUFFER_SIZE, Constants.ENCODER_BYTE_BUFFER_SIZE) / 2;

    private final StringLayout layout;
    private final Redactions redactions;
    private final boolean encodes;

    /** Lines for reuse, each by one thread. No thread locals: they would keep the class loader. */
    private final @Nullable Line[] lines = new Line[64];

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
        if (!encodes || !writeEncoded(event, target)) {
            byte[] text = of(event).getBytes(layout.getCharset());
            target.writeBytes(text, 0, text.length);
        }
    }

    /** Writes the text as the layout encodes it; returns false, and writes nothing, if it is too long for that. */
    private boolean writeEncoded(LogEvent event, ByteBufferDestination target) {
        Line line = line();
        ByteBuffer text = redacted(event, line);
        if (text != null) {
            target.writeBytes(text.array(), text.arrayOffset() + text.position(), text.remaining());
        }
        line.end();
        return text != null;
    }

    private Line line() {
        long thread = Thread.currentThread().getId();
        int place = (int) thread & (lines.length - 1);
        Line line = lines[place];
        if (line == null || !line.isFreeFor(thread)) {
            line = new Line(thread);
            lines[place] = line;
        }
        line.begin();
        return line;
    }

    private @Nullable ByteBuffer redacted(LogEvent event, Line line) {
        layout.encode(event, line);
        ByteBuffer text = line.text();
        if (text.remaining() > LONGEST_PIECE) {
            return null;
        }
        try {
            return redactions.redact(text);
        } catch (Throwable e) {
            // As above.
            line.begin();
            layout.encode(WithheldEvent.of(event, e), line);
            return line.text();
        }
    }
}
