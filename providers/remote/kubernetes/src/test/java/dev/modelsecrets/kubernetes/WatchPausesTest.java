package dev.modelsecrets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchPausesTest {

    private final WatchPauses pauses = new WatchPauses();

    @Test
    void afterFailure_soonThenForLong_growsAndStaysShortForTenMinutes() {
        assertThat(pauses.afterFailure()).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
        assertThat(pauses.afterFailure()).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        Duration waited = Duration.ZERO;
        while (waited.compareTo(Duration.ofMinutes(6)) < 0) {
            Duration pause = pauses.afterFailure();
            assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(4));
            waited = waited.plus(pause);
        }
        for (int i = 0; i < 300; i++) {
            assertThat(pauses.afterFailure()).isLessThanOrEqualTo(Duration.ofMinutes(1));
        }
        assertThat(pauses.afterFailure()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void afterRefusal_atFirstAsAfterFailure_becomesRareSooner() {
        for (int i = 0; i < 15; i++) {
            assertThat(pauses.afterRefusal()).isLessThanOrEqualTo(Duration.ofSeconds(4));
        }
        for (int i = 0; i < 30; i++) {
            assertThat(pauses.afterRefusal()).isLessThanOrEqualTo(Duration.ofMinutes(5));
        }
        assertThat(pauses.afterRefusal()).isGreaterThanOrEqualTo(Duration.ofSeconds(150));
    }

    @Test
    void reset_orAnotherCause_beginsAnew() {
        for (int i = 0; i < 40; i++) {
            pauses.afterRefusal();
        }
        assertThat(pauses.afterFailure()).isLessThanOrEqualTo(Duration.ofMillis(250));
        assertThat(pauses.afterRefusal()).isLessThanOrEqualTo(Duration.ofMillis(250));
        pauses.afterRefusal();
        pauses.reset();
        assertThat(pauses.afterRefusal()).isLessThanOrEqualTo(Duration.ofMillis(250));
    }
}
