package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refreshes, pushes and closes from several threads. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefreshingSecretsThreadTest {

    private static final SecretDeclarations DECLARATIONS = SecretDeclarations.of("token");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ChangingProvider provider = new ChangingProvider().set("token", "token-0");

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private RefreshingSecrets refreshing(Duration interval) {
        return SecretsResolver.of(provider).refreshing(DECLARATIONS, interval);
    }

    /** Blocks the provider's next call, and only that, after it has read the secrets. */
    private final class Gate {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);
        private final AtomicBoolean used = new AtomicBoolean();

        Gate() {
            provider.does(() -> {
                if (!used.getAndSet(true)) {
                    entered.countDown();
                    opened.await();
                }
            });
        }

        void awaitCall() throws InterruptedException {
            entered.await();
        }

        void open() {
            opened.countDown();
        }
    }

    private static void awaitWaiting(Thread thread, String method) {
        while (!Thread.currentThread().isInterrupted()) {
            if (thread.getState() == Thread.State.WAITING) {
                for (StackTraceElement frame : thread.getStackTrace()) {
                    if (frame.getMethodName().equals(method)) {
                        return;
                    }
                }
            }
            Thread.onSpinWait();
        }
    }

    /** Returns the thread that refreshes at an interval or when told. */
    private Thread refresher(RefreshingSecrets secrets) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        provider.does(() -> {
            thread.set(Thread.currentThread());
            asked.countDown();
        });
        provider.push();
        asked.await();
        provider.does(() -> {});
        assertThat(secrets.toString()).isEqualTo("RefreshingSecrets[token]");
        return thread.get();
    }

    @ParameterizedTest
    @ValueSource(classes = {AssertionError.class, StackOverflowError.class})
    void refresher_loggerThatThrows_goesOn(Class<? extends Error> thrown) throws Exception {
        AtomicInteger warnings = new AtomicInteger();
        AtomicReference<LogCapture> log = new AtomicReference<>();
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            Thread refresher = refresher(secrets);
            // The capture belongs to the thread that makes it, which is the one that refreshes.
            provider.does(() -> log.compareAndSet(null, new LogCapture(line -> {
                warnings.incrementAndGet();
                throw thrown == AssertionError.class ? new AssertionError("broken") : new StackOverflowError();
            })));
            provider.fails(new IllegalStateException("down"));
            provider.push();
            while (warnings.get() == 0) {
                Thread.sleep(1);
            }

            provider.fails(null).set("token", "token-1");
            provider.push();

            while (!secrets.get().require("token").equals("token-1")) {
                Thread.sleep(1);
            }
            assertThat(refresher.isAlive()).isTrue();
        } finally {
            log.get().close();
        }
    }

    @Test
    void refresh_manyAtOnce_shareOneThatBeganAfterTheyCame() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            Gate gate = new Gate();
            Future<Secrets> first = threads.submit(secrets::refresh);
            gate.awaitCall();
            // The first one has read by now: what the others ask for must not be its answer.
            provider.set("token", "token-1");
            List<Thread> waiting = new ArrayList<>();
            List<Future<Secrets>> others = new ArrayList<>();
            CountDownLatch started = new CountDownLatch(20);
            Map<Integer, Thread> callers = new ConcurrentHashMap<>();
            for (int i = 0; i < 20; i++) {
                int caller = i;
                others.add(threads.submit(() -> {
                    callers.put(caller, Thread.currentThread());
                    started.countDown();
                    return secrets.refresh();
                }));
            }
            started.await();
            waiting.addAll(callers.values());
            waiting.forEach(thread -> awaitWaiting(thread, "lookTogether"));
            assertThat(provider.finds()).hasSize(2);

            gate.open();

            assertThat(first.get()).isNotNull();
            for (Future<Secrets> other : others) {
                assertThat(other.get().require("token")).isEqualTo("token-1");
            }
            assertThat(provider.finds()).hasSize(3);
        }
    }

    @Test
    void refresh_failureOfTheSharedOne_reachesAllWhoWait() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            Callable<String> refresh = () -> {
                try {
                    return secrets.refresh().toString();
                } catch (SecretAccessDeniedException e) {
                    return "denied";
                }
            };
            Gate gate = new Gate();
            Future<String> first = threads.submit(refresh);
            gate.awaitCall();
            provider.fails(new SecretAccessDeniedException("token", "not any more"));
            List<Future<String>> others = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                others.add(threads.submit(refresh));
            }
            gate.open();

            // Its own look went well, but it may learn of the next one before it returns.
            assertThat(first.get()).isIn("Secrets[token]", "denied");
            for (Future<String> other : others) {
                assertThat(other.get()).isEqualTo("denied");
            }
            assertThat(secrets.get().require("token")).isEqualTo("token-0");
        }
    }

    @Test
    void refresh_everyoneWithChangesOfTheirOwn_seesThem() throws Exception {
        int callers = 8;
        int rounds = 300;
        SecretDeclarations declarations = SecretDeclarations.of("s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7");
        for (int i = 0; i < callers; i++) {
            provider.set("s" + i, "0");
        }
        try (RefreshingSecrets secrets = SecretsResolver.of(provider).refreshing(declarations, Duration.ofNanos(1))) {
            CyclicBarrier barrier = new CyclicBarrier(callers);
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                String name = "s" + i;
                results.add(threads.submit(() -> {
                    barrier.await();
                    int seen = 0;
                    for (int round = 1; round <= rounds; round++) {
                        provider.set(name, "v" + round);
                        seen += secrets.refresh().require(name).equals("v" + round) ? 1 : 0;
                    }
                    return seen;
                }));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isEqualTo(rounds);
            }
        }
    }

    @Test
    void refresh_interruptedWhileAnotherHangs_returnsAndKeepsTheInterrupt() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            Gate gate = new Gate();
            Future<Secrets> first = threads.submit(secrets::refresh);
            gate.awaitCall();
            AtomicReference<Thread> waiter = new AtomicReference<>();
            CountDownLatch started = new CountDownLatch(1);
            Future<Boolean> second = threads.submit(() -> {
                waiter.set(Thread.currentThread());
                started.countDown();
                secrets.refresh();
                return Thread.interrupted();
            });
            started.await();
            awaitWaiting(waiter.get(), "lookTogether");

            waiter.get().interrupt();

            assertThat(second.get()).isTrue();
            gate.open();
            assertThat(first.get()).isNotNull();
            assertThat(provider.finds()).hasSize(2);
        }
    }

    @Test
    void get_providerThatHangs_doesNotWait() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            Gate gate = new Gate();
            Future<Secrets> refresh = threads.submit(secrets::refresh);
            gate.awaitCall();

            assertThat(secrets.get().require("token")).isEqualTo("token-0");
            assertThat(secrets.lastFailure()).isEmpty();
            assertThat(secrets.age()).isNotNull();
            assertThat(secrets.redactor().redact("xxtoken-0")).isEqualTo("xxtoken-0");
            assertThat(refresh.isDone()).isFalse();

            gate.open();
            assertThat(refresh.get()).isSameAs(secrets.get());
        }
    }

    // The interval

    @Test
    void interval_short_refreshesAgainAndAgain() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ofNanos(1))) {
            for (int i = 1; i <= 5; i++) {
                String value = "token-" + i;
                CountDownLatch changed = new CountDownLatch(1);
                Subscription listening = secrets.onChange(change -> {
                    if (secrets.get().require("token").equals(value)) {
                        changed.countDown();
                    }
                });
                provider.set("token", value);
                changed.await();
                listening.close();
            }
        }
    }

    @Test
    void interval_failures_doNotEndIt() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ofMillis(1))) {
            CountDownLatch failures = new CountDownLatch(3);
            provider.does(failures::countDown).fails(new StackOverflowError());
            failures.await();
            CountDownLatch changed = new CountDownLatch(1);
            secrets.onChange(change -> changed.countDown());

            provider.fails(null).set("token", "token-1");

            changed.await();
            assertThat(secrets.get().require("token")).isEqualTo("token-1");
        }
    }

    @Test
    void interval_listenerThatThrows_doesNotEndIt() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ofMillis(1))) {
            CountDownLatch first = new CountDownLatch(1);
            secrets.onChange(change -> {
                first.countDown();
                throw new IllegalStateException("listener");
            });
            provider.set("token", "token-1");
            first.await();
            CountDownLatch second = new CountDownLatch(1);
            secrets.onChange(change -> second.countDown());

            provider.set("token", "token-2");

            second.await();
        }
    }

    @Test
    void interval_zero_looksOnlyWhenTold() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            Thread refresher = refresher(secrets);
            int finds = provider.finds().size();
            awaitWaiting(refresher, "awaitTurn");

            assertThat(refresher.getState()).isEqualTo(Thread.State.WAITING);
            assertThat(provider.finds()).hasSize(finds);
        }
    }

    @Test
    void interval_forEver_isNoProblem() throws Exception {
        RefreshingSecrets secrets = refreshing(Duration.ofSeconds(Long.MAX_VALUE));
        Thread refresher = refresher(secrets);
        assertThat(refresher.isAlive()).isTrue();

        secrets.close();
        refresher.join();
    }

    // Push

    @Test
    void watch_push_refreshesEvenWithoutAnInterval() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            CountDownLatch changed = new CountDownLatch(1);
            secrets.onChange(change -> changed.countDown());
            provider.set("token", "token-1");

            provider.push();

            changed.await();
            assertThat(secrets.get().require("token")).isEqualTo("token-1");
        }
    }

    @Test
    void watch_pushWithAnEqualVersion_isBelieved() throws Exception {
        provider.at("v1");
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            CountDownLatch changed = new CountDownLatch(1);
            secrets.onChange(change -> changed.countDown());
            provider.set("token", "token-1");

            provider.push();

            changed.await();
        }
    }

    @Test
    void watch_pushWhileARefreshRuns_isNotLost() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            CountDownLatch changed = new CountDownLatch(1);
            secrets.onChange(change -> changed.countDown());
            Gate gate = new Gate();
            Future<Secrets> refresh = threads.submit(secrets::refresh);
            gate.awaitCall();
            // The running refresh has read the old value already.
            provider.set("token", "token-1");
            provider.push();
            gate.open();

            changed.await();
            assertThat(refresh.get()).isNotNull();
            assertThat(secrets.get().require("token")).isEqualTo("token-1");
        }
    }

    @Test
    void watch_pushFromWithinFind_doesNotBlock() throws Exception {
        AtomicInteger pushes = new AtomicInteger();
        SecretProvider cached = SecretProvider.cached(provider, Duration.ofDays(1));
        try (RefreshingSecrets secrets = SecretsResolver.of(cached).refreshing(DECLARATIONS, Duration.ZERO)) {
            // As of a client that answers and pushes on one and the same thread.
            provider.does(() -> {
                if (pushes.getAndIncrement() == 0) {
                    provider.set("token", "token-1");
                    threads.submit(provider::push).get();
                }
            });
            CountDownLatch changed = new CountDownLatch(1);
            secrets.onChange(change -> changed.countDown());

            assertThat(secrets.refresh()).isNotNull();

            changed.await();
            assertThat(secrets.get().require("token")).isEqualTo("token-1");
        }
    }

    @Test
    void watch_throughOptionalAndCached_arrives() throws Exception {
        SecretProvider wrapped = SecretProvider.optional(SecretProvider.cached(provider, Duration.ofDays(1)));
        try (RefreshingSecrets secrets = SecretsResolver.of(wrapped).refreshing(DECLARATIONS, Duration.ZERO)) {
            CountDownLatch changed = new CountDownLatch(1);
            secrets.onChange(change -> changed.countDown());
            provider.set("token", "token-1");

            provider.push();

            changed.await();
            assertThat(secrets.get().require("token")).isEqualTo("token-1");
        }
        assertThat(provider.closedWatches()).isEqualTo(1);
    }

    // The thread and its end

    @Test
    void thread_whileOpen_isADaemonWithAName() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            Thread refresher = refresher(secrets);

            assertThat(refresher.isDaemon()).isTrue();
            assertThat(refresher.getName()).isEqualTo("model-secrets-refresh");
            assertThat(Thread.getAllStackTraces()).containsKey(refresher);
        }
    }

    @Test
    void close_open_endsTheThread() throws Exception {
        for (Duration interval : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(1))) {
            RefreshingSecrets secrets = refreshing(interval);
            Thread refresher = refresher(secrets);

            secrets.close();
            refresher.join();

            assertThat(Thread.getAllStackTraces()).doesNotContainKey(refresher);
            int finds = provider.finds().size();
            provider.push();
            assertThat(provider.finds()).hasSize(finds);
        }
    }

    @Test
    void thread_interrupted_goesOn() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            Thread refresher = refresher(secrets);
            awaitWaiting(refresher, "awaitTurn");
            refresher.interrupt();

            assertThat(refresher(secrets)).isSameAs(refresher);
        }
    }

    @Test
    void close_whileTheThreadWaitsForAnotherRefresh_endsItQuietly() throws Exception {
        RefreshingSecrets secrets = refreshing(Duration.ZERO);
        Thread refresher = refresher(secrets);
        List<Throwable> uncaught = new ArrayList<>();
        refresher.setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        awaitWaiting(refresher, "awaitTurn");
        Gate gate = new Gate();
        Future<Secrets> refresh = threads.submit(secrets::refresh);
        gate.awaitCall();
        provider.push();
        awaitWaiting(refresher, "lookTogether");

        secrets.close();
        gate.open();
        refresher.join();

        assertThat(uncaught).isEmpty();
        assertThat(refresh.get()).isNotNull();
    }

    @Test
    void close_whileCallersWait_tellsThemSo() throws Exception {
        RefreshingSecrets secrets = refreshing(Duration.ZERO);
        Gate gate = new Gate();
        Future<Secrets> first = threads.submit(secrets::refresh);
        gate.awaitCall();
        AtomicReference<Thread> waiter = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        Future<String> second = threads.submit(() -> {
            waiter.set(Thread.currentThread());
            started.countDown();
            try {
                return secrets.refresh().toString();
            } catch (IllegalStateException e) {
                return e.getMessage();
            }
        });
        started.await();
        awaitWaiting(waiter.get(), "lookTogether");

        secrets.close();
        gate.open();

        assertThat(second.get()).isEqualTo("these refreshing secrets are closed");
        assertThat(first.get().require("token")).isEqualTo("token-0");
    }

    @Test
    void oldSnapshots_notInUse_areNotKeptForEver() {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            WeakReference<Secrets> first = new WeakReference<>(secrets.get());
            for (int i = 1; i <= 1_002; i++) {
                provider.set("token", "token-" + i);
                secrets.refresh();
            }

            while (first.get() != null) {
                System.gc();
            }
            assertThat(secrets.redactor(1).redact("token-1002 token-2")).isEqualTo("[secret:token] [secret:token]");
        }
    }
}
