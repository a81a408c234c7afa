package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConflictPolicyTest {

    private final FakeProvider first = new FakeProvider("first").has("a", "1").has("b", "same");
    private final FakeProvider second = new FakeProvider("second").has("a", "2").has("b", "same");

    private SecretsResolver resolver(ConflictPolicy policy) {
        return SecretsResolver.builder()
                .provider(first)
                .provider(second)
                .conflicts(policy)
                .build();
    }

    @Test
    void ignore_differentValues_asksNoFurtherAndSaysNothing() {
        try (LogCapture log = new LogCapture()) {
            assertThat(resolver(ConflictPolicy.IGNORE).resolve("a", "b")).isEqualTo(Map.of("a", "1", "b", "same"));

            assertThat(log.lines()).isEmpty();
        }
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void ignore_isTheDefault() {
        try (LogCapture log = new LogCapture()) {
            SecretsResolver.of(first, second).resolve("a", "b");

            assertThat(log.lines()).isEmpty();
        }
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void warn_differentValues_warnsOnceForEachConflict() {
        SecretsResolver resolver = resolver(ConflictPolicy.WARN);

        try (LogCapture log = new LogCapture()) {
            assertThat(resolver.resolve("a", "b")).isEqualTo(Map.of("a", "1", "b", "same"));
            assertThat(resolver.resolve("a", "b")).isEqualTo(Map.of("a", "1", "b", "same"));

            assertThat(log.lines())
                    .containsExactly("WARNING a has different values in: first: /first/a, second: /second/a;"
                            + " the first one is used");
        }
        assertThat(first.asked()).containsExactly(List.of("a", "b"), List.of("a", "b"));
        assertThat(second.asked()).containsExactly(List.of("a", "b"), List.of("a", "b"));
    }

    @Test
    void warn_newConflictLater_warnsAgain() {
        SecretsResolver resolver = resolver(ConflictPolicy.WARN);

        try (LogCapture log = new LogCapture()) {
            resolver.resolve("a", "b");
            second.has("b", "other");
            resolver.resolve("a", "b");

            assertThat(log.lines())
                    .containsExactly(
                            "WARNING a has different values in: first: /first/a, second: /second/a;"
                                    + " the first one is used",
                            "WARNING b has different values in: first: /first/b, second: /second/b;"
                                    + " the first one is used");
        }
    }

    @Test
    void warn_equalOrBlankValues_saysNothing() {
        FakeProvider third = new FakeProvider("third").has("b", " ").lacks("a", "not here");
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(new FakeProvider("first").has("a", "1").has("b", "same"))
                .provider(new FakeProvider("second").has("b", "same"))
                .provider(third)
                .conflicts(ConflictPolicy.WARN)
                .build();

        try (LogCapture log = new LogCapture()) {
            resolver.resolve("a", "b");

            assertThat(log.lines()).isEmpty();
        }
        assertThat(third.asked()).containsExactly(List.of("a", "b"));
    }

    @Test
    void warn_brokenProviderThatIsNotNeeded_warnsAndSucceeds() {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(first)
                .provider(new FakeProvider("broken").fails(new SecretProviderException("broken", "sealed")))
                .provider(second)
                .conflicts(ConflictPolicy.WARN)
                .build();

        try (LogCapture log = new LogCapture()) {
            assertThat(resolver.resolve("a")).isEqualTo(Map.of("a", "1"));
            assertThat(resolver.resolve("a")).isEqualTo(Map.of("a", "1"));

            assertThat(log.lines())
                    .containsExactly(
                            "WARNING Conflicts cannot be looked for in one provider. broken: sealed",
                            "WARNING a has different values in: first: /first/a, second: /second/a;"
                                    + " the first one is used");
        }
    }

    @Test
    void warn_brokenProviderThatIsNeeded_fails() {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(first)
                .provider(new FakeProvider("broken").fails(new SecretProviderException("broken", "sealed")))
                .provider(new FakeProvider("third").has("c", "stale"))
                .conflicts(ConflictPolicy.WARN)
                .build();

        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> resolver.resolve("a", "c"))
                .withMessageContaining("broken    failed: sealed");
    }

    @Test
    void fail_differentValues_namesBothPlaces() {
        assertThatExceptionOfType(SecretConflictException.class)
                .isThrownBy(() -> resolver(ConflictPolicy.FAIL).resolve("b", "a"))
                .withMessage("""
                        different values for one name:
                          a
                            first: /first/a
                            second: /second/a
                        Remove all but one of each, or make them equal.\
                        """)
                .satisfies(exception -> assertThat(exception.names()).containsExactly("a"));
        assertThat(first.asked()).containsExactly(List.of("b", "a"));
        assertThat(second.asked()).containsExactly(List.of("b", "a"));
    }

    @Test
    void fail_severalConflicts_namesEachOnce() {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(new FakeProvider("first").has("a", "1").has("b", "1"))
                .provider(new FakeProvider("second").has("a", "2").has("b", "2"))
                .provider(new FakeProvider("third").has("a", "1").has("b", "3"))
                .conflicts(ConflictPolicy.FAIL)
                .build();

        assertThatExceptionOfType(SecretConflictException.class)
                .isThrownBy(() -> resolver.resolve("a", "b"))
                .withMessage("""
                        different values for one name:
                          a
                            first: /first/a
                            second: /second/a
                          b
                            first: /first/b
                            second: /second/b
                            third: /third/b
                        Remove all but one of each, or make them equal.\
                        """)
                .satisfies(exception -> assertThat(exception.names()).containsExactly("a", "b"));
    }

    @Test
    void fail_equalValues_succeeds() {
        assertThat(resolver(ConflictPolicy.FAIL).resolve("b")).isEqualTo(Map.of("b", "same"));
        assertThat(second.asked()).hasSize(1);
    }

    @Test
    void fail_valueAndDefault_isNoConflict() {
        SecretDeclarations declarations =
                SecretDeclarations.builder().withDefault("b", "another").build();

        assertThat(resolver(ConflictPolicy.FAIL).resolve(declarations)).isEqualTo(Map.of("b", "same"));
    }

    @Test
    void fail_brokenProviderAfterTheWinner_fails() {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(first)
                .provider(new FakeProvider("broken").fails(new SecretProviderException("broken", "sealed")))
                .conflicts(ConflictPolicy.FAIL)
                .build();

        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> resolver.resolve("a"))
                .withMessageContaining("broken    failed: sealed");
    }

    @Test
    void warn_failureAboutASecretThatHasAValue_doesNotStopTheOthers() {
        SecretProvider first = SecretProvider.of("first", Map.of("a", "test-a"));
        FakeProvider second = new FakeProvider("second").has("b", "test-b").failsAbout("a", "a is sealed");
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(first)
                .provider(second)
                .conflicts(ConflictPolicy.WARN)
                .build();

        try (LogCapture log = new LogCapture()) {
            assertThat(resolver.resolve("a", "b")).containsEntry("a", "test-a").containsEntry("b", "test-b");
            assertThat(log.lines())
                    .containsExactly("WARNING Conflicts cannot be looked for in one provider. second: a is sealed");
        }
    }

    @Test
    void fail_thousandsOfNames_messageStaysReadable() {
        Map<String, String> values = new TreeMap<>();
        Map<String, String> others = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            values.put("name-" + i, "test-a-" + i);
            others.put("name-" + i, "test-b-" + i);
        }
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(SecretProvider.of("first", values))
                .provider(SecretProvider.of("second", others))
                .conflicts(ConflictPolicy.FAIL)
                .build();

        assertThatThrownBy(() -> resolver.resolve(values.keySet().toArray(new String[0])))
                .isInstanceOfSatisfying(SecretConflictException.class, failure -> {
                    assertThat(failure.names()).containsExactlyElementsOf(values.keySet());
                    assertThat(failure.getMessage().lines()).hasSizeLessThan(100);
                    assertThat(failure).hasMessageContaining(" and 4780 more\nRemove all but one of each");
                });
    }

    @Test
    void warn_failureAboutASecretThatIsOpen_stops() {
        FakeProvider provider = new FakeProvider("first").failsAbout("a", "a is sealed");
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(provider)
                .conflicts(ConflictPolicy.WARN)
                .build();

        assertThatThrownBy(() -> resolver.resolve("a", "b"))
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessageContaining("first    failed: a is sealed");
    }
}
