package dev.modelsecrets.testing;

import static dev.modelsecrets.testing.SecretsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.ResolutionReport;
import dev.modelsecrets.ResolutionReport.Answer;
import dev.modelsecrets.ResolutionReport.Status;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SecretsAssertionsTest {

    private static final String VALUE = "sentinel-value-one";
    private static final String OTHER = "sentinel-value-two";

    private final Secrets secrets = SecretsResolver.of(SecretProvider.of("store", Map.of("a", VALUE, "b", OTHER)))
            .resolve("a", "b");

    private final ResolutionReport report = SecretsResolver.of(
                    SecretProvider.of("first", Map.of("a", VALUE)),
                    Faults.failing(SecretProvider.of("second", Map.of()), "broken"))
            .explain(SecretDeclarations.of("a", "c", "broken"));

    private final MissingSecretsException missing = catchThrowableOfType(
            MissingSecretsException.class,
            () -> SecretsResolver.of(SecretProvider.of("store", Map.of("a", VALUE)))
                    .resolve("a", "c", "d"));

    @Test
    void secrets_asExpected_pass() {
        assertThat(secrets)
                .hasNames("a", "b")
                .has("a")
                .hasNo("c")
                .hasValue("a", VALUE)
                .hasExactly(Map.of("a", VALUE, "b", OTHER))
                .comesFrom("a", "store: a")
                .isEqualTo(Map.of("a", VALUE, "b", OTHER))
                .isNotEqualTo(Map.of())
                .isSameAs(secrets);
    }

    @Test
    void report_asExpected_passes() {
        assertThat(report)
                .isNotComplete()
                .hasStatus("a", Status.FOUND)
                .hasStatus("c", Status.MISSING)
                .hasStatus("broken", Status.FAILED)
                .isFoundBy("a", "first")
                .hasAnswer("a", "second", Answer.ABSENT)
                .hasAnswer("broken", "second", Answer.FAILED);
        assertThat(SecretsResolver.of(SecretProvider.of("first", Map.of("a", VALUE)))
                        .explain(SecretDeclarations.of("a")))
                .isComplete();
    }

    @Test
    void missing_asExpected_passes() {
        assertThat(missing).hasNames("c", "d").mentions("2 of 3 declared secrets have no value:");
    }

    @Test
    void hasValue_another_showsNeither() {
        assertThatThrownBy(() -> assertThat(secrets).hasValue("a", OTHER))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected the secret a to have another value; neither is shown");
    }

    @Test
    void hasNames_others_showsNames() {
        assertThatThrownBy(() -> assertThat(secrets).hasNames("b", "a"))
                .hasMessage("Expected Secrets[a, b] to have exactly the names [b, a] in this order");
    }

    @Test
    void comesFrom_another_showsPlaces() {
        assertThatThrownBy(() -> assertThat(secrets).comesFrom("a", "vault: a"))
                .hasMessage("Expected the secret a to come from <vault: a>, not from <store: a>");
    }

    @Test
    void description_given_isShown() {
        assertThatThrownBy(() -> assertThat(secrets).as("of the model").has("c"))
                .hasMessage("[of the model] Expected Secrets[a, b] to have the secret c");
    }

    @Test
    void everyAssertion_failing_showsNoValue() {
        Map<String, String> others = Map.of("a", OTHER, "b", VALUE);
        List<ThrowingCallable> failing = List.of(
                () -> assertThat(secrets).hasNames("a"),
                () -> assertThat(secrets).has("c"),
                () -> assertThat(secrets).hasNo("a"),
                () -> assertThat(secrets).hasValue("a", OTHER),
                () -> assertThat(secrets).hasValue("c", OTHER),
                () -> assertThat(secrets).hasExactly(others),
                () -> assertThat(secrets).hasExactly(Map.of("a", OTHER)),
                () -> assertThat(secrets).comesFrom("a", "x"),
                () -> assertThat(secrets).isEqualTo(others),
                () -> assertThat(secrets).isEqualTo(OTHER),
                () -> assertThat(secrets).isNotEqualTo(Map.of("a", VALUE, "b", OTHER)),
                () -> assertThat(secrets).isSameAs(others),
                () -> assertThat(secrets).isNotSameAs(secrets),
                () -> assertThat(secrets).isIn(others, OTHER),
                () -> assertThat(secrets).isNotIn(secrets, OTHER),
                () -> assertThat(secrets).isNull(),
                () -> assertThat((Secrets) null).has("a"),
                () -> assertThat(secrets).isInstanceOf(String.class),
                () -> assertThat(secrets).isExactlyInstanceOf(Map.class),
                () -> assertThat(secrets).hasToString(OTHER),
                () -> assertThat(secrets).matches(Map::isEmpty),
                () -> assertThat(secrets).hasSameHashCodeAs(OTHER),
                () -> assertThat(secrets).asString().isEqualTo(OTHER + "!"),
                () -> assertThat(report).isComplete(),
                () -> assertThat(report).hasStatus("a", Status.MISSING),
                () -> assertThat(report).hasStatus("unknown", Status.MISSING),
                () -> assertThat(report).isFoundBy("c", "first"),
                () -> assertThat(report).hasAnswer("a", "first", Answer.ABSENT),
                () -> assertThat(report).isEqualTo(null),
                () -> assertThat(missing).hasNames("c"),
                () -> assertThat(missing).mentions("something else"));
        assertThat(failing).allSatisfy(assertion -> {
            Throwable failure = catchThrowable(assertion);
            assertThat(failure).isInstanceOf(AssertionError.class);
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            if (failure.getClass().getSimpleName().equals("AssertionFailedError")) {
                // What IDEs show beside the message; by name, because the type comes with JUnit by the way.
                text.append(String.valueOf(
                                failure.getClass().getMethod("getActual").invoke(failure)))
                        .append(String.valueOf(
                                failure.getClass().getMethod("getExpected").invoke(failure)));
            }
            assertThat(text.toString()).doesNotContain(VALUE);
            assertThat(text.toString()).doesNotContain(OTHER);
        });
    }
}
