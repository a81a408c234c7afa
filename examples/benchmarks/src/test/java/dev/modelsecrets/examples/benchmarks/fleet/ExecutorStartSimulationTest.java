package dev.modelsecrets.examples.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.examples.benchmarks.fleet.ExecutorStartSimulation.Outcome;
import org.junit.jupiter.api.Test;

class ExecutorStartSimulationTest {

    @Test
    void run_twoThousandInTenSeconds_storeRefusesNoneOfTwoCalls() {
        Outcome outcome = new ExecutorStartSimulation(2_000, 10, 500, 2, true, 1).run();

        assertThat(outcome.refused()).isZero();
        assertThat(outcome.ended()).isZero();
        assertThat(outcome.busiestAtStart()).isLessThanOrEqualTo(500);
        assertThat(outcome.busiestLater()).isLessThan(500);
    }

    @Test
    void run_allAtOnce_allGetTheirSecretsAndMixAfterwards() {
        Outcome with = new ExecutorStartSimulation(2_000, 1, 500, 2, true, 1).run();
        Outcome without = new ExecutorStartSimulation(2_000, 1, 500, 2, false, 1).run();

        assertThat(with.refused()).isPositive();
        assertThat(with.ended()).isZero();
        assertThat(with.busiestLater()).isLessThan(without.busiestLater());
    }

    @Test
    void run_storeThatAdmitsTooFew_someGiveUp() {
        assertThat(new ExecutorStartSimulation(2_000, 10, 5, 2, true, 1).run().ended())
                .isPositive();
    }
}
