package dev.modelsecrets.standard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NearMissTest {

    @Test
    void remark_nameOfAMegabyteOfDots_costsNoMoreThanItsLength() {
        // Each of its beginnings is a stem; all of them together have 10^11 characters.
        NearMiss near = new NearMiss(List.of("a.".repeat(500_000), "Token", "other.txt"));

        assertThat(near.remark("token")).isEqualTo(" (Token is there: names must match exactly)");
        assertThat(near.withExtension("other")).isEqualTo("other.txt");
        assertThat(near.of("a.a.a")).isNull();
    }

    @Test
    void of_longestNameWithAPrefix_isFound() {
        String name = "n".repeat(253);

        assertThat(new NearMiss(List.of("TRUSS_SECRET_" + name.toUpperCase(Locale.ROOT))).of("TRUSS_SECRET_" + name))
                .isNotNull();
    }
}
