package dev.modelsecrets.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One answer to a request for a watch, event by event: as a WebSocket, as fabric8's clients ask for it, or as lines of a
 * plain answer, for what stands between and knows no WebSockets.
 *
 * <p>Unlike fabric8's own watch it puts no event, which holds a whole Secret, into a log or an exception.
 */
final class WatchStream {

    /** Is told what happens, on any thread, one call at a time. */
    interface Listener {

        /** The server agrees. */
        void opened();

        /** Here is an event, as JSON. */
        void event(String json);

        /** It is over; nothing is told after that. */
        void ended(End end);
    }

    /** How a stream ended: with a refusal, with a failure, or just so. */
    static final class End {

        /** What the server answered instead of a stream; 0 if it did not refuse. */
        final int status;

        final @Nullable Throwable failure;

        private End(int status, @Nullable Throwable failure) {
            this.status = status;
            this.failure = failure;
        }

        static End refused(int status) {
            return new End(status, null);
        }

        static End of(@Nullable Throwable failure) {
            return new End(0, failure);
        }
    }

    private final Listener listener;
    private boolean ended;
    private Runnable cancel = () -> {};

    private WatchStream(Listener listener) {
        this.listener = listener;
    }

    static WatchStream webSocket(KubernetesApi api, String path, Listener listener) {
        WatchStream stream = new WatchStream(listener);
        CompletableFuture<WebSocket> opening = api.http()
                .newWebSocketBuilder()
                .uri(URI.create(api.address() + path))
                .header("Origin", api.address())
                .buildAsync(stream.new Frames());
        stream.onCancel(() -> then(opening, (socket, failure) -> {
            if (socket != null) {
                socket.sendClose(1000, null);
            }
        }));
        then(opening, (socket, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                stream.end(
                        cause instanceof WebSocketHandshakeException refusal
                                ? End.refused(refusal.getResponse().code())
                                : End.of(cause));
            }
        });
        return stream;
    }

    static WatchStream lines(KubernetesApi api, String path, Listener listener) {
        WatchStream stream = new WatchStream(listener);
        HttpClient http = api.http();
        CompletableFuture<HttpResponse<AsyncBody>> opening = http.consumeBytes(
                http.newHttpRequestBuilder()
                        .uri(api.address() + path)
                        .header("Accept", "application/json")
                        .forStreaming()
                        .build(),
                stream.new Lines());
        stream.onCancel(() -> {
            opening.cancel(true);
            then(opening, (response, failure) -> {
                if (response != null) {
                    response.body().cancel();
                }
            });
        });
        then(opening, (response, failure) -> {
            if (response == null) {
                stream.end(End.of(failure));
            } else if (response.code() != 200) {
                stream.end(End.refused(response.code()));
                response.body().cancel();
            } else {
                stream.open();
                response.body().consume();
                then(response.body().done(), (nothing, broken) -> stream.end(End.of(broken)));
            }
        });
        return stream;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is done next does not fail
    private static <T> void then(CompletableFuture<T> future, BiConsumer<@Nullable T, @Nullable Throwable> next) {
        future.whenComplete(next);
    }

    private synchronized void onCancel(Runnable cancel) {
        this.cancel = cancel;
    }

    /** Ends it without a word to the listener. */
    void close() {
        Runnable closing;
        synchronized (this) {
            ended = true;
            closing = cancel;
        }
        closing.run();
    }

    private synchronized void open() {
        if (!ended) {
            listener.opened();
        }
    }

    private synchronized void event(String json) {
        if (!ended && !json.isBlank()) {
            listener.event(json);
        }
    }

    private synchronized void end(End end) {
        if (!ended) {
            ended = true;
            listener.ended(end);
        }
    }

    /** One event in each message. */
    private final class Frames implements WebSocket.Listener {

        @Override
        public void onOpen(WebSocket socket) {
            open();
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            event(text);
            socket.request();
        }

        @Override
        public void onMessage(WebSocket socket, ByteBuffer bytes) {
            event(StandardCharsets.UTF_8.decode(bytes).toString());
            socket.request();
        }

        @Override
        public void onClose(WebSocket socket, int code, @Nullable String reason) {
            end(End.of(null));
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            end(End.of(error));
        }
    }

    /** One event in each line. */
    private final class Lines implements AsyncBody.Consumer<List<ByteBuffer>> {

        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void consume(List<ByteBuffer> buffers, AsyncBody body) {
            for (ByteBuffer buffer : buffers) {
                while (buffer.hasRemaining()) {
                    byte next = buffer.get();
                    if (next == '\n') {
                        event(line.toString(StandardCharsets.UTF_8));
                        line.reset();
                    } else {
                        line.write(next);
                    }
                }
            }
            body.consume();
        }
    }
}
