package dev.modelsecrets.examples.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoalTest {

    private static final Spread TWO = new Spread(1, 2, 3);

    @Test
    void atMost_medianIsTheLimit_isMet() {
        assertThat(Goal.atMost(2, "a / b", TWO).met()).isTrue();
        assertThat(Goal.atMost(1.99, "a / b", TWO).met()).isFalse();
    }

    @Test
    void atLeast_medianIsTheLimit_isMet() {
        assertThat(Goal.atLeast(2, "a / b", TWO).met()).isTrue();
        assertThat(Goal.atLeast(2.01, "a / b", TWO).met()).isFalse();
    }

    @Test
    void table_saysWhatIsMet() {
        assertThat(Goal.table(List.of(Goal.atMost(1.15, "a / b", TWO), Goal.atLeast(2, "b / a", TWO))))
                .asString()
                .contains("| a / b |", "at most 1.15 |", "2.00 (1.00 to 3.00)", "missed |", "at least 2 |", " met |");
    }
}
