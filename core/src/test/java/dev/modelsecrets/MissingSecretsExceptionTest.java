package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The message that people read most, word for word. */
class MissingSecretsExceptionTest {

    @Test
    void message_oneOfOne_namesItAndTheReason() {
        assertThat(missing(SecretsResolver.of(new FakeProvider("mounted").lacks("a", "/secrets does not exist")), "a"))
                .hasMessage("""
                        1 of 1 declared secret has no value:
                          a
                            mounted    /secrets does not exist
                        Set it in any of these places.\
                        """);
    }

    @Test
    void message_several_listsEveryOneWithEachProvider() {
        SecretsResolver resolver = SecretsResolver.of(
                new FakeProvider("environment")
                        .has("c", "1")
                        .lacks("a", "TRUSS_SECRET_a is not set (A is: a prefix is needed)")
                        .lacks("b", "TRUSS_SECRET_b is not set"),
                new FakeProvider("mounted").has("d", "1").has("b", " "),
                SecretProvider.of("vault", Map.of()));

        MissingSecretsException exception = missing(resolver, "a", "c", "b", "d");

        assertThat(exception).hasMessage("""
                        2 of 4 declared secrets have no value:
                          a
                            environment    TRUSS_SECRET_a is not set (A is: a prefix is needed)
                            mounted        has no such secret
                            vault          has no such secret
                          b
                            environment    TRUSS_SECRET_b is not set
                            mounted        /mounted/b is blank
                            vault          has no such secret
                        Set each one in any of these places.\
                        """);
        assertThat(exception.names()).containsExactly("a", "b");
    }

    @Test
    void message_oneOfSeveral_usesTheSingular() {
        assertThat(missing(SecretsResolver.of(new FakeProvider("memory").has("a", "1")), "a", "b"))
                .hasMessage("""
                        1 of 2 declared secrets has no value:
                          b
                            memory    has no such secret
                        Set it in any of these places.\
                        """);
    }

    @Test
    void message_remedies_endsWithTheFirstOne() {
        SecretsResolver resolver = SecretsResolver.of(
                new FakeProvider("silent"),
                new FakeProvider("environment").suggests("export TRUSS_SECRET_a=..."),
                new FakeProvider("vault").suggests("vault kv put ..."));

        assertThat(missing(resolver, "a")).hasMessage("""
                        1 of 1 declared secret has no value:
                          a
                            silent         has no such secret
                            environment    has no such secret
                            vault          has no such secret
                        Set it in any of these places, for example: export TRUSS_SECRET_a=...\
                        """);
        assertThat(missing(resolver, "a", "b")).hasMessage("""
                        2 of 2 declared secrets have no value:
                          a
                            silent         has no such secret
                            environment    has no such secret
                            vault          has no such secret
                          b
                            silent         has no such secret
                            environment    has no such secret
                            vault          has no such secret
                        Set each one in any of these places, for example: export TRUSS_SECRET_a=...\
                        """);
    }

    @Test
    void message_noProvider_saysSo() {
        assertThat(missing(SecretsResolver.of(), "a", "b")).hasMessage("""
                        2 of 2 declared secrets have no value:
                          a
                          b
                        The resolver has no provider: give it at least one.\
                        """);
    }

    @Test
    void message_defaultsNotAllowed_saysWhyTheDefaultIsNotUsed() {
        Map<String, String> declared = new LinkedHashMap<>();
        declared.put("a", "fallback");
        declared.put("b", null);
        declared.put("c", "");
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(new FakeProvider("memory"))
                .allowDefaults(false)
                .build();

        try (LogCapture log = new LogCapture()) {
            assertThatExceptionOfType(MissingSecretsException.class)
                    .isThrownBy(() -> resolver.resolve(SecretDeclarations.of(declared)))
                    .withMessage("""
                            3 of 3 declared secrets have no value:
                              a
                                memory    has no such secret
                                its default is not used, because this resolver does not allow defaults
                              b
                                memory    has no such secret
                              c
                                memory    has no such secret
                                its default is not used, because this resolver does not allow defaults
                            Set each one in any of these places.\
                            """);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void message_defaultsAllowed_listsRequiredNamesOnly() {
        SecretDeclarations declarations =
                SecretDeclarations.builder().withDefault("a", "").required("b").build();

        assertThatExceptionOfType(MissingSecretsException.class)
                .isThrownBy(() -> SecretsResolver.of(new FakeProvider("memory")).resolve(declarations))
                .withMessage("""
                        1 of 2 declared secrets has no value:
                          b
                            memory    has no such secret
                        Set it in any of these places.\
                        """)
                .satisfies(exception -> assertThat(exception.names()).containsExactly("b"));
    }

    @Test
    void message_optionalProviderThatFailed_saysWhatHappened() {
        SecretProvider broken = new FakeProvider("vault").fails(new SecretProviderException("vault", "sealed"));

        assertThat(missing(SecretsResolver.of(SecretProvider.optional(broken)), "a"))
                .hasMessage("""
                        1 of 1 declared secret has no value:
                          a
                            vault    failed, and is optional: sealed
                        Set it in any of these places.\
                        """);
    }

    @Test
    void message_everyConflictPolicy_isTheSame() {
        for (ConflictPolicy policy : ConflictPolicy.values()) {
            SecretsResolver resolver = SecretsResolver.builder()
                    .provider(new FakeProvider("first").has("a", "1"))
                    .provider(new FakeProvider("second").has("a", "2"))
                    .conflicts(policy)
                    .build();

            assertThat(missing(resolver, "a", "b")).hasMessage("""
                            1 of 2 declared secrets has no value:
                              b
                                first     has no such secret
                                second    has no such secret
                            Set it in any of these places.\
                            """);
        }
    }

    @Test
    void names_list_cannotBeChanged() {
        MissingSecretsException exception = missing(SecretsResolver.of(), "a");

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> exception.names().clear());
    }

    private static MissingSecretsException missing(SecretsResolver resolver, String... names) {
        return catchThrowableOfType(MissingSecretsException.class, () -> resolver.resolve(names));
    }

    @Test
    void message_remedyThatThrows_stillListsWhatIsMissing() {
        SecretProvider provider = new SecretProvider() {
            @Override
            public String name() {
                return "odd";
            }

            @Override
            public Map<String, Lookup> find(Set<String> names) {
                return Map.of();
            }

            @Override
            public Optional<String> remedy(String name) {
                throw new IllegalStateException("test-token");
            }
        };

        assertThatThrownBy(() -> SecretsResolver.of(provider).resolve("a"))
                .isExactlyInstanceOf(MissingSecretsException.class)
                .hasMessage("""
                        1 of 1 declared secret has no value:
                          a
                            odd    has no such secret
                        Set it in any of these places.""");
    }
}
