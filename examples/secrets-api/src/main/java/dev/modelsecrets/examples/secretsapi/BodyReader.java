package dev.modelsecrets.examples.secretsapi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body as it arrives, without a thread that waits for it.
 *
 * <p>One that stalls is ended by the idle time of the connection, one that drips by the time of the whole body.
 */
final class BodyReader implements Runnable {

    private final Request request;
    private final Limits limits;
    private final Consumer<String> onText;
    private final Consumer<Answer> onRefusal;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    BodyReader(Request request, Limits limits, Consumer<String> onText, Consumer<Answer> onRefusal) {
        this.request = request;
        this.limits = limits;
        this.onText = onText;
        this.onRefusal = onRefusal;
    }

    /** Reads what has arrived, and comes back when there is more. */
    @Override
    public void run() {
        while (true) {
            Content.@Nullable Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                onRefusal.accept(
                        chunk.getFailure() instanceof TimeoutException
                                ? tooSlow()
                                : Answer.error(400, "the body could not be read to its end"));
                return;
            }
            bytes.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
            boolean last = chunk.isLast();
            chunk.release();
            if (bytes.size() > limits.bodyBytes()) {
                onRefusal.accept(Answer.error(413, "the body is too large; send several"));
                return;
            }
            if (last) {
                finish();
                return;
            }
            if (System.nanoTime() - request.getBeginNanoTime() > limits.time().toNanos()) {
                onRefusal.accept(tooSlow());
                return;
            }
        }
    }

    private void finish() {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            onRefusal.accept(Answer.error(400, "the body is not UTF-8"));
            return;
        }
        onText.accept(text);
    }

    private static Answer tooSlow() {
        return Answer.error(408, "the body took too long to arrive");
    }
}
