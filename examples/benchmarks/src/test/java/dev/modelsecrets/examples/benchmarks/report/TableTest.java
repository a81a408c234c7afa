package dev.modelsecrets.examples.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void toString_isAlignedMarkdown() {
        assertThat(new Table("Name", "ms").row("long name", "1.25").row("x", "100.00"))
                .hasToString("""
                        | Name      |     ms |
                        | ---       |    --: |
                        | long name |   1.25 |
                        | x         | 100.00 |
                        """);
    }

    @Test
    void row_otherNumberOfCells_isRefused() {
        assertThatThrownBy(() -> new Table("a", "b").row("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells for 2 columns");
    }
}
