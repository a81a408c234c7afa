package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the thread behind {@link RefreshingSecrets} ends, and what it survives. */
@Timeout(value = 40, unit = TimeUnit.SECONDS)
class RefreshingSecretsCloseTest {

    private final Thread test = Thread.currentThread();
    private final CountDownLatch seen = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private volatile Thread refresher;

    /** Answers the test and the refreshing thread at once, and any other when it is told. */
    private final SecretProvider provider = SecretProvider.of("test", name -> {
        Thread asking = Thread.currentThread();
        if (asking.getName().equals("model-secrets-refresh")) {
            asking.setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
            refresher = asking;
            seen.countDown();
        } else if (!asking.equals(test)) {
            asked.countDown();
            await(answer);
        }
        return Lookup.found("value", name);
    });

    @Test
    void close_whileTheThreadWaitsForACallersRefresh_endsItQuietly() throws Exception {
        RefreshingSecrets secrets =
                SecretsResolver.of(provider).refreshing(SecretDeclarations.of("token"), Duration.ofMillis(1));
        await(seen);
        Thread caller = new Thread(secrets::refresh, "caller");
        caller.start();
        await(asked);
        while (refresher.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        secrets.close();
        answer.countDown();
        caller.join();
        refresher.join();
        assertThat(uncaught).isEmpty();
        assertThatThrownBy(secrets::refresh).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void close_threadThatWaits_hasEndedWhenItReturns() throws Exception {
        RefreshingSecrets secrets =
                SecretsResolver.of(provider).refreshing(SecretDeclarations.of("token"), Duration.ofMillis(1));
        await(seen);

        secrets.close();

        assertThat(refresher.isAlive()).isFalse();
    }

    @Test
    void refreshing_intervalOfCenturies_stillHearsOfChanges() {
        AtomicReference<Runnable> changed = new AtomicReference<>();
        SecretProvider pushing = new SecretProvider() {
            @Override
            public String name() {
                return "pushing";
            }

            @Override
            public Map<String, Lookup> find(Set<String> names) {
                return provider.find(names);
            }

            @Override
            public Subscription watch(Set<String> names, Runnable listener) {
                changed.set(listener);
                return () -> {};
            }
        };
        Duration forever = ChronoUnit.FOREVER.getDuration();
        try (RefreshingSecrets secrets =
                SecretsResolver.of(pushing).refreshing(SecretDeclarations.of("token"), forever)) {
            changed.get().run();
            await(seen);
            assertThat(secrets.get()).containsOnlyKeys("token");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
