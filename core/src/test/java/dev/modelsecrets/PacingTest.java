package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PacingTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static void between(long actual, double low, double high) {
        assertThat(actual / (double) SECOND).isBetween(low, high);
    }

    @Test
    void interval_pauses_differByUpToATenth() {
        Pacing pacing = new Pacing(30 * SECOND);
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (int i = 0; i < 1_000; i++) {
            pacing.succeeded(0, false, false, null, NOW);
            long pause = pacing.untilNextLook(0);
            between(pause, 27, 33);
            shortest = Math.min(shortest, pause);
            longest = Math.max(longest, pause);
        }
        between(longest - shortest, 3, 6);
    }

    @Test
    void interval_zero_isNever() {
        Pacing pacing = new Pacing(0);
        pacing.succeeded(0, false, false, null, NOW);

        assertThat(pacing.untilNextLook(0)).isEqualTo(Pacing.NEVER);
        assertThat(pacing.mustRead()).isFalse();
    }

    @Test
    void failures_inARow_growThePauseUpToEightIntervals() {
        Pacing pacing = new Pacing(10 * SECOND);
        for (double expected : new double[] {10, 20, 40, 80, 80, 80}) {
            pacing.failed(0, false, null, NOW);
            between(pacing.untilNextLook(0), 0.9 * expected, 1.1 * expected);
            assertThat(pacing.mustRead()).isTrue();
        }
        pacing.succeeded(0, false, false, null, NOW);
        between(pacing.untilNextLook(0), 9, 11);
    }

    @Test
    void failure_ofAnAnnouncedChange_isTriedAgainSoonEvenWithoutAnInterval() {
        for (long interval : new long[] {0, 3600 * SECOND}) {
            Pacing pacing = new Pacing(interval);
            pacing.failed(0, true, null, NOW);
            between(pacing.untilNextLook(0), 0.09, 0.11);
            pacing.failed(0, false, null, NOW);
            between(pacing.untilNextLook(0), 0.18, 0.22);
            for (int i = 0; i < 40; i++) {
                pacing.failed(0, false, null, NOW);
            }
            assertThat(pacing.untilNextLook(0)).isLessThanOrEqualTo(Math.max(330, 3960) * SECOND);
            pacing.succeeded(0, true, true, null, NOW);
            assertThat(pacing.untilNextLook(0)).isGreaterThan(1000 * SECOND);
        }
    }

    @Test
    void announcements_thatChangeNothing_waitLongerEachTime() {
        Pacing pacing = new Pacing(0);
        long last = 0;
        for (int i = 0; i < 20; i++) {
            pacing.succeeded(0, true, false, null, NOW);
            long pause = pacing.untilAnnouncedLook(0);
            assertThat(pause).isGreaterThanOrEqualTo(last);
            last = pause;
        }
        between(last, 5, 5);
        pacing.succeeded(0, true, true, null, NOW);
        between(pacing.untilAnnouncedLook(0), 0.02, 0.02);
        assertThat(pacing.untilAnnouncedLook(SECOND)).isNegative();
    }

    @Test
    void announcements_ofLooksThatFail_waitLongerEachTime() {
        Pacing pacing = new Pacing(0);
        long before = 0;
        for (int i = 0; i < 8; i++) {
            pacing.failed(0, true, null, NOW);
            long pause = pacing.untilAnnouncedLook(0);
            assertThat(pause).isGreaterThan(before);
            before = pause;
        }
        pacing.succeeded(0, true, true, null, NOW);
        assertThat(pacing.untilAnnouncedLook(0)).isLessThan(SECOND / 10);
    }

    @Test
    void expiry_isLookedUpAtTwoThirdsOfTheLifeAndRead() {
        Pacing pacing = new Pacing(3600 * SECOND);
        pacing.succeeded(0, false, false, NOW.plusSeconds(90), NOW);

        between(pacing.untilNextLook(0), 60, 60);
        assertThat(pacing.mustRead()).isTrue();
    }

    @Test
    void expiry_thatIsOver_isLookedUpWithoutSpinning() {
        Pacing pacing = new Pacing(0);
        pacing.succeeded(0, false, false, NOW.minusSeconds(5), NOW);
        between(pacing.untilNextLook(0), 1, 1);

        pacing.failed(0, false, NOW.minusSeconds(5), NOW);
        pacing.failed(0, false, NOW.minusSeconds(5), NOW);
        between(pacing.untilNextLook(0), 4, 4);
    }
}
