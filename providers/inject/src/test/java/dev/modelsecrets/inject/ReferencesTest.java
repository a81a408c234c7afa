package dev.modelsecrets.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of Kubernetes for {@code command} and {@code args}. */
class ReferencesTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("HOST", "example.org", "PORT", "80", "EMPTY", "", "NESTED", "$(PORT)", "DOLLARS", "$$");

    @ParameterizedTest
    @CsvSource({
        "$(HOST), example.org",
        "--url=http://$(HOST):$(PORT)/x, --url=http://example.org:80/x",
        "$(PORT)$(PORT), 8080",
        "[$(EMPTY)], []",
        "\\$(PORT), \\80",
        "'$( PORT )$(PORT)', '$( PORT )80'",
        "é$(PORT)é, é80é",
    })
    void expand_knownReference_isItsValue(String text, String expected) {
        assertThat(new References(ENVIRONMENT).expand(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"$(NESTED), $(PORT)", "$(DOLLARS)(PORT), $$(PORT)", "$(DOLLARS)$(PORT), $$80"})
    void expand_valueLikeAReference_isNotLookedIntoAgain(String text, String expected) {
        assertThat(new References(ENVIRONMENT).expand(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "$$, $",
        "$$(PORT), $(PORT)",
        "$$$(PORT), $80",
        "$$$$(PORT), $$(PORT)",
        "$$$$$(PORT), $$80",
        "$$PORT, $PORT",
        "a$$b$$c, a$b$c",
        "$$$, $$",
        "$$(NOBODY), $(NOBODY)",
        "$$(PORT)$(PORT), $(PORT)80",
    })
    void expand_twoDollars_areOne(String text, String expected) {
        References references = new References(ENVIRONMENT);

        assertThat(references.expand(text)).isEqualTo(expected);
        assertThat(references.unknown()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "$",
                "cost: 5$",
                "$PORT",
                "${PORT}",
                "(PORT)",
                "$ (PORT)",
                "$x(PORT)",
                "$?",
                "$\u00e9",
                "$\ud83d\ude00(PORT)",
                "$(",
                "$(PORT",
                "$(PORT}",
                "a $( b",
                "$($($(",
                "\n"
            })
    void expand_anythingElse_staysAsItIs(String text) {
        References references = new References(ENVIRONMENT);

        assertThat(references.expand(text)).isEqualTo(text);
        assertThat(references.unknown()).isEmpty();
    }

    @Test
    void expand_unclosedReferenceBehindAKnownOne_staysAsItIs() {
        assertThat(new References(ENVIRONMENT).expand("$(PORT)-$(HOST")).isEqualTo("80-$(HOST");
    }

    @ParameterizedTest
    @CsvSource({
        "$(NOBODY), NOBODY",
        "$(port), port",
        "x$()y, ''",
        "$(PORT$(HOST)), PORT$(HOST",
        "$($(PORT)), $(PORT",
        "$(a$$b), a$$b",
        "$( PORT), ' PORT'",
    })
    void expand_unknownReference_staysAsItIsAndIsRemembered(String text, String name) {
        References references = new References(ENVIRONMENT);

        assertThat(references.expand(text)).isEqualTo(text);
        assertThat(references.unknown()).containsExactly(name);
    }

    @Test
    void unknown_severalTexts_areAllRememberedOnceAndInOrder() {
        References references = new References(ENVIRONMENT);

        references.expand("$(Z) $(PORT) $(A)");
        references.expand("$(A) $(M)");

        assertThat(references.unknown()).containsExactly("Z", "A", "M");
    }
}
