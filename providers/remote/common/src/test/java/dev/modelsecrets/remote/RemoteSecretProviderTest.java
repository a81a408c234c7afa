package dev.modelsecrets.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RemoteSecretProviderTest {

    private static final Duration SHORT = Duration.ofMillis(500);

    private final FakeService service = new FakeService();

    @Test
    void find_secretPerName_foundWithItsPlace() {
        service.with("models/token", Answer.text("test-token"));

        Lookup lookup = one(fake().secretPerName("models/"), "token");

        assertThat(lookup.value()).isEqualTo("test-token");
        assertThat(lookup.location()).isEqualTo("fake/models/token");
    }

    @Test
    void find_secretPerNameWithKey_takesTheKeyOfADocumentOrOfJson() {
        service.with("a", Answer.document(Map.of("value", "test-a", "other", "x")));
        service.with("b", Answer.text("{\"value\": 1.10}"));
        service.with("c", Answer.document(Map.of("Value", "test-c")));

        Map<String, Lookup> found = fake().key("value").build().find(Set.of("a", "b", "c"));

        assertThat(found.get("a").value()).isEqualTo("test-a");
        assertThat(found.get("a").location()).isEqualTo("fake/a key value");
        assertThat(found.get("b").value()).isEqualTo("1.10");
        assertThat(found.get("c").reason())
                .isEqualTo("fake/c has no key value (Value is there: names must match exactly)");
    }

    @Test
    void find_documentWithoutKey_saysToChooseOne() {
        service.with("token", Answer.document(Map.of("a", "test-a")));

        assertThat(one(fake(), "token").problem())
                .isEqualTo("fake/token has keys: choose one with key(..), or use keysOf(..)");
    }

    @Test
    void find_blankValue_isAbsent() {
        service.with("token", Answer.text(" \n"));

        assertThat(one(fake(), "token").reason()).isEqualTo("fake/token is blank");
        assertThat(one(fake().keysOf("token"), "a").reason()).isEqualTo("fake/token is blank");
    }

    @Test
    void find_keysOfTwo_firstWinsAndTheSecondIsAskedOnlyForOpenNames() {
        service.with("own", Answer.text("{\"a\": \"test-a\", \"c\": null}"));
        service.with("shared", Answer.document(Map.of("a", "test-other", "b", "test-b")));
        SecretProvider provider = fake().keysOf("own", "shared").build();

        Map<String, Lookup> found = provider.find(Set.of("a", "b", "c"));

        assertThat(found.get("a").value()).isEqualTo("test-a");
        assertThat(found.get("b").location()).isEqualTo("fake/shared key b");
        assertThat(found.get("c").reason()).isEqualTo("fake/own has the key c as null; fake/shared has no key c");
        service.calls.clear();
        provider.find(Set.of("a"));
        assertThat(service.calls).containsExactly(Set.of("own"));
    }

    @Test
    void find_keysOfOneThatIsAbsent_goesOnAndSaysSo() {
        service.with("shared", Answer.document(Map.of("b", "test-b")));

        Map<String, Lookup> found = fake().keysOf("own", "shared").build().find(Set.of("a", "b"));

        assertThat(found.get("b").value()).isEqualTo("test-b");
        assertThat(found.get("a").reason()).isEqualTo("fake/own does not exist; fake/shared has no key a");
    }

    @Test
    void find_documentThatIsNoObject_failsWithoutQuotingIt() {
        service.with("plain", Answer.text("test-sentinel"));
        service.with("broken", Answer.text("{\"a\": \"test-sentinel\" oops"));
        service.with("twice", Answer.text("{\"a\": \"test-sentinel\", \"a\": 1}"));

        assertThat(one(fake().keysOf("plain"), "a").problem())
                .isEqualTo("fake/plain is not a JSON object, so it has no keys");
        assertThat(one(fake().keysOf("broken"), "a").problem())
                .startsWith("fake/broken is not valid JSON at line 1, column 23")
                .doesNotContain("sentinel");
        assertThat(one(fake().keysOf("twice"), "a").problem())
                .startsWith("fake/twice has a key twice at line 1")
                .doesNotContain("sentinel");
    }

    @Test
    void find_unusableKey_failsThatKeyOnly() {
        service.with(
                "mixed",
                Answer.document(
                        Set.of("text", "bytes"),
                        key -> key.equals("text") ? Answer.text("test-text") : Answer.failed("bytes is not UTF-8")));

        Map<String, Lookup> found = fake().keysOf("mixed").build().find(Set.of("text", "bytes"));

        assertThat(found.get("text").value()).isEqualTo("test-text");
        assertThat(found.get("bytes").problem()).isEqualTo("bytes is not UTF-8");
    }

    @Test
    void find_deniedAndFailedNames_leaveTheOthersAlone() {
        service.with("a", Answer.text("test-a"));
        service.with("b", Answer.denied("Fake refuses fake/b"));
        service.with("c", Answer.failed("fake/c is disabled"));
        service.with("d", () -> {
            throw new IllegalArgumentException("test-sentinel");
        });

        Map<String, Lookup> found = fake().build().find(Set.of("a", "b", "c", "d"));

        assertThat(found.get("a").isFound()).isTrue();
        assertThat(found.get("b")).hasToString("denied: Fake refuses fake/b");
        assertThat(found.get("c")).hasToString("failed: fake/c is disabled");
        assertThat(found.get("d"))
                .hasToString(
                        "failed: Fake at nowhere could not be asked: the client failed with"
                                + " java.lang.IllegalArgumentException (its message is withheld, because it may quote a secret)");
    }

    @Test
    void find_deniedDocument_isDeniedForEachNameAndEndsTheSearch() {
        service.with("own", Answer.denied("Fake refuses fake/own"));

        Map<String, Lookup> found = fake().keysOf("own", "shared").build().find(Set.of("a", "b"));

        assertThat(found.values()).allMatch(Lookup::isDenied);
        assertThat(service.calls).containsExactly(Set.of("own"));
    }

    @Test
    void find_nameThatTheStoreCannotHave_failsUnasked() {
        RemoteService strict = new FakeService() {
            @Override
            public Optional<String> nameProblem(String secret) {
                return secret.contains(".") ? Optional.of("Fake can have no secret " + secret) : Optional.empty();
            }
        };

        Map<String, Lookup> found =
                FakeSecretProvider.of(strict).build().find(new LinkedHashSet<>(List.of("a.b", "ab")));

        assertThat(found.get("a.b")).hasToString("failed: Fake can have no secret a.b");
        assertThat(found.get("ab").isAbsent()).isTrue();
        assertThat(((FakeService) strict).calls).containsExactly(Set.of("ab"));
    }

    @Test
    void find_noClient_failsEveryNameWithoutAskingTheStore() {
        FakeService unusable = new FakeService() {
            @Override
            public Optional<Answer> connect() {
                return Optional.of(Answer.unavailable("no login for Fake was found"));
            }
        };

        assertThat(FakeSecretProvider.of(unusable)
                        .build()
                        .find(Set.of("a", "b"))
                        .values())
                .hasSize(2)
                .extracting(Lookup::toString)
                .containsOnly("failed: no login for Fake was found");
        assertThat(unusable.calls).isEmpty();
    }

    @Test
    void find_clientThatTakesLongerThanTheDeadlineToMake_isNotLate() {
        FakeService slow = new FakeService() {
            @Override
            public Optional<Answer> connect() {
                pause(Duration.ofMillis(1_200));
                return Optional.empty();
            }
        };
        slow.with("token", Answer.text("test-token"));

        assertThat(one(FakeSecretProvider.of(slow).deadline(Duration.ofSeconds(1)), "token")
                        .isFound())
                .isTrue();
    }

    @Test
    void find_expiringAnswer_saysUntilWhen() {
        Instant end = Instant.parse("2030-01-01T00:00:00Z");
        service.with("token", Answer.text("test-token").expiringAt(end));
        service.with(
                "lease",
                Answer.document(Map.of("username", "test-user", "password", "test-pass"))
                        .expiringAt(end));
        service.with("json", Answer.text("{\"username\": \"test-user\"}").expiringAt(end));

        assertThat(one(fake(), "token").expiresAt()).contains(end);
        assertThat(fake().keysOf("lease")
                        .build()
                        .find(Set.of("username", "password"))
                        .values())
                .extracting(Lookup::expiresAt)
                .containsOnly(Optional.of(end));
        assertThat(one(fake().keysOf("json"), "username").expiresAt()).contains(end);
    }

    @Test
    void find_busyThenFine_isTriedAgain() {
        service.with("token", inTurn(i -> i < 3 ? Answer.busy("Fake answers 503", null) : Answer.text("test-token")));

        assertThat(one(fake(), "token").isFound()).isTrue();
        assertThat(service.calls).hasSize(3);
    }

    @Test
    void find_busyForGood_failsByTheDeadline() {
        service.with("token", Answer.busy("Fake at nowhere answers 429 (too many requests)", null));

        assertThat(one(fake().deadline(Duration.ofSeconds(4)), "token").problem())
                .matches("Fake at nowhere answers 429 \\(too many requests\\)"
                        + " \\(tried (once|twice|\\d times); the time limit is 4 s\\)");
    }

    @Test
    void find_busyForLongerThanTheDeadline_doesNotWait() {
        service.with("token", Answer.busy("Fake at nowhere answers 429", Duration.ofSeconds(Long.MAX_VALUE)));

        assertThat(one(fake(), "token").problem())
                .isEqualTo("Fake at nowhere answers 429 (tried once; the time limit is 10 s)");
    }

    @Test
    void find_busyAndThenHanging_saysThatItWasBusy() {
        service.with("token", inTurn(i -> i == 1 ? Answer.busy("Fake at nowhere answers 503", null) : hang()));

        assertThat(one(fake().deadline(Duration.ofSeconds(4)), "token").problem())
                .isEqualTo("Fake at nowhere answers 503 (tried once; the time limit is 4 s)");
    }

    @Test
    void find_busyAndThenTooLittleTime_saysThatItWasBusy() {
        service.with(
                "token",
                inTurn(i -> i == 1
                        ? Answer.busy("Fake at nowhere answers 429", Duration.ofMillis(2_900))
                        : Answer.silent("Fake did not answer in time")));

        assertThat(one(fake().deadline(Duration.ofSeconds(4)), "token").problem())
                .isEqualTo("Fake at nowhere answers 429 (tried once; the time limit is 4 s)");
    }

    @Test
    void find_busyAndThenSilent_saysThatItIsSilent() {
        service.with(
                "token",
                inTurn(i -> i == 1
                        ? Answer.busy("Fake at nowhere answers 503", null)
                        : Answer.silent("Fake did not answer in time")));

        assertThat(one(fake(), "token").problem())
                .isEqualTo("Fake did not answer in time (tried 3 times; the time limit is 10 s)");
    }

    @Test
    void find_silentOnce_isTriedOnceMore() {
        service.with(
                "token",
                inTurn(i -> i == 1 ? Answer.silent("Fake did not answer in time") : Answer.text("test-token")));

        assertThat(one(fake(), "token").isFound()).isTrue();
        assertThat(service.calls).hasSize(2);
    }

    @Test
    void find_silentTwice_failsWithWhatWasTried() {
        service.with("token", Answer.silent("Fake did not answer in time"));

        assertThat(one(fake(), "token").problem())
                .isEqualTo("Fake did not answer in time (tried twice; the time limit is 10 s)");
        assertThat(service.calls).hasSize(2);
    }

    @Test
    void find_attempt_hasAThirdOfTheDeadline() {
        service.with("token", Answer.text("test-token"));

        one(fake().deadline(Duration.ofSeconds(30)), "token");

        assertThat(service.attempt).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void find_clientThatHangs_failsAtTheDeadline() {
        service.with("token", RemoteSecretProviderTest::hang);
        service.with("other", Answer.text("test-other"));

        Map<String, Lookup> found = fake().deadline(SHORT).build().find(Set.of("token", "other"));

        assertThat(found.get("token").problem()).isEqualTo("Fake at nowhere did not answer within 500 ms");
    }

    @Test
    void find_serviceThatForgetsAName_failsThatName() {
        RemoteService forgetful = new FakeService() {
            @Override
            public Map<String, Answer> read(Set<String> names, Deadline attempt) {
                return Map.of();
            }
        };

        assertThat(one(FakeSecretProvider.of(forgetful), "token").problem())
                .isEqualTo("Fake at nowhere gave an answer without what it was asked for");
    }

    @Test
    void find_callerInterrupted_failsAndKeepsTheInterrupt() {
        service.with("token", RemoteSecretProviderTest::hang);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> one(fake(), "token"))
                .hasMessage("fake: the thread was interrupted while it waited for Fake at nowhere");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void find_serviceWithBatches_asksInFewCallsAndAgainOnlyForTheBusy() {
        FakeService batched = new FakeService(20);
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < 45; i++) {
            names.add("name" + i);
            batched.with("name" + i, Answer.text("test-" + i));
        }
        batched.with("name7", inTurn(i -> i == 1 ? Answer.busy("throttled", null) : Answer.text("test-7")));

        assertThat(FakeSecretProvider.of(batched).build().find(names))
                .hasSize(45)
                .allSatisfy((name, lookup) -> assertThat(lookup.isFound()).isTrue());
        assertThat(batched.calls).extracting(Set::size).containsExactlyInAnyOrder(20, 20, 5, 1);
        assertThat(batched.calls).contains(Set.of("name7"));
    }

    @Test
    void find_manyNames_areReadSideBySide() {
        CountDownLatch together = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            service.with("name" + i, () -> {
                together.countDown();
                try {
                    return together.await(2, TimeUnit.MINUTES)
                            ? Answer.text("test-value")
                            : Answer.failed("came alone");
                } catch (InterruptedException e) {
                    return Answer.failed("interrupted");
                }
            });
        }

        assertThat(fake().build().find(service.secrets.keySet()).values())
                .hasSize(8)
                .allMatch(Lookup::isFound);
    }

    @Test
    void find_poolThreads_inheritNothingOfTheCaller() {
        InheritableThreadLocal<String> request = new InheritableThreadLocal<>();
        request.set("test-request");
        service.with("token", () -> Answer.text(String.valueOf(request.get())));

        assertThat(one(fake(), "token").value()).isEqualTo("null");
    }

    @Test
    void find_twoNamesOfOneRemoteSecret_failsThoseTwo() {
        service.with("c", Answer.text("test-c"));
        FakeSecretProvider.Builder dashes =
                new FakeSecretProvider.Builder(service, name -> name.replace('_', '-'), null);

        Map<String, Lookup> found = dashes.build().find(new LinkedHashSet<>(List.of("a_b", "a-b", "c")));

        assertThat(List.of(found.get("a_b").problem(), found.get("a-b").problem()))
                .containsOnly("the names a_b and a-b both map to the remote secret a-b: rename one, or give"
                        + " secretPerName(..) a mapping that keeps them apart");
        assertThat(found.get("c").isFound()).isTrue();
        assertThat(service.calls).containsExactly(Set.of("c"));
    }

    @Test
    void find_noNamesOrBadNames_asksNobody() {
        assertThat(fake().build().find(Set.of())).isEmpty();
        assertThatThrownBy(() -> one(fake(), "../x")).isInstanceOf(InvalidSecretNameException.class);
        assertThat(service.calls).isEmpty();
    }

    @Test
    void deadline_outOfRange_isRefused() {
        assertThatThrownBy(() -> fake().deadline(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the deadline must be between a millisecond and a day");
    }

    @Test
    void close_thenFind_fails() {
        SecretProvider provider = fake().build();
        provider.close();

        assertThat(service.closed).isTrue();
        assertThatThrownBy(() -> provider.find(Set.of("a"))).hasMessage("fake: the provider is closed");
    }

    @Test
    void close_idlePool_endsItsThreads() throws Exception {
        Thread[] worker = new Thread[1];
        service.with("token", () -> {
            worker[0] = Thread.currentThread();
            return Answer.text("test-token");
        });
        SecretProvider provider = fake().build();
        provider.find(Set.of("token"));

        provider.close();

        worker[0].join(TimeUnit.MINUTES.toMillis(1));
        assertThat(worker[0].isAlive()).isFalse();
    }

    @Test
    void toString_always_saysStoreAndLayout() {
        assertThat(fake().build()).hasToString("Fake at nowhere, one secret for each name");
        assertThat(fake().keysOf("own", "shared").build()).hasToString("Fake at nowhere, keys of own, shared");
        assertThat(Answer.text("test-sentinel")).hasToString("Text");
    }

    private FakeSecretProvider.Builder fake() {
        return FakeSecretProvider.of(service);
    }

    private static Lookup one(FakeSecretProvider.Builder options, String name) {
        return options.build().find(Set.of(name)).get(name);
    }

    /** Answers by how often it was asked. */
    private static Supplier<Answer> inTurn(Function<Integer, Answer> answer) {
        AtomicInteger calls = new AtomicInteger();
        return () -> answer.apply(calls.incrementAndGet());
    }

    /** Answers when it is too late. */
    private static Answer hang() {
        pause(Duration.ofMinutes(1));
        return Answer.text("test-sentinel");
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
