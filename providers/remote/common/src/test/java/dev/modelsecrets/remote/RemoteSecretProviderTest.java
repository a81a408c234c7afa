package dev.modelsecrets.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretAccessDeniedException;
import dev.modelsecrets.SecretProviderException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RemoteSecretsTest {

    private final FakeService service = new FakeService();

    @Test
    void find_secretPerName_foundWithItsPlace() {
        service.with("models/token", Answer.text("test-token"));

        Lookup lookup = perName("models/").find(Set.of("token")).get("token");

        assertThat(lookup.value()).isEqualTo("test-token");
        assertThat(lookup.location()).isEqualTo("fake/models/token");
    }

    @Test
    void find_secretPerNameWithKey_takesTheKeyOfADocumentOrOfJson() {
        service.with("a", Answer.document(Map.of("value", "test-a", "other", "x")));
        service.with("b", Answer.text("{\"value\": 1.10}"));
        service.with("c", Answer.document(Map.of("Value", "test-c")));
        RemoteSecrets secrets = secrets(new Layout.Builder(UnaryOperator.identity(), "value"));

        Map<String, Lookup> found = secrets.find(Set.of("a", "b", "c"));

        assertThat(found.get("a").value()).isEqualTo("test-a");
        assertThat(found.get("a").location()).isEqualTo("fake/a key value");
        assertThat(found.get("b").value()).isEqualTo("1.10");
        assertThat(found.get("c").reason())
                .isEqualTo("fake/c has no key value (Value is there: names must match exactly)");
    }

    @Test
    void find_blankValue_isAbsent() {
        service.with("token", Answer.text(" \n"));

        assertThat(perName("").find(Set.of("token")).get("token").reason()).isEqualTo("fake/token is blank");
    }

    @Test
    void find_keysOfTwo_firstWinsAndTheSecondIsAskedOnlyForOpenNames() {
        service.with("own", Answer.text("{\"a\": \"test-a\", \"c\": null}"));
        service.with("shared", Answer.document(Map.of("a", "test-other", "b", "test-b")));
        RemoteSecrets secrets = keysOf("own", "shared");

        Map<String, Lookup> found = secrets.find(Set.of("a", "b", "c"));

        assertThat(found.get("a").value()).isEqualTo("test-a");
        assertThat(found.get("b").location()).isEqualTo("fake/shared key b");
        assertThat(found.get("c").reason()).isEqualTo("fake/own key c is null; fake/shared has no key c");
        service.calls.clear();
        secrets.find(Set.of("a"));
        assertThat(service.calls).containsExactly(Set.of("own"));
    }

    @Test
    void find_keysOfOneThatIsAbsent_goesOnAndSaysSo() {
        service.with("shared", Answer.document(Map.of("b", "test-b")));

        Map<String, Lookup> found = keysOf("own", "shared").find(Set.of("a", "b"));

        assertThat(found.get("b").value()).isEqualTo("test-b");
        assertThat(found.get("a").reason()).isEqualTo("fake/own does not exist; fake/shared has no key a");
    }

    @Test
    void find_documentThatIsNoObject_failsWithoutQuotingIt() {
        service.with("plain", Answer.text("test-sentinel"));
        service.with("broken", Answer.text("{\"a\": \"test-sentinel\" oops"));
        service.with("twice", Answer.text("{\"a\": \"test-sentinel\", \"a\": 1}"));

        assertThatThrownBy(() -> keysOf("plain").find(Set.of("a")))
                .isInstanceOf(SecretProviderException.class)
                .hasMessage("fake: fake/plain is not a JSON object, so it has no keys");
        assertThatThrownBy(() -> keysOf("broken").find(Set.of("a")))
                .hasMessage("fake: fake/broken is not valid JSON at line 1, column 23");
        assertThatThrownBy(() -> keysOf("twice").find(Set.of("a")))
                .hasMessageStartingWith("fake: fake/twice has a key twice at line 1");
    }

    @Test
    void find_unusableKey_failsOnlyIfWanted() {
        service.with(
                "mixed",
                Answer.document(
                        Set.of("text", "bytes"),
                        key -> key.equals("text") ? Answer.text("test-text") : Answer.failed("bytes is not UTF-8")));

        assertThat(keysOf("mixed").find(Set.of("text")).get("text").value()).isEqualTo("test-text");
        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> keysOf("mixed").find(Set.of("text", "bytes")))
                .withMessage("fake: bytes is not UTF-8")
                .satisfies(e -> assertThat(e.secretName()).contains("bytes"));
    }

    @Test
    void find_deniedAndFailedNames_areAboutTheFirstAndNameTheOthers() {
        service.with("a", Answer.text("test-a"));
        service.with("b", Answer.denied("Fake refuses fake/b"));
        service.with("c", Answer.failed("fake/c is disabled"));

        assertThatExceptionOfType(SecretAccessDeniedException.class)
                .isThrownBy(() -> perName("").find(new LinkedHashSet<>(List.of("a", "b", "c"))))
                .withMessage("Fake refuses fake/b (also unreadable: c)")
                .satisfies(e -> assertThat(e.secretName()).isEqualTo("b"));
        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> perName("").find(Set.of("a", "c")))
                .withMessage("fake: fake/c is disabled")
                .satisfies(e -> assertThat(e.secretName()).contains("c"));
    }

    @Test
    void find_deniedDocument_isDenied() {
        service.with("own", Answer.denied("Fake refuses fake/own"));

        assertThatExceptionOfType(SecretAccessDeniedException.class)
                .isThrownBy(() -> keysOf("own", "shared").find(Set.of("a")))
                .withMessage("Fake refuses fake/own");
        assertThat(service.calls).containsExactly(Set.of("own"));
    }

    @Test
    void find_systemUnavailable_isAboutTheWhole() {
        service.with("a", Answer.denied("Fake refuses fake/a"));
        service.with("b", Answer.unavailable("Fake at nowhere is sealed"));

        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> perName("").find(new LinkedHashSet<>(List.of("a", "b"))))
                .withMessage("fake: Fake at nowhere is sealed")
                .satisfies(e -> assertThat(e.secretName()).isEmpty());
    }

    @Test
    void find_busyThenFine_isTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        service.with(
                "token",
                () -> calls.incrementAndGet() < 3
                        ? Answer.busy("Fake at nowhere answers 503", null)
                        : Answer.text("test-token"));

        assertThat(perName("").find(Set.of("token")).get("token").isFound()).isTrue();
        assertThat(calls).hasValue(3);
    }

    @Test
    void find_busyForGood_failsByTheDeadline() {
        service.with("token", Answer.busy("Fake at nowhere answers 429 (too many requests)", null));
        long begun = System.nanoTime();

        assertThatThrownBy(() -> perName("", Duration.ofMillis(500)).find(Set.of("token")))
                .isInstanceOf(SecretProviderException.class)
                .hasMessageMatching("fake: Fake at nowhere answers 429 \\(too many requests\\)"
                        + " \\(tried [2-9] times; the time limit is 500 ms\\)");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void find_busyForLongerThanTheDeadline_doesNotWait() {
        service.with("token", Answer.busy("Fake at nowhere answers 429", Duration.ofSeconds(Long.MAX_VALUE)));

        assertThatThrownBy(() -> perName("").find(Set.of("token")))
                .hasMessage("fake: Fake at nowhere answers 429 (tried once; the time limit is 10 s)");
    }

    @Test
    void find_busyAndThenSilent_saysThatItWasBusy() {
        AtomicInteger calls = new AtomicInteger();
        service.with(
                "token",
                () -> calls.incrementAndGet() == 1 ? Answer.busy("Fake at nowhere answers 503", null) : silence());

        assertThatThrownBy(() -> perName("", Duration.ofMillis(500)).find(Set.of("token")))
                .hasMessage("fake: Fake at nowhere answers 503 (tried once; the time limit is 500 ms)");
    }

    @Test
    void find_silentSystem_failsAtTheDeadline() {
        service.with("token", RemoteSecretsTest::silence);

        assertThatThrownBy(() -> perName("", Duration.ofMillis(200)).find(Set.of("token")))
                .isInstanceOf(SecretProviderException.class)
                .hasMessage("fake: Fake at nowhere did not answer within 200 ms");
    }

    @Test
    void find_serviceThatForgetsAName_fails() {
        RemoteService forgetful = new FakeService() {
            @Override
            public Map<String, Answer> read(Set<String> names, Deadline deadline) {
                return Map.of();
            }
        };
        RemoteSecrets secrets = new RemoteSecrets(
                "fake", new Layout.Builder(UnaryOperator.identity(), null).build(), forgetful, Duration.ofSeconds(10));

        assertThatThrownBy(() -> secrets.find(Set.of("token")))
                .hasMessage("fake: Fake at nowhere gave an answer without what it was asked for");
    }

    @Test
    void find_callerInterrupted_failsAndKeepsTheInterrupt() {
        service.with("token", RemoteSecretsTest::silence);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> perName("").find(Set.of("token")))
                .hasMessage("fake: the thread was interrupted while it waited for Fake at nowhere");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void find_clientThatThrows_saysTheClassOnly() {
        service.with("token", () -> {
            throw new IllegalArgumentException("test-sentinel");
        });

        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> perName("").find(Set.of("token")))
                .withMessage(
                        "fake: Fake at nowhere could not be asked: the client failed with"
                                + " java.lang.IllegalArgumentException (its message is withheld, because it may quote a secret)")
                .withNoCause();
    }

    @Test
    void find_serviceWithBatches_asksInFewCallsAndAgainOnlyForTheBusy() {
        FakeService batched = new FakeService(20);
        AtomicInteger calls = new AtomicInteger();
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < 45; i++) {
            names.add("name" + i);
            batched.with("name" + i, Answer.text("test-" + i));
        }
        batched.with(
                "name7", () -> calls.incrementAndGet() == 1 ? Answer.busy("throttled", null) : Answer.text("test-7"));
        RemoteSecrets secrets = new RemoteSecrets(
                "fake", new Layout.Builder(UnaryOperator.identity(), null).build(), batched, Duration.ofSeconds(10));

        assertThat(secrets.find(names))
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
                    return together.await(5, TimeUnit.SECONDS)
                            ? Answer.text("test-value")
                            : Answer.failed("came alone");
                } catch (InterruptedException e) {
                    return Answer.failed("interrupted");
                }
            });
        }

        assertThat(perName("").find(service.secrets.keySet())).hasSize(8);
    }

    @Test
    void find_twoNamesOfOneRemoteSecret_fails() {
        RemoteSecrets secrets = secrets(new Layout.Builder(name -> name.replace('_', '-'), null));

        assertThatThrownBy(() -> secrets.find(new LinkedHashSet<>(List.of("a_b", "a-b"))))
                .isInstanceOf(SecretProviderException.class)
                .hasMessage("fake: the names a_b and a-b both map to the remote secret a-b: rename one, or give"
                        + " secretPerName(..) a mapping that keeps them apart");
        assertThat(service.calls).isEmpty();
    }

    @Test
    void find_noNamesOrBadNames_asksNobody() {
        assertThat(perName("").find(Set.of())).isEmpty();
        assertThatThrownBy(() -> perName("").find(Set.of("../x"))).isInstanceOf(InvalidSecretNameException.class);
        assertThat(service.calls).isEmpty();
    }

    @Test
    void close_thenFind_fails() {
        RemoteSecrets secrets = perName("");
        secrets.close();

        assertThat(service.closed).isTrue();
        assertThatThrownBy(() -> secrets.find(Set.of("a"))).hasMessage("fake: the provider is closed");
    }

    @Test
    void toString_always_saysSystemAndLayout() {
        assertThat(perName("")).hasToString("Fake at nowhere, one secret for each name");
        assertThat(keysOf("own", "shared")).hasToString("Fake at nowhere, keys of own, shared");
        assertThat(Answer.text("test-sentinel")).hasToString("Text");
    }

    /** Answers when it is too late. */
    private static Answer silence() {
        try {
            TimeUnit.MINUTES.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Answer.text("test-sentinel");
    }

    private RemoteSecrets perName(String prefix) {
        return perName(prefix, RemoteSecrets.DEFAULT_DEADLINE);
    }

    private RemoteSecrets perName(String prefix, Duration limit) {
        Layout.Builder layout = new Layout.Builder(UnaryOperator.identity(), null);
        layout.secretPerName(prefix);
        return new RemoteSecrets("fake", layout.build(), service, limit);
    }

    private RemoteSecrets keysOf(String... documents) {
        Layout.Builder layout = new Layout.Builder(UnaryOperator.identity(), "value");
        layout.keysOf(documents);
        return secrets(layout);
    }

    private RemoteSecrets secrets(Layout.Builder layout) {
        return new RemoteSecrets("fake", layout.build(), service, RemoteSecrets.DEFAULT_DEADLINE);
    }
}
