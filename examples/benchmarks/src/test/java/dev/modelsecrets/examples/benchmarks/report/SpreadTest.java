package dev.modelsecrets.examples.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void of_oddCount_isTheMiddleAndTheQuartiles() {
        assertThat(Spread.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0))).isEqualTo(new Spread(2, 3, 4));
    }

    @Test
    void of_evenCount_liesBetweenTwo() {
        assertThat(Spread.of(List.of(2.0, 1.0))).isEqualTo(new Spread(1.25, 1.5, 1.75));
    }

    @Test
    void ofRatios_isOfPairs() {
        assertThat(Spread.ofRatios(List.of(2.0, 30.0, 8.0), List.of(1.0, 10.0, 2.0)))
                .isEqualTo(new Spread(2.5, 3, 3.5));
    }

    @Test
    void text_hasMedianAndQuartiles() {
        assertThat(new Spread(1, 2, 3.456).text(1)).isEqualTo("2.0 (1.0 to 3.5)");
    }
}
