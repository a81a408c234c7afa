package dev.modelsecrets.examples.benchmarks.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.Secrets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is compared gives the same. */
class RedactBenchmarkTest {

    private final RedactBenchmark benchmark = new RedactBenchmark();

    @BeforeEach
    void prepare() {
        benchmark.secrets = 10;
        benchmark.prepare();
    }

    @Test
    void allWays_sameLog_giveTheSame() {
        String redacted = benchmark.modelSecrets();

        assertThat(redacted).contains("token=[secret:secret_").doesNotContain("token=test-");
        assertThat(benchmark.stringReplace()).isEqualTo(redacted);
        assertThat(benchmark.stringReplaceOfValues()).isEqualTo(redacted);
        assertThat(benchmark.ahoCorasick()).isEqualTo(redacted);
    }

    @Test
    void forms_ofEachSecret_areThoseThatTheRedactorFinds() {
        Map<String, String> secrets = Fixture.secrets(10);
        Redactor redactor = Secrets.of(secrets).redactor();

        assertThat(Patterns.ofForms(secrets))
                .hasSizeGreaterThan(4 * secrets.size())
                .allSatisfy((form, replacement) ->
                        assertThat(redactor.redact("<" + form + ">")).isEqualTo("<" + replacement + ">"));
    }
}
