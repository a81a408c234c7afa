package dev.modelsecrets.standard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMissTest {

    @ParameterizedTest
    @CsvSource({
        "hf_token,  HF_TOKEN,  true",
        "hf_token,  hf-token,  true",
        "hf-token,  Hf.Token,  true",
        "hf_token,  hf_token,  false",
        "hf_token,  hftoken,   false",
        "hf_token,  hf_token2, false",
        "hf_token,  xf_token,  false"
    })
    void of_oneOtherName_isNearIfOnlyCaseOrPunctuationDiffers(String wanted, String other, boolean near) {
        assertThat(NearMiss.of(wanted, List.of(other))).isEqualTo(near ? other : null);
    }

    @Test
    void of_severalNearNames_isTheFirst() {
        assertThat(NearMiss.of("a_b", List.of("x", "A_B", "a-b"))).isEqualTo("A_B");
    }

    @Test
    void remark_nearNameAndPrefixedName_isTheNearName() {
        assertThat(NearMiss.remark("a", List.of("TRUSS_SECRET_a", "A")))
                .isEqualTo(" (A is there: names must match exactly)");
    }

    @Test
    void remark_nothingNear_isEmpty() {
        assertThat(NearMiss.remark("a", List.of("b", "TRUSS_SECRET_b"))).isEmpty();
    }
}
