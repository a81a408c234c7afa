package dev.modelsecrets.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private final SecretProvider provider = SecretProvider.of("store", Map.of("a", "value-of-a", "b", "value-of-b"));

    @Test
    void failing_everything_failsEachName() {
        assertThat(Faults.failing(provider).find(Set.of("a", "b")).values())
                .extracting(Lookup::problem)
                .containsExactlyInAnyOrder("fails on purpose for a", "fails on purpose for b");
    }

    @Test
    void failing_oneName_leavesOthers() {
        Map<String, Lookup> answers = Faults.failing(provider, "b").find(Set.of("a", "b"));
        assertThat(answers.get("a").isFound()).isTrue();
        assertThat(answers.get("b").isFailed()).isTrue();
        assertThat(answers.get("b").problem()).isEqualTo("fails on purpose for b");
    }

    @Test
    void failing_ownException_isThrown() {
        SecretProvider faulty = Faults.failing(provider, () -> new IllegalStateException("a client's own"));
        assertThatThrownBy(() -> faulty.find(Set.of("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SecretsResolver.of(faulty).resolve("a"))
                .isInstanceOf(SecretProviderException.class)
                .hasMessageNotContaining("a client's own");
    }

    @Test
    void denying_oneName_leavesOthers() {
        Map<String, Lookup> answers = Faults.denying(provider, "a").find(Set.of("a", "b"));
        assertThat(answers.get("a").isDenied()).isTrue();
        assertThat(answers.get("a").problem()).isEqualTo("a is denied on purpose");
        assertThat(answers.get("b").isFound()).isTrue();
    }

    @Test
    void partial_oneName_isLeftOut() {
        assertThat(Faults.partial(provider, "a").find(Set.of("a", "b"))).containsOnlyKeys("b");
    }

    @Test
    void flapping_oneGoodTwoBad_takesTurns() {
        SecretProvider faulty = Faults.flapping(provider, 1, 2);
        for (int round = 0; round < 3; round++) {
            assertThatCode(() -> faulty.find(Set.of("a"))).doesNotThrowAnyException();
            assertThatThrownBy(() -> faulty.find(Set.of("a"))).hasMessage("store: fails on purpose, at times");
            assertThatThrownBy(() -> faulty.find(Set.of("a"))).isInstanceOf(SecretProviderException.class);
        }
        assertThatThrownBy(() -> Faults.flapping(provider, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void throttled_clockAdvanced_letsThroughAgain() {
        ManualClock clock = ManualClock.create();
        SecretProvider faulty = Faults.throttled(provider, 2, Duration.ofSeconds(10), clock);
        faulty.find(Set.of("a"));
        clock.advance(Duration.ofSeconds(6));
        faulty.find(Set.of("a"));
        assertThatThrownBy(() -> faulty.find(Set.of("a")))
                .isInstanceOf(SecretProviderException.class)
                .hasMessage("store: is throttled on purpose: more than 2 calls in PT10S");
        clock.advance(Duration.ofSeconds(4));
        assertThatCode(() -> faulty.find(Set.of("a"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> faulty.find(Set.of("a"))).isInstanceOf(SecretProviderException.class);
    }

    @Test
    void slow_duration_waits() {
        long start = System.nanoTime();
        Faults.slow(provider, Duration.ofMillis(30)).find(Set.of("a"));
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(29).toNanos());
    }

    @Test
    void slow_gate_waitsUntilOpen() throws Exception {
        Faults.Gate gate = new Faults.Gate();
        SecretProvider faulty = Faults.slow(provider, gate);
        CompletableFuture<Boolean> call = CompletableFuture.supplyAsync(
                () -> faulty.find(Set.of("a")).containsKey("a"), task -> new Thread(task).start());
        gate.awaitWaiting(1, Duration.ofSeconds(20));
        assertThat(call).isNotDone();
        gate.open();
        assertThat(call.get(2, TimeUnit.MINUTES)).isTrue();
        gate.close();
        assertThatThrownBy(() -> gate.awaitWaiting(1, Duration.ofMillis(5)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("0 of 1 calls came to the gate in PT0.005S");
    }

    @Test
    void slow_interrupted_failsAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Faults.slow(provider, new Faults.Gate()).find(Set.of("a")))
                .isInstanceOf(SecretProviderException.class)
                .hasMessage("store: was interrupted while being slow on purpose");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void counted_combined_countsFailuresToo() {
        Faults.Counted counted = Faults.counted(Faults.flapping(provider, 1, 1));
        SecretProvider optional = SecretProvider.optional(counted);
        optional.find(Set.of("a"));
        optional.find(Set.of("b"));
        assertThat(counted.calls()).isEqualTo(2);
        assertThat(counted.requests()).containsExactly(Set.of("a"), Set.of("b"));
        assertThat(counted).hasToString("store (2 calls)");
        counted.reset();
        assertThat(counted.calls()).isZero();
    }

    @Test
    void faults_always_passOnAllButTheState() throws Exception {
        try (RotatingSecrets rotating = RotatingSecrets.of(Map.of("a", "value-of-a"))) {
            SecretProvider faulty = Faults.partial(rotating.provider());
            assertThat(faulty.name()).isEqualTo("fixtures");
            assertThat(faulty.remedy("x")).isEqualTo(rotating.provider().remedy("x"));
            assertThat(Faults.partial(provider).version()).isEmpty();
            assertThat(Faults.counted(provider).version()).isPresent();
            int[] announced = {0};
            try (AutoCloseable watch = faulty.watch(Set.of("a"), () -> announced[0]++)) {
                assertThat(watch).isNotNull();
                rotating.rotate("a", "another-value");
            }
            rotating.rotate("a", "a-third-value");
            assertThat(announced[0]).isEqualTo(1);
        }
    }
}
