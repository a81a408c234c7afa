package dev.modelsecrets.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Sends requests from several threads without a pause, and rotates the key meanwhile as a vendor does it: the new key
 * is valid, then it is in the store, then the old one is revoked.
 *
 * <p>The old key is revoked as early as it can be: when each thread has had an answer to a request that it sent after
 * the rotation was seen. Each request from then on that has an old key is refused, and fails the test.
 */
final class Load implements AutoCloseable {

    private static final int THREADS = 4;

    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicIntegerArray answered = new AtomicIntegerArray(THREADS);
    private final RefreshingSecrets secrets;

    private volatile int rotated;
    private volatile boolean stopped;

    Load(String... names) {
        SecretProvider store =
                SecretProvider.of("store", name -> Lookup.found(Keys.value(name, generation.get()), "store"));
        secrets = SecretsResolver.of(store).refreshing(Duration.ZERO, names);
    }

    RefreshingSecrets secrets() {
        return secrets;
    }

    void run(int rotations, Backend backend, Callable<?> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> senders = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            senders.add(threads.submit(() -> {
                while (!stopped) {
                    int begun = rotated;
                    request.call();
                    answers.incrementAndGet();
                    answered.set(thread, begun);
                }
                return null;
            }));
        }
        try {
            for (int next = 1; next <= rotations; next++) {
                backend.accept(next);
                generation.set(next);
                secrets.refresh();
                rotated = next;
                await(next, senders);
                backend.revoke(next - 1);
            }
        } finally {
            stopped = true;
            threads.shutdown();
        }
        for (Future<?> sender : senders) {
            sender.get();
        }
        assertThat(answers.get()).isGreaterThanOrEqualTo(rotations * THREADS);
    }

    /** Waits until each thread has an answer to a request that began after a rotation; fails if a thread has failed. */
    private void await(int rotation, List<Future<?>> senders) throws Exception {
        for (int thread = 0; thread < THREADS; thread++) {
            while (answered.get(thread) < rotation) {
                if (senders.get(thread).isDone()) {
                    senders.get(thread).get();
                }
                Thread.sleep(1);
            }
        }
    }

    @Override
    public void close() {
        secrets.close();
    }
}
