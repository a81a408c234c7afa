package dev.modelsecrets.examples.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.examples.benchmarks.fleet.FleetSimulation.Outcome;
import org.junit.jupiter.api.Test;

class FleetSimulationTest {

    @Test
    void run_jitter_spreadsTheCallsBelowWhatTheStoreAdmits() {
        Outcome without = new FleetSimulation(10_000, 30, 500, 0, false, 1).run();
        Outcome with = new FleetSimulation(10_000, 30, 500, 0.1, true, 1).run();

        assertThat(with.busiestSecond()).isLessThan(without.busiestSecond()).isLessThan(500);
        assertThat(with.failedLooks()).isZero();
    }

    @Test
    void run_sameSeed_sameOutcome() {
        assertThat(new FleetSimulation(1_000, 30, 50, 0.1, true, 7).run())
                .isEqualTo(new FleetSimulation(1_000, 30, 50, 0.1, true, 7).run());
    }
}
