package dev.modelsecrets.kubernetes;

import java.net.HttpURLConnection;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One answer to a request for a watch: an event in each line, as kubectl and client-go read it.
 *
 * <p>No event gets into a log or an exception. Thread-safe.
 */
final class WatchStream implements AutoCloseable {

    /** Is told what happens, on any thread, one call at a time. */
    interface Listener {

        /** The server agrees. */
        void opened();

        /** Here is an event, as JSON. */
        void event(String json);

        /** The server answered something else than a stream; nothing is told after that. */
        void refused(int status);

        /** It is over; nothing is told after that. */
        void ended(@Nullable Throwable failure);
    }

    private final Listener listener;
    private boolean over;
    private Flow.@Nullable Subscription subscription;
    private @Nullable CompletableFuture<HttpResponse<Void>> answer;

    private WatchStream(Listener listener) {
        this.listener = listener;
    }

    /**
     * Asks for a watch.
     *
     * @throws UnusableConfigurationException if there is no usable token
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what is done next does not fail
    static WatchStream open(ApiClient api, String path, Listener listener) {
        WatchStream stream = new WatchStream(listener);
        CompletableFuture<HttpResponse<Void>> answer = api.watch(path, stream::body);
        stream.answer = answer;
        answer.whenComplete((response, failure) -> stream.end(response, failure));
        return stream;
    }

    private BodySubscriber<Void> body(ResponseInfo info) {
        if (info.statusCode() != HttpURLConnection.HTTP_OK) {
            return BodySubscribers.discarding();
        }
        tell(listener::opened);
        return BodySubscribers.fromLineSubscriber(new Lines());
    }

    private synchronized void tell(Runnable what) {
        if (!over) {
            what.run();
        }
    }

    private synchronized void end(@Nullable HttpResponse<Void> response, @Nullable Throwable failure) {
        tell(() -> {
            over = true;
            if (response != null && response.statusCode() != HttpURLConnection.HTTP_OK) {
                listener.refused(response.statusCode());
            } else {
                listener.ended(failure);
            }
        });
    }

    /** Ends it without a word to the listener. Idempotent. */
    @Override
    public synchronized void close() {
        over = true;
        if (subscription != null) {
            subscription.cancel();
        }
        if (answer != null) {
            answer.cancel(true);
        }
    }

    private final class Lines implements Flow.Subscriber<String> {

        @Override
        public void onSubscribe(Flow.Subscription lines) {
            synchronized (WatchStream.this) {
                subscription = lines;
            }
            lines.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (!line.isBlank()) {
                tell(() -> listener.event(line));
            }
        }

        @Override
        public void onError(Throwable failure) {
            // Told when the answer is complete.
        }

        @Override
        public void onComplete() {
            // Told when the answer is complete.
        }
    }
}
