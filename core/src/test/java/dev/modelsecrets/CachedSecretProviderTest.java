package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CachedSecretProviderTest {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Duration STALE = Duration.ofMinutes(10);

    private final SecretProviderException down = new SecretProviderException("remote", "down");
    private final SecretAccessDeniedException denied =
            new SecretAccessDeniedException("remote", "role x may not read it");
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

    private static String problem(SecretProvider provider, String name) {
        Lookup answer = provider.find(Set.of(name)).get(name);
        assertThat(answer.isFailed()).isTrue();
        return answer.problem();
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
    void find_firstFailure_isTheAnswer() {
        provider.fails(down);

        assertThat(problem(cached, "a")).isEqualTo("down");
    }

    @Test
    void find_withoutAStaleTime_failsOnceTheTimeToLiveIsOver() {
        CachedSecretProvider strict = new CachedSecretProvider(provider, TTL, Duration.ZERO, now::get);
        strict.find(Set.of("a"));
        provider.fails(down);
        assertThat(strict.find(Set.of("a"))).hasSize(1);

        pass(TTL);

        assertThat(problem(strict, "a")).isEqualTo("down");
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
        assertThat(problem(cached, "a")).isEqualTo("down");
    }

    @Test
    void find_failure_usesMissesToo() {
        cached.find(Set.of("missing"));
        provider.fails(down);
        pass(TTL);

        assertThat(cached.find(Set.of("missing")).get("missing").isFound()).isFalse();
    }

    @Test
    void find_failureWithANameThatWasNeverThere_isForThatNameOnly() {
        find("a");
        provider.fails(down);
        pass(TTL);

        Map<String, Lookup> answers = cached.find(Set.of("a", "b"));
        assertThat(answers.get("a").value()).isEqualTo("a-1");
        assertThat(answers.get("b").problem()).isEqualTo("down");
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

        assertThat(problem(cached, "a"))
                .isEqualTo(
                        "failed with java.lang.IllegalStateException (its message is withheld, because it may quote a"
                                + " secret)");
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
                            "WARNING The cached provider remote failed, so its last answers are used for now: down");

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
            assertThat(problem(cached, "b")).isEqualTo("down");
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
        assertThat(problem(cached, "a")).isEqualTo("down");
        pass(Duration.ofSeconds(1).minusNanos(1));

        assertThat(problem(cached, "a")).isEqualTo("down");
        assertThat(provider.finds()).hasSize(1);

        pass(Duration.ofNanos(1));
        provider.fails(null);
        assertThat(find("a")).isEqualTo("a-1");
    }

    @Test
    void find_shortTimeToLive_pausesNoLongerThanThat() {
        SecretProvider quick = new CachedSecretProvider(provider, Duration.ofMillis(5), STALE, now::get);
        provider.fails(down);
        assertThat(problem(quick, "a")).isEqualTo("down");
        provider.fails(null);
        pass(Duration.ofMillis(5));

        assertThat(quick.find(Set.of("a"))).hasSize(1);
    }

    @Test
    void find_slowFailure_countsThePauseFromItsEnd() {
        provider.does(() -> pass(Duration.ofSeconds(75))).fails(down);
        assertThat(problem(cached, "a")).isEqualTo("down");

        assertThat(problem(cached, "a")).isEqualTo("down");

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
    void find_oneNameFails_theOthersAreCachedAsEver() {
        FakeProvider picky = new FakeProvider("remote").has("b", "b-1").failsAbout("a", "kv/a: not a string");
        SecretProvider both = new CachedSecretProvider(picky, TTL, STALE, now::get);

        Map<String, Lookup> answers = both.find(new LinkedHashSet<>(List.of("a", "b")));
        both.find(Set.of("b"));
        pass(Duration.ofSeconds(1));
        both.find(new LinkedHashSet<>(List.of("a", "b")));

        assertThat(answers.get("a").problem()).isEqualTo("kv/a: not a string");
        assertThat(answers.get("b").value()).isEqualTo("b-1");
        assertThat(picky.asked()).containsExactly(List.of("a", "b"), List.of("a"));
    }

    @Test
    void find_differentColdNames_areAskedForSideBySide() throws Exception {
        int count = 8;
        CyclicBarrier together = new CyclicBarrier(count);
        provider.does(together::await);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<Map<String, Lookup>>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Set<String> name = Set.of("name-" + i);
                answers.add(threads.submit(() -> cached.find(name)));
            }
            for (Future<Map<String, Lookup>> answer : answers) {
                assertThat(answer.get()).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void find_interruptedWhileAnotherThreadAsks_failsAtOnce() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch opened = new CountDownLatch(1);
        provider.does(() -> {
            entered.countDown();
            opened.await();
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<String> slow = thread.submit(() -> find("a"));
            entered.await();
            Thread.currentThread().interrupt();

            assertThat(problem(cached, "a")).isEqualTo("was not read: the thread was interrupted. Resolve again");

            assertThat(Thread.interrupted()).isTrue();
            opened.countDown();
            assertThat(slow.get()).isEqualTo("a-1");
        } finally {
            opened.countDown();
            thread.shutdownNow();
        }
    }

    @Test
    void find_interruptedWhileItAsks_isNobodyElsesAnswer() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        provider.fails(new InterruptedException()).does(() -> {
            provider.fails(null).does(() -> {});
            entered.countDown();
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<String> interrupted = thread.submit(() -> problem(cached, "a"));
            entered.await();

            assertThat(find("a")).isEqualTo("a-1");
            assertThat(interrupted.get()).isEqualTo("was not read: the thread was interrupted. Resolve again");
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void find_interruptedWhileItAsks_coversNothingUp() {
        find("a");
        pass(TTL);
        provider.fails(new InterruptedException());

        assertThat(problem(cached, "a")).isEqualTo("was not read: the thread was interrupted. Resolve again");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(cached.version()).isEmpty();

        provider.fails(null).set("a", "a-2");
        assertThat(find("a")).isEqualTo("a-2");
    }

    @Test
    void find_providerThatUsesTheCacheItself_doesNotDeadlock() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            provider.does(() -> {
                provider.does(() -> {});
                assertThat(threads.submit(() -> find("b")).get()).isEqualTo("b-1");
            });

            assertThat(find("a")).isEqualTo("a-1");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void find_manyNamesOverALongTime_keepsNoEntryThatIsOfNoUse() {
        CachedSecretProvider strict = new CachedSecretProvider(provider, TTL, Duration.ZERO, now::get);
        for (int i = 0; i < 10_000; i++) {
            strict.find(Set.of("name-" + i));
            pass(TTL);
        }

        assertThat(strict.size()).isLessThan(200);
    }

    @Test
    void find_valueThatExpires_isUsedForTwoThirdsOfItsLife() {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        AtomicInteger calls = new AtomicInteger();
        SecretProvider lease = SecretProvider.of("lease", name -> {
            calls.incrementAndGet();
            return Lookup.found("value", "lease", end);
        });
        SecretProvider once = new CachedSecretProvider(lease, TTL, STALE, now::get);
        once.find(Set.of("a"));
        pass(Duration.ofSeconds(15));
        once.find(Set.of("a"));
        assertThat(calls).hasValue(1);

        pass(Duration.ofSeconds(6));
        once.find(Set.of("a"));

        assertThat(calls).hasValue(2);
    }

    @Test
    void version_ofTheProvider_isForwarded() {
        provider.at("one");
        find("a");

        assertThat(cached.version()).contains("one");
    }

    @Test
    void version_changed_makesWhatIsCachedOld() {
        provider.at("one");
        find("a");
        provider.at("two").set("a", "a-2");

        assertThat(cached.version()).contains("two");
        assertThat(find("a")).isEqualTo("a-2");
    }

    @Test
    void version_changedWhenAnotherNameIsAsked_makesWhatIsCachedOld() {
        provider.at("one");
        find("a");
        provider.at("two").set("a", "a-2");

        assertThat(find("b")).isEqualTo("b-1");
        assertThat(find("a")).isEqualTo("a-2");
    }

    @Test
    void find_versionChangedSince_mixesNoStates() {
        provider.at("one");
        find("a");
        provider.at("two").set("a", "a-2").set("b", "b-2");

        Map<String, Lookup> both = cached.find(Set.of("a", "b"));

        assertThat(both.get("a").value()).isEqualTo("a-2");
        assertThat(both.get("b").value()).isEqualTo("b-2");
    }

    @Test
    void find_versionChangesMeanwhile_mixesNoStates() {
        provider.at("one");
        find("a");
        provider.set("b", "b-2").does(() -> provider.set("a", "a-2").at("two"));

        Map<String, Lookup> both = cached.find(Set.of("a", "b"));

        assertThat(both.get("a").value()).isEqualTo("a-2");
        assertThat(both.get("b").value()).isEqualTo("b-2");
    }

    @Test
    void version_knownSinceTheLastFind_makesWhatIsCachedOld() {
        find("a");
        provider.at("two").set("a", "a-2");

        assertThat(cached.version()).contains("two");
        assertThat(find("a")).isEqualTo("a-2");
    }

    @Test
    void refreshing_changeThatAnotherModelSawFirst_isSeen() throws Exception {
        provider.at("one");
        SecretsResolver resolver = SecretsResolver.of(cached);
        try (RefreshingSecrets secrets = resolver.refreshing(Duration.ofMillis(5), "a")) {
            CountDownLatch seen = new CountDownLatch(1);
            secrets.onChange(change -> seen.countDown());
            provider.set("a", "a-2").at("two");
            resolver.resolve("b");

            assertThat(seen.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(secrets.get().require("a")).isEqualTo("a-2");
        }
    }

    @Test
    void version_afterAFailureThatWasCoveredUp_isUnknown() {
        provider.at("one");
        find("a");
        provider.fails(down);
        pass(TTL);
        find("a");

        assertThat(cached.version()).isEmpty();
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
        find("a");
        provider.fails(denied);
        pass(TTL);

        assertThat(cached.find(Set.of("a")).get("a").isDenied()).isTrue();
        assertThat(cached.find(Set.of("a")).get("a").problem()).isEqualTo("role x may not read it");
    }

    @Test
    void find_failureAfterADenial_doesNotBringTheValueBack() {
        find("a");
        provider.fails(denied);
        pass(TTL);
        assertThat(cached.find(Set.of("a")).get("a").isDenied()).isTrue();
        provider.fails(down);
        pass(Duration.ofSeconds(1));

        assertThat(problem(cached, "a")).isEqualTo("down");
    }

    @Test
    void find_deniedName_doesNotDenyOthers() {
        provider.fails(denied);
        assertThat(cached.find(Set.of("a")).get("a").isDenied()).isTrue();
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
        assertThat(problem(cached, "a")).isEqualTo("down");
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
        try (Subscription watch = cached.watch(Set.of("a"), () -> pushed.add(find("a")))) {
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
        assertThat(plain).hasToString("vault");
        assertThat(plain.version()).isEmpty();
    }

    @Test
    void cached_badArguments_areRefused() {
        assertThatNullPointerException().isThrownBy(() -> SecretProvider.cached(null, TTL));
        assertThatNullPointerException().isThrownBy(() -> SecretProvider.cached(provider, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretProvider.cached(provider, Duration.ofNanos(-1)))
                .withMessage("the time to live must not be negative");
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
