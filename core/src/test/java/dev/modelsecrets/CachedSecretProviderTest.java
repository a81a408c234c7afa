package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CachedSecretProviderTest {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Duration STALE = Duration.ofMinutes(10);

    private final SecretProviderException down = new SecretProviderException("remote", "down");
    private final ChangingProvider provider =
            new ChangingProvider().set("a", "a-1").set("b", "b-1");
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final CachedSecretProvider cached = new CachedSecretProvider(provider, TTL, STALE, now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private String find(String name) {
        return cached.find(Set.of(name)).get(name).value();
    }

    // One call for a time to live

    @Test
    void find_withinTheTimeToLive_asksOnce() {
        assertThat(find("a")).isEqualTo("a-1");
        provider.set("a", "a-2");
        pass(TTL.minusNanos(1));

        assertThat(find("a")).isEqualTo("a-1");
        assertThat(provider.finds()).containsExactly(Set.of("a"));
    }

    @Test
    void find_afterTheTimeToLive_asksAgain() {
        find("a");
        provider.set("a", "a-2");
        pass(TTL);

        assertThat(find("a")).isEqualTo("a-2");
        assertThat(provider.finds()).hasSize(2);
    }

    @Test
    void find_manyNames_asksForAllAtOnce() {
        Set<String> names = new LinkedHashSet<>(List.of("a", "b", "missing"));

        Map<String, Lookup> answers = cached.find(names);

        assertThat(answers.get("a").value()).isEqualTo("a-1");
        assertThat(answers.get("b").location()).isEqualTo("/remote/b");
        assertThat(provider.finds()).containsExactly(names);
    }

    @Test
    void find_someNamesKnown_asksForTheOthersOnly() {
        find("a");

        cached.find(Set.of("a", "b"));
        cached.find(Set.of("b"));

        assertThat(provider.finds()).containsExactly(Set.of("a"), Set.of("b"));
    }

    @Test
    void find_miss_isRememberedToo() {
        assertThat(cached.find(Set.of("missing")).get("missing").reason()).isEqualTo("has no such secret");
        provider.set("missing", "now there");

        assertThat(cached.find(Set.of("missing")).get("missing").isFound()).isFalse();
        assertThat(provider.finds()).hasSize(1);
        pass(TTL);
        assertThat(find("missing")).isEqualTo("now there");
    }

    @Test
    void find_reasonOfAMiss_isTheProvidersOwn() {
        SecretProvider empty = SecretProvider.cached(new FakeProvider("remote").lacks("a", "kv/a does not exist"), TTL);

        assertThat(empty.find(Set.of("a")).get("a").reason()).isEqualTo("kv/a does not exist");
    }

    @Test
    void find_noNames_asksNobody() {
        assertThat(cached.find(Set.of())).isEmpty();
        assertThat(provider.finds()).isEmpty();
    }

    @Test
    void find_manyThreads_oneOfThemAsks() throws Exception {
        int count = 32;
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CyclicBarrier barrier = new CyclicBarrier(count);
            for (int round = 1; round <= 20; round++) {
                List<Future<Integer>> results = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    results.add(threads.submit(() -> {
                        barrier.await();
                        return cached.find(Set.of("a", "b", "missing")).size();
                    }));
                }
                for (Future<Integer> result : results) {
                    assertThat(result.get()).isEqualTo(3);
                }
                assertThat(provider.finds()).hasSize(round);
                pass(TTL);
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void find_freshNamesWhileTheProviderHangs_doNotWait() throws Exception {
        find("a");
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch opened = new CountDownLatch(1);
        provider.does(() -> {
            entered.countDown();
            opened.await();
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<String> slow = thread.submit(() -> find("b"));
            entered.await();

            assertThat(find("a")).isEqualTo("a-1");

            opened.countDown();
            assertThat(slow.get()).isEqualTo("b-1");
        } finally {
            thread.shutdownNow();
            assertThat(thread.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void find_timeToLiveOfZero_asksEachTime() {
        SecretProvider none = new CachedSecretProvider(provider, Duration.ZERO, Duration.ZERO, now::get);

        none.find(Set.of("a"));
        provider.set("a", "a-2");

        assertThat(none.find(Set.of("a")).get("a").value()).isEqualTo("a-2");
    }

    @Test
    void find_timesForEver_doNotOverflow() {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        SecretProvider patient = new CachedSecretProvider(provider, TTL, forEver, now::get);
        SecretProvider eternal = new CachedSecretProvider(provider, forEver, forEver, now::get);
        patient.find(Set.of("a"));
        eternal.find(Set.of("a"));
        provider.fails(down);
        pass(Duration.ofDays(36_500));

        assertThat(patient.find(Set.of("a")).get("a").value()).isEqualTo("a-1");
        assertThat(eternal.find(Set.of("a")).get("a").value()).isEqualTo("a-1");
    }

    // Failures

    @Test
    void find_firstFailure_isThrown() {
        provider.fails(down);

        assertThatThrownBy(() -> find("a")).isSameAs(down);
    }

    @Test
    void find_withoutAStaleTime_throwsOnceTheTimeToLiveIsOver() {
        CachedSecretProvider strict = new CachedSecretProvider(provider, TTL, Duration.ZERO, now::get);
        strict.find(Set.of("a"));
        provider.fails(down);
        assertThat(strict.find(Set.of("a"))).hasSize(1);

        pass(TTL);

        assertThatThrownBy(() -> strict.find(Set.of("a"))).isSameAs(down);
    }

    @Test
    void find_failure_usesAnswersUpToTheStatedAgeAndNotBeyond() {
        find("a");
        provider.fails(down).set("a", "a-2");
        pass(TTL);
        assertThat(find("a")).isEqualTo("a-1");

        pass(STALE.minusNanos(1));
        assertThat(find("a")).isEqualTo("a-1");

        pass(Duration.ofNanos(1));
        assertThatThrownBy(() -> find("a")).isSameAs(down);
    }

    @Test
    void find_failure_usesMissesToo() {
        cached.find(Set.of("missing"));
        provider.fails(down);
        pass(TTL);

        assertThat(cached.find(Set.of("missing")).get("missing").isFound()).isFalse();
    }

    @Test
    void find_failureWithANameThatWasNeverThere_isThrown() {
        find("a");
        provider.fails(down);
        pass(TTL);

        assertThatThrownBy(() -> cached.find(Set.of("a", "b"))).isSameAs(down);
        assertThat(find("a")).isEqualTo("a-1");
    }

    @Test
    void find_recovery_givesNewAnswers() {
        find("a");
        provider.fails(down).set("a", "a-2");
        pass(TTL);
        find("a");
        provider.fails(null);
        pass(Duration.ofSeconds(1));

        assertThat(find("a")).isEqualTo("a-2");
    }

    @Test
    void find_foreignException_isWithheld() {
        provider.fails(new IllegalStateException("SENTINEL"));

        assertThatThrownBy(() -> find("a"))
                .isInstanceOf(SecretProviderException.class)
                .hasMessageNotContaining("SENTINEL")
                .hasNoCause();
    }

    @Test
    void find_staleAnswers_giveOneWarningAStreak() {
        try (LogCapture log = new LogCapture()) {
            find("a");
            provider.fails(down);
            for (int i = 0; i < 5; i++) {
                pass(TTL);
                find("a");
            }
            assertThat(log.lines())
                    .containsExactly(
                            "WARNING A cached provider failed, so its last answers are used for now. remote: down");

            provider.fails(null);
            pass(TTL);
            find("a");
            provider.fails(down);
            pass(TTL);
            find("a");
            assertThat(log.lines()).hasSize(2);
        }
    }

    @Test
    void find_staleAnswersAfterAFailureThatWasThrown_giveTheWarning() {
        try (LogCapture log = new LogCapture()) {
            find("a");
            provider.fails(down);
            assertThatThrownBy(() -> find("b")).isSameAs(down);
            assertThat(log.lines()).isEmpty();
            pass(TTL);

            find("a");

            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void find_staleAnswersAndExpiries_giveOneWarningAStreak() {
        try (LogCapture log = new LogCapture()) {
            find("a");
            provider.fails(down);
            for (int i = 0; i < 5; i++) {
                cached.expire();
                assertThat(find("a")).isEqualTo("a-1");
            }
            assertThat(log.lines()).hasSize(1);
        }
    }

    // The pause after a failure

    @Test
    void find_rightAfterAFailure_leavesTheProviderAlone() {
        provider.fails(down);
        assertThatThrownBy(() -> find("a")).isSameAs(down);
        pass(Duration.ofSeconds(1).minusNanos(1));

        assertThatThrownBy(() -> find("a")).isSameAs(down);
        assertThatThrownBy(() -> find("b")).isSameAs(down);
        assertThat(provider.finds()).hasSize(1);

        pass(Duration.ofNanos(1));
        provider.fails(null);
        assertThat(find("a")).isEqualTo("a-1");
    }

    @Test
    void find_shortTimeToLive_pausesNoLongerThanThat() {
        SecretProvider quick = new CachedSecretProvider(provider, Duration.ofMillis(5), STALE, now::get);
        provider.fails(down);
        assertThatThrownBy(() -> quick.find(Set.of("a"))).isSameAs(down);
        provider.fails(null);
        pass(Duration.ofMillis(5));

        assertThat(quick.find(Set.of("a"))).hasSize(1);
    }

    @Test
    void find_slowFailure_countsThePauseFromItsEnd() {
        provider.does(() -> pass(Duration.ofSeconds(75))).fails(down);
        assertThatThrownBy(() -> find("a")).isSameAs(down);

        assertThatThrownBy(() -> find("a")).isSameAs(down);

        assertThat(provider.finds()).hasSize(1);
    }

    @Test
    void find_slowAnswer_isAsOldAsTheQuestion() {
        provider.does(() -> pass(Duration.ofSeconds(40)));
        find("a");
        pass(Duration.ofSeconds(20));

        find("a");

        assertThat(provider.finds()).hasSize(2);
    }

    @Test
    void find_otherNamesAfterAFailureAboutOne_areAskedFor() {
        SecretProviderException aboutA = new SecretProviderException("remote", "a", "kv/a: not a string");
        provider.fails(aboutA);
        assertThatThrownBy(() -> cached.find(Set.of("a", "b"))).isSameAs(aboutA);
        provider.fails(null);

        assertThatThrownBy(() -> find("a")).isSameAs(aboutA);
        assertThat(find("b")).isEqualTo("b-1");
        assertThat(provider.finds()).containsExactly(Set.of("a", "b"), Set.of("b"));
    }

    @Test
    void explain_failureAboutOneName_givesTheOthersTheirOwnVerdict() {
        SecretProvider picky =
                SecretProvider.cached(new FakeProvider("remote").has("b", "b-1").failsAbout("a", "kv/a: broken"), TTL);

        assertThat(SecretsResolver.of(picky)
                        .explain(SecretDeclarations.of("a", "b"))
                        .entries())
                .extracting(ResolutionReport.Entry::status)
                .containsExactly(ResolutionReport.Status.FAILED, ResolutionReport.Status.FOUND);
    }

    // Access denied

    @Test
    void find_accessDenied_isNeverCoveredUp() {
        SecretAccessDeniedException denied = new SecretAccessDeniedException("a", "role x may not read a");
        find("a");
        provider.fails(denied);
        pass(TTL);

        assertThatThrownBy(() -> find("a")).isSameAs(denied);
        assertThatThrownBy(() -> find("a")).isSameAs(denied);
    }

    @Test
    void find_failureAfterADenial_doesNotBringTheValueBack() {
        find("a");
        provider.fails(new SecretAccessDeniedException("a", "role x may not read a"));
        pass(TTL);
        assertThatThrownBy(() -> find("a")).isInstanceOf(SecretAccessDeniedException.class);
        provider.fails(down);
        pass(Duration.ofSeconds(1));

        assertThatThrownBy(() -> find("a")).isSameAs(down);
    }

    @Test
    void find_deniedName_doesNotDenyOthers() {
        provider.fails(new SecretAccessDeniedException("a", "role x may not read a"));
        assertThatThrownBy(() -> find("a")).isInstanceOf(SecretAccessDeniedException.class);
        provider.fails(null);

        assertThat(find("b")).isEqualTo("b-1");
    }

    // Expiry

    @Test
    void expire_freshAnswers_areAskedForAgain() {
        find("a");
        provider.set("a", "a-2");
        cached.expire();

        assertThat(find("a")).isEqualTo("a-2");
        assertThat(find("a")).isEqualTo("a-2");
        assertThat(provider.finds()).hasSize(2);
    }

    @Test
    void expire_pauseAfterAFailure_isOver() {
        provider.fails(down);
        assertThatThrownBy(() -> find("a")).isSameAs(down);
        provider.fails(null);
        cached.expire();

        assertThat(find("a")).isEqualTo("a-1");
    }

    @Test
    void expire_whileTheProviderIsAsked_makesThatAnswerOld() {
        provider.does(() -> {
            provider.does(() -> {});
            provider.set("a", "a-2");
            cached.expire();
        });
        assertThat(find("a")).isEqualTo("a-1");

        assertThat(find("a")).isEqualTo("a-2");
    }

    @Test
    void expire_staleAnswers_areStillThereForAFailure() {
        find("a");
        provider.fails(down);
        cached.expire();

        assertThat(find("a")).isEqualTo("a-1");
    }

    @Test
    void watch_push_expires() throws Exception {
        List<String> pushed = new ArrayList<>();
        find("a");
        provider.set("a", "a-2");
        try (AutoCloseable watch = cached.watch(Set.of("a"), () -> pushed.add(find("a")))) {
            assertThat(watch).isNotNull();
            provider.push();
        }

        assertThat(pushed).containsExactly("a-2");
        assertThat(provider.closedWatches()).isEqualTo(1);
    }

    // The rest

    @Test
    void cached_otherMethods_areTheProvidersOwn() {
        SecretProvider plain = SecretProvider.cached(new FakeProvider("vault").suggests("vault kv put"), TTL);

        assertThat(plain.name()).isEqualTo("vault");
        assertThat(plain.remedy("a")).contains("vault kv put");
        assertThat(plain).hasToString("vault (cached)");
        assertThat(plain.version()).isEmpty();
    }

    @Test
    void cached_badArguments_areRefused() {
        assertThatNullPointerException().isThrownBy(() -> SecretProvider.cached(null, TTL));
        assertThatNullPointerException().isThrownBy(() -> SecretProvider.cached(provider, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretProvider.cached(provider, Duration.ofNanos(-1)))
                .withMessage("the time to live and the stale time must not be negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretProvider.cached(provider, TTL, Duration.ofNanos(-1)));
    }

    @Test
    void cached_resolvers_shareOneCallForEachSetOfOpenNames() {
        SecretsResolver resolver = SecretsResolver.of(SecretProvider.cached(provider, TTL));

        for (int i = 0; i < 10; i++) {
            assertThat(resolver.resolve("a", "b")).hasSize(2);
        }

        assertThat(provider.finds()).containsExactly(Set.of("a", "b"));
    }
}
