package dev.modelsecrets.standard.functional;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fuzz test is worth what its checker notices. */
class LeakCheckerTest {

    private static final String SENTINEL = "XQ9ZJ7WVK4QXZ8JHV3";

    private final LeakChecker checker = new LeakChecker(SENTINEL);

    static Stream<Arguments> leaks() {
        Throwable suppressing = new SecretProviderExceptionLike("words");
        suppressing.addSuppressed(new IOException(SENTINEL));
        return Stream.of(
                arguments("in a message", new SecretProviderException("x", "near " + SENTINEL)),
                arguments("in part", new SecretProviderException("x", "near '9ZJ7WV...'")),
                arguments("in lower case", new SecretProviderException("x", "near 9zj7wv")),
                arguments("in a cause", new IllegalStateException("words", new IOException("at " + SENTINEL))),
                arguments(
                        "in a cause of a cause", new IllegalStateException(new IOException(new IOException(SENTINEL)))),
                arguments("in a suppressed exception", suppressing),
                arguments("by a parser", parserFailure()));
    }

    private static Throwable parserFailure() {
        try (JsonParser parser = new JsonFactory().createParser("{\"a\": " + SENTINEL + "}")) {
            while (parser.nextToken() != null) {
                // Goes on to the bad token.
            }
        } catch (IOException e) {
            return e;
        }
        throw new AssertionError("accepted");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("leaks")
    void check_leakingThrowable_isNoticed(String description, Throwable leaking) {
        assertThatThrownBy(() -> checker.check(leaking))
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessageStartingWith("stack trace leaks: ");
    }

    @Test
    void check_foreignThrowable_isNoticed() {
        assertThatThrownBy(() -> checker.check(new NullPointerException("words")))
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessageStartingWith("not an exception of the library: java.lang.NullPointerException: words");
    }

    @Test
    void check_foreignThrowableThatTheResolverWithheld_isNoticed() {
        SecretProvider broken = SecretProvider.of("broken", (String name) -> {
            throw new IllegalStateException(SENTINEL);
        });

        try {
            SecretsResolver.of(broken).resolve("a");
        } catch (SecretProviderException e) {
            assertThatThrownBy(() -> checker.check(e))
                    .isExactlyInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("stands for an exception that is not one of the library: ");
            return;
        }
        throw new AssertionError("resolved");
    }

    @Test
    void check_leakingText_isNoticed() {
        assertThatThrownBy(() -> checker.check("log line", "WARNING " + SENTINEL))
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessage("log line leaks: WARNING " + SENTINEL);
    }

    @Test
    void check_leakingLookup_isNoticed() {
        assertThatThrownBy(() -> checker.check(List.of(Lookup.absent("not " + SENTINEL))))
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessage("lookup leaks: absent: not " + SENTINEL);
    }

    @Test
    void check_whatTheLibraryGivesOut_passes() {
        assertThatCode(() -> {
                    checker.check(new SecretProviderException("x", "is not valid YAML at line 2, column 3"));
                    checker.check(List.of(Lookup.found(SENTINEL, "/secrets/token")));
                    checker.check(SecretsResolver.of(SecretProvider.of("memory", Map.of("a", SENTINEL)))
                            .resolve("a"));
                    checker.check("five characters", "XQ9ZJ");
                })
                .doesNotThrowAnyException();
    }

    /** An exception that, unlike those of the library, can carry others. */
    private static final class SecretProviderExceptionLike extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SecretProviderExceptionLike(String message) {
            super(message);
        }
    }
}
