package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long lives of refreshing secrets: listeners that wait, closes that race, values that expire, secrets that hide. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefreshingLifeTest {

    private static final SecretDeclarations DECLARATIONS = SecretDeclarations.of("token");
    private static final Duration LONG = Duration.ofDays(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ChangingProvider provider = new ChangingProvider().set("token", "token-0");

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private RefreshingSecrets refreshing(Duration interval) {
        return SecretsResolver.of(provider).refreshing(DECLARATIONS, interval);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    @Test
    void onChange_listenerThatWaitsForAnotherThreadsRefresh_doesNotDeadlock() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            CountDownLatch done = new CountDownLatch(1);
            secrets.onChange(change -> {
                try {
                    threads.submit(secrets::refresh).get();
                    done.countDown();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            provider.set("token", "token-1");

            secrets.refresh();

            done.await();
        }
    }

    @Test
    void listener_ofTheResolverThatWaitsForAnotherThreadsRefresh_doesNotDeadlock() throws Exception {
        AtomicReference<RefreshingSecrets> waitsFor = new AtomicReference<>();
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(provider)
                .listener(event -> {
                    RefreshingSecrets secrets = waitsFor.getAndSet(null);
                    if (secrets != null) {
                        try {
                            threads.submit(secrets::refresh).get();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                })
                .build();
        try (RefreshingSecrets secrets = resolver.refreshing(DECLARATIONS, Duration.ZERO)) {
            waitsFor.set(secrets);
            provider.set("token", "token-1");

            assertThat(secrets.refresh().require("token")).isEqualTo("token-1");
            assertThat(waitsFor).hasValue(null);
        }
    }

    @Test
    void onChange_listenerThatOverflowsTheStack_isToldOfTheNextChange() throws Exception {
        AtomicInteger told = new AtomicInteger();
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            secrets.onChange(change -> {
                told.incrementAndGet();
                throw new StackOverflowError();
            });
            for (int i = 1; i <= 3; i++) {
                provider.set("token", "token-" + i);
                secrets.refresh();
                int changes = i;
                await(() -> told.get() == changes);
            }
        }
        assertThat(told).hasValue(3);
    }

    @Test
    void onChange_subscriptionClosedTwice_endsNoOtherOneOfTheSameListener() throws Exception {
        AtomicInteger told = new AtomicInteger();
        CountDownLatch last = new CountDownLatch(1);
        Consumer<RefreshingSecrets.Change> listener = change -> told.incrementAndGet();
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            Subscription first = secrets.onChange(listener);
            secrets.onChange(listener);
            secrets.onChange(change -> last.countDown());
            first.close();
            first.close();
            provider.set("token", "token-1");

            secrets.refresh();

            last.await();
        }
        assertThat(told).hasValue(1);
    }

    @Test
    void onChange_races_nothingIsToldOnceTheSubscriptionIsClosed() {
        AtomicInteger told = new AtomicInteger();
        for (int i = 1; i <= 1_000; i++) {
            try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
                AtomicBoolean closed = new AtomicBoolean();
                Subscription listening = secrets.onChange(change -> told.addAndGet(closed.get() ? 1 : 0));
                provider.set("token", "token-" + i);
                secrets.refresh();
                for (int j = 0; j < i; j++) {
                    Thread.onSpinWait();
                }

                listening.close();
                closed.set(true);
            }
        }
        assertThat(told).hasValue(0);
    }

    @Test
    void onChange_subscriptionClosedByItsListener_isNotWaitedFor() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            AtomicReference<Subscription> own = new AtomicReference<>();
            CountDownLatch done = new CountDownLatch(1);
            own.set(secrets.onChange(change -> {
                own.get().close();
                done.countDown();
            }));
            provider.set("token", "token-1");

            secrets.refresh();

            done.await();
        }
    }

    @Test
    void onChange_listenerThatHangs_delaysNobody() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            secrets.onChange(change -> {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            for (int i = 1; i <= 3; i++) {
                provider.set("token", "token-" + i);
                assertThat(secrets.refresh().require("token")).isEqualTo("token-" + i);
            }
            release.countDown();
        }
    }

    @Test
    void onChange_changes_areToldInOrder() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            List<String> seen = new CopyOnWriteArrayList<>();
            List<Thread> on = new CopyOnWriteArrayList<>();
            secrets.onChange(change -> {
                on.add(Thread.currentThread());
                seen.add(change.changed().toString());
            });
            for (int i = 1; i <= 20; i++) {
                provider.set("token", "token-" + i);
                secrets.refresh();
            }
            await(() -> seen.size() == 20);
            assertThat(on).allMatch(thread -> thread.getName().equals("model-secrets-listener"));
            assertThat(on).allMatch(Thread::isDaemon);
        }
    }

    @Test
    void onFailure_aStreak_isToldOnce() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            List<SecretsException> failures = new CopyOnWriteArrayList<>();
            secrets.onFailure(failures::add);
            provider.fails(new SecretProviderException("remote", "down"));
            secrets.refresh();
            secrets.refresh();
            provider.fails(null);
            secrets.refresh();
            provider.fails(new SecretAccessDeniedException("remote", "no"));
            assertThat(threads.submit(() -> {
                                try {
                                    return secrets.refresh().toString();
                                } catch (SecretAccessDeniedException e) {
                                    return "denied";
                                }
                            })
                            .get())
                    .isEqualTo("denied");

            await(() -> failures.size() == 2);
            assertThat(failures.get(0)).isInstanceOf(SecretProviderException.class);
            assertThat(failures.get(1)).isInstanceOf(SecretAccessDeniedException.class);
        }
    }

    @Test
    void refresh_cachesBehindDecorators_areBypassed() {
        SecretProvider wrapped = SecretProvider.named(
                SecretProvider.optional(SecretProvider.cached(provider, Duration.ofDays(1))), "other");
        try (RefreshingSecrets secrets = SecretsResolver.of(wrapped).refreshing(DECLARATIONS, Duration.ZERO)) {
            provider.set("token", "token-1");

            assertThat(secrets.refresh().require("token")).isEqualTo("token-1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"optional", "optional(cached)", "cached(optional)", "named(optional)"})
    void refresh_failureThatWasTolerated_isLookedAtAgainWhateverOthersFound(String decorators) {
        Map<String, Lookup> answers = new ConcurrentHashMap<>(
                Map.of("token", Lookup.failed("unreadable"), "other", Lookup.found("other-1", "here")));
        SecretProvider picky = new DelegatingSecretProvider(provider.at("v1")) {
            @Override
            public Map<String, Lookup> find(Set<String> names) {
                return Map.copyOf(answers);
            }
        };
        SecretProvider tolerant = decorated(picky, decorators);
        SecretDeclarations declarations =
                SecretDeclarations.builder().withDefault("token", "").build();
        SecretsResolver resolver = SecretsResolver.of(tolerant);
        try (LogCapture log = new LogCapture();
                RefreshingSecrets secrets = resolver.refreshing(declarations, Duration.ZERO)) {
            assertThat(resolver.resolve("other").require("other")).isEqualTo("other-1");
            answers.put("token", Lookup.found("token-1", "here"));

            assertThat(secrets.refresh().require("token")).isEqualTo("token-1");
            assertThat(log.lines()).hasSize(1);
        }
    }

    private static SecretProvider decorated(SecretProvider plain, String decorators) {
        return switch (decorators) {
            case "optional" -> SecretProvider.optional(plain);
            case "optional(cached)" -> SecretProvider.optional(SecretProvider.cached(plain, LONG));
            case "cached(optional)" -> SecretProvider.cached(SecretProvider.optional(plain), LONG);
            default -> SecretProvider.named(SecretProvider.optional(plain), "another name");
        };
    }

    @Test
    void refresh_staleAnswer_isLookedAtAgainWhateverOthersFound() {
        SecretProvider cached = SecretProvider.cached(provider.set("other", "o").at("v1"), Duration.ZERO, LONG);
        SecretsResolver resolver = SecretsResolver.of(cached);
        try (RefreshingSecrets secrets = resolver.refreshing(DECLARATIONS, Duration.ZERO)) {
            provider.fails(new SecretProviderException("remote", "down"))
                    .set("token", "token-1")
                    .at("v2");
            assertThat(secrets.refresh().require("token")).isEqualTo("token-0");
            provider.fails(null);
            resolver.resolve("other");

            assertThat(secrets.refresh().require("token")).isEqualTo("token-1");
        }
    }

    @Test
    void refresh_unchangedVersionBehindDecorators_readsNothing() {
        provider.at("v1");
        SecretProvider wrapped = SecretProvider.optional(SecretProvider.cached(provider, Duration.ofNanos(1)));
        try (RefreshingSecrets secrets = SecretsResolver.of(wrapped).refreshing(DECLARATIONS, Duration.ZERO)) {
            int finds = provider.finds().size();
            secrets.refresh();
            secrets.refresh();

            assertThat(provider.finds()).hasSize(finds);
        }
    }

    @Test
    void close_races_nothingHappensAfterwards() throws Exception {
        for (int i = 0; i < 300; i++) {
            AtomicInteger finds = new AtomicInteger();
            AtomicInteger told = new AtomicInteger();
            SecretProvider counting =
                    SecretProvider.of("counting", name -> Lookup.found("v" + finds.incrementAndGet(), "here"));
            RefreshingSecrets secrets = SecretsResolver.of(counting).refreshing(DECLARATIONS, Duration.ofNanos(1));
            secrets.onChange(change -> told.incrementAndGet());
            while (finds.get() < 3) {
                Thread.onSpinWait();
            }

            secrets.close();

            int findsAtClose = finds.get();
            int toldAtClose = told.get();
            Secrets last = secrets.get();
            for (int pause = 0; pause < 5; pause++) {
                Thread.sleep(0, 100_000);
            }
            assertThat(finds).hasValue(findsAtClose);
            assertThat(told).hasValue(toldAtClose);
            assertThat(secrets.get()).isSameAs(last);
        }
    }

    @Test
    void close_lookThatHangs_doesNotReplaceTheSnapshot() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch opened = new CountDownLatch(1);
        RefreshingSecrets secrets = refreshing(Duration.ZERO);
        provider.set("token", "token-1").does(() -> {
            entered.countDown();
            opened.await();
        });
        Future<Secrets> refresh = threads.submit(secrets::refresh);
        entered.await();

        secrets.close();
        opened.countDown();

        assertThat(refresh.get().require("token")).isEqualTo("token-0");
        assertThat(secrets.get().require("token")).isEqualTo("token-0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "find"})
    void close_providerThatHangs_nothingMoreIsAskedOfAnyProvider(String where) throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch opened = new CountDownLatch(1);
        AtomicReference<Thread> looking = new AtomicReference<>();
        AtomicBoolean hangs = new AtomicBoolean();
        AtomicBoolean closed = new AtomicBoolean();
        Queue<String> late = new ConcurrentLinkedQueue<>();
        Map<String, String> values = Map.of("token", "value");
        SecretProvider first = new DelegatingSecretProvider(SecretProvider.of("first", values)) {
            @Override
            public Map<String, Lookup> find(Set<String> names) {
                hang("find");
                return super.find(names);
            }

            @Override
            public Optional<Object> version() {
                hang("version");
                return Optional.of(new Object());
            }

            private void hang(String method) {
                if (hangs.get() && method.equals(where)) {
                    looking.set(Thread.currentThread());
                    entered.countDown();
                    boolean isOpen = false;
                    while (!isOpen) {
                        try {
                            opened.await();
                            isOpen = true;
                        } catch (InterruptedException e) {
                            // It does not listen.
                        }
                    }
                }
            }
        };
        SecretProvider second = new DelegatingSecretProvider(SecretProvider.of("second", values)) {
            @Override
            public Map<String, Lookup> find(Set<String> names) {
                note("find");
                return super.find(names);
            }

            @Override
            public Optional<Object> version() {
                note("version");
                return Optional.of(new Object());
            }

            @Override
            public Optional<String> remedy(String name) {
                note("remedy");
                return Optional.empty();
            }

            private void note(String method) {
                if (closed.get()) {
                    late.add(method);
                }
            }
        };
        RefreshingSecrets secrets = SecretsResolver.of(first, second).refreshing(DECLARATIONS, Duration.ofMillis(1));
        hangs.set(true);
        entered.await();
        secrets.close();
        closed.set(true);
        opened.countDown();
        looking.get().join();

        assertThat(late).isEmpty();
        assertThat(secrets.lastFailure()).isEmpty();
    }

    @Test
    void announcement_failedLook_isLookedAtAgainWithoutAnInterval() throws Exception {
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            provider.fails(new SecretProviderException("remote", "starting")).set("token", "token-1");
            provider.push();
            await(() -> secrets.lastFailure().isPresent());
            provider.fails(null);

            await(() -> secrets.get().require("token").equals("token-1"));
        }
    }

    @Test
    void announcement_fromInsideFind_doesNotSpin() throws Exception {
        AtomicReference<Runnable> announce = new AtomicReference<>(() -> {});
        AtomicInteger finds = new AtomicInteger();
        SecretProvider chatty = new SecretProvider() {
            @Override
            public String name() {
                return "chatty";
            }

            @Override
            public Map<String, Lookup> find(Set<String> names) {
                finds.incrementAndGet();
                announce.get().run();
                return Map.of("token", Lookup.found("value", "here"));
            }

            @Override
            public Subscription watch(Set<String> names, Runnable changed) {
                announce.set(changed);
                return Subscription.none();
            }
        };
        try (RefreshingSecrets secrets = SecretsResolver.of(chatty).refreshing(DECLARATIONS, Duration.ZERO)) {
            await(() -> finds.get() >= 3);
            assertThat(secrets.get()).hasSize(1);
            Thread.sleep(500);
            assertThat(finds).hasValueLessThan(40);
        }
    }

    @Test
    void expiry_value_isLookedUpBeforeItsEnd() throws Exception {
        AtomicInteger leases = new AtomicInteger();
        SecretProvider lease = SecretProvider.of(
                "lease",
                name -> Lookup.found(
                        "lease-" + leases.incrementAndGet(),
                        "lease",
                        Instant.now().plusMillis(1_500)));
        try (RefreshingSecrets secrets = SecretsResolver.of(lease).refreshing(DECLARATIONS, Duration.ZERO)) {
            assertThat(secrets.nextExpiry()).isPresent();

            await(() -> secrets.get().require("token").equals("lease-2"));
        }
    }

    @Test
    void hiddenSecret_thatChanges_isRemarkedOn() {
        ChangingProvider mount = new ChangingProvider().set("token", "old").at("v1");
        FakeProvider environment = new FakeProvider("environment").has("token", "set once");
        try (LogCapture log = new LogCapture();
                RefreshingSecrets secrets =
                        SecretsResolver.of(environment, mount).refreshing(DECLARATIONS, Duration.ZERO)) {
            secrets.refresh();
            assertThat(log.lines()).isEmpty();
            assertThat(mount.finds()).isEmpty();
            mount.set("token", "new").at("v2");

            secrets.refresh();
            secrets.refresh();

            assertThat(log.lines())
                    .containsExactly("WARNING environment: /environment/token hides the secret token of remote"
                            + " (/remote/token), which has changed since. Remove the one, or change it too");
            assertThat(secrets.get().require("token")).isEqualTo("set once");
        }
    }

    @Test
    void hiddenSecret_ofAProviderThatHangs_delaysARefreshUntilTheDeadline() {
        ChangingProvider mount = new ChangingProvider().set("token", "old").at("v1");
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(provider)
                .provider(mount)
                .deadline(Duration.ofMillis(50))
                .build();
        try (RefreshingSecrets secrets = resolver.refreshing(DECLARATIONS, Duration.ZERO)) {
            mount.at("v2").does(() -> new CountDownLatch(1).await());

            assertThat(secrets.refresh().require("token")).isEqualTo("token-0");
            assertThat(secrets.lastFailure()).isEmpty();
        }
    }

    @Test
    void threads_ofThisLibrary_inheritNothing() throws Exception {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("of the request");
        Map<String, Object> seen = new ConcurrentHashMap<>();
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new ClassLoader(own) {});
        try (RefreshingSecrets secrets = refreshing(Duration.ZERO)) {
            provider.does(() -> {
                if (Thread.currentThread().getName().equals("model-secrets-refresh")) {
                    seen.put("local", String.valueOf(local.get()));
                    seen.put("loader", Thread.currentThread().getContextClassLoader());
                }
            });
            provider.push();
            await(() -> seen.size() == 2);

            assertThat(seen.get("local")).isEqualTo("null");
            assertThat(seen.get("loader")).isSameAs(SecretsResolver.class.getClassLoader());
            assertThat(secrets.get()).hasSize(1);
        } finally {
            Thread.currentThread().setContextClassLoader(own);
        }
    }
}
