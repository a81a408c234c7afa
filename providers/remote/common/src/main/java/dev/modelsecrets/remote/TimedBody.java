package dev.modelsecrets.remote;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;

/**
 * The bytes of an answer, which have to come in time: the time-out of a request ends with the header before Java 26.
 *
 * <p>Waiting for {@code sendAsync} with a limit would do too, but on a machine of one or two cores the JDK then starts
 * a thread for each answer: 1,000 names of Vault took 400 ms and more instead of 220 (JDK 17, a busy machine of two
 * cores).
 */
final class TimedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final Deadline attempt;

    TimedBody(Deadline attempt) {
        this.attempt = attempt;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        bytes.getBody().whenComplete((whole, failure) -> {
            if (failure == null) {
                body.complete(whole);
            } else {
                body.completeExceptionally(failure);
            }
        });
        bytes.onSubscribe(subscription);
        if (!body.isDone()) {
            CompletionStage<byte[]> timed = body.orTimeout(attempt.remaining().toNanos(), TimeUnit.NANOSECONDS);
            timed.whenComplete((whole, failure) -> {
                if (failure != null) {
                    subscription.cancel();
                }
            });
        }
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
        bytes.onNext(part);
    }

    @Override
    public void onError(Throwable failure) {
        bytes.onError(failure);
    }

    @Override
    public void onComplete() {
        bytes.onComplete();
    }
}
