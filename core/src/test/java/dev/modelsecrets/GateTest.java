package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever foreign code throws, wherever it is called: its words stay behind and it harms nobody else. */
class GateTest {

    private static final String SENTINEL = "SENTINEL-VALUE-0123456789";
    private static final SecretDeclarations DECLARATIONS = SecretDeclarations.of("token");

    static Stream<Throwable> foreign() {
        return Stream.of(
                new IllegalStateException(SENTINEL),
                new IOException(SENTINEL),
                new AssertionError(SENTINEL),
                new NoClassDefFoundError(SENTINEL),
                new ExceptionInInitializerError(SENTINEL),
                new Hostile());
    }

    /** An exception whose own methods throw. */
    private static final class Hostile extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException(SENTINEL);
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException(SENTINEL);
        }

        @Override
        public String toString() {
            throw new IllegalStateException(SENTINEL);
        }
    }

    /** Throws at every call. */
    private static final class Thrower implements SecretProvider {

        private final Throwable failure;

        Thrower(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public String name() {
            throw GateTest.<RuntimeException>sneak(failure);
        }

        @Override
        public Map<String, Lookup> find(Set<String> names) {
            throw GateTest.<RuntimeException>sneak(failure);
        }

        @Override
        public Optional<String> remedy(String name) {
            throw GateTest.<RuntimeException>sneak(failure);
        }

        @Override
        public Optional<Object> version() {
            throw GateTest.<RuntimeException>sneak(failure);
        }

        @Override
        public Subscription watch(Set<String> names, Runnable changed) {
            throw GateTest.<RuntimeException>sneak(failure);
        }

        @Override
        public void expire() {
            throw GateTest.<RuntimeException>sneak(failure);
        }

        @Override
        public void close() {
            throw GateTest.<RuntimeException>sneak(failure);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private static String resolve(SecretProvider provider) {
        try {
            SecretsResolver.of(provider).resolve(DECLARATIONS);
            return "resolved";
        } catch (SecretProviderException failure) {
            assertThat(failure).hasNoCause().hasNoSuppressedExceptions();
            return failure.getMessage();
        }
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void everyMethod_throws_isContained(Throwable failure) {
        SecretProvider thrower = new Thrower(failure);
        List<SecretProvider> wrapped = List.of(
                thrower,
                SecretProvider.cached(thrower, Duration.ofHours(1)),
                SecretProvider.renaming(thrower, Map.of("token", "other")),
                SecretProvider.only(thrower, Set.of("token")),
                SecretProvider.named(thrower, "named"));

        for (SecretProvider provider : wrapped) {
            assertThat(resolve(provider))
                    .contains("failed with " + failure.getClass().getName());
            assertThat(resolve(provider)).doesNotContain("SENTINEL");
            SecretsResolver resolver = SecretsResolver.of(provider);
            assertThat(resolver.explain(DECLARATIONS).toString())
                    .contains(failure.getClass().getName())
                    .doesNotContain("SENTINEL");
            assertThat(resolver.toString()).doesNotContain("SENTINEL");
            resolver.close();
        }
        SecretProvider optional = SecretProvider.optional(thrower);
        assertThatThrownBy(() -> SecretsResolver.of(optional).resolve(DECLARATIONS))
                .isInstanceOf(MissingSecretsException.class)
                .hasMessageContaining("and is optional")
                .hasMessageNotContaining("SENTINEL");
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void refreshing_everyMethodButFindThrows_works(Throwable failure) {
        SecretProvider odd = new DelegatingSecretProvider(new Thrower(failure)) {
            @Override
            public Map<String, Lookup> find(Set<String> names) {
                return Map.of("token", Lookup.found("value", "place"));
            }
        };
        try (LogCapture log = new LogCapture();
                RefreshingSecrets secrets = SecretsResolver.of(odd).refreshing(DECLARATIONS, Duration.ZERO)) {
            assertThat(secrets.refresh().require("token")).isEqualTo("value");
            assertThat(log.lines().toString()).doesNotContain("SENTINEL");
        }
    }

    @Test
    void find_mapThatThrowsOnGet_failsForThatName() {
        Map<String, Lookup> lazy = new AbstractMap<>() {
            @Override
            public Lookup get(Object name) {
                if (name.equals("bad")) {
                    throw new IllegalStateException(SENTINEL);
                }
                return Lookup.found("value", "place");
            }

            @Override
            public Set<Entry<String, Lookup>> entrySet() {
                throw new IllegalStateException(SENTINEL);
            }
        };
        SecretProvider provider = new FakeAnswers(lazy);

        Map<String, Lookup> answers = Providers.find(provider, Set.of("good", "bad"));

        assertThat(answers.get("good").value()).isEqualTo("value");
        assertThat(answers.get("bad").isFailed()).isTrue();
    }

    private record FakeAnswers(Map<String, Lookup> answers) implements SecretProvider {

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Map<String, Lookup> find(Set<String> names) {
            return answers;
        }
    }

    static Stream<UnaryOperator<SecretProvider>> decorators() {
        return Stream.of(
                provider -> provider,
                provider -> SecretProvider.only(provider, Set.of("a", "b")),
                provider -> SecretProvider.renaming(provider, Map.of("b", "c")),
                provider -> SecretProvider.cached(provider, Duration.ofMinutes(1)),
                provider ->
                        SecretProvider.only(SecretProvider.cached(provider, Duration.ofMinutes(1)), Set.of("a", "b")),
                provider -> SecretProvider.cached(SecretProvider.renaming(provider, Map.of()), Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @MethodSource("decorators")
    @Timeout(60)
    void find_providerThatTakesNamesOutOfTheSet_failsForEachOfThem(UnaryOperator<SecretProvider> decorator) {
        SecretProvider taking = new SecretProvider() {
            @Override
            public String name() {
                return "taking";
            }

            @Override
            public Map<String, Lookup> find(Set<String> names) {
                names.remove("a");
                return Map.of("a", Lookup.found("a-value", "here"));
            }
        };
        SecretProvider lower = SecretProvider.of("lower", Map.of("a", "stale-a", "b", "stale-b"));

        assertThatThrownBy(
                        () -> SecretsResolver.of(decorator.apply(taking), lower).resolve("a", "b"))
                .isInstanceOfSatisfying(
                        SecretProviderException.class,
                        failure -> assertThat(failure.names()).containsExactly("a", "b"));
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void remedy_ofAnotherTypeThanItSays_isNone() {
        SecretProvider provider = new SecretProvider() {
            @Override
            public String name() {
                return "raw";
            }

            @Override
            public Map<String, Lookup> find(Set<String> names) {
                return Map.of();
            }

            @Override
            public Optional<String> remedy(String name) {
                return (Optional) Optional.of(42);
            }
        };

        assertThatThrownBy(() -> SecretsResolver.of(provider).resolve(DECLARATIONS))
                .isInstanceOf(MissingSecretsException.class);
    }

    @Test
    void find_answersForOtherNames_areLeftOut() {
        SecretProvider provider = new FakeAnswers(Map.of("other", Lookup.found("value", "place")));

        assertThat(Providers.find(provider, Set.of("token"))).containsOnlyKeys("token");
    }

    @Test
    void virtualMachineError_anywhere_passes() {
        OutOfMemoryError error = new OutOfMemoryError("test");

        assertThatThrownBy(() -> SecretsResolver.of(new Thrower(error)).resolve(DECLARATIONS))
                .isSameAs(error);
    }

    @Test
    void reasonSupplier_throws_saysTheClass() {
        SecretProvider provider = SecretProvider.of("p", (Function<String, Lookup>) name -> Lookup.absent(() -> {
            throw GateTest.<RuntimeException>sneak(new IOException(SENTINEL));
        }));

        assertThatThrownBy(() -> SecretsResolver.of(provider).resolve(DECLARATIONS))
                .isInstanceOf(MissingSecretsException.class)
                .hasMessageContaining("java.io.IOException")
                .hasMessageNotContaining("SENTINEL");
    }

    @Test
    void exceptionsOfOurs_thrownByAProvider_keepTheirWords() {
        SecretProvider failing = new Thrower(new SecretProviderException("team", "the item is locked"));
        SecretProvider denying = new Thrower(new SecretAccessDeniedException("team", "ask the team"));

        assertThat(Providers.find(failing, Set.of("a")).get("a").problem()).isEqualTo("the item is locked");
        assertThat(Providers.find(denying, Set.of("a")).get("a").isDenied()).isTrue();
        assertThat(Providers.find(denying, Set.of("a")).get("a").problem()).isEqualTo("ask the team");
    }

    @Test
    void names_withLineBreaksAndEscapeCodes_forgeNoLine() {
        SecretProvider provider = SecretProvider.of("evil\n  token\n    fine \u001b[31m\u202e", Map.of("other", "x"));

        assertThatThrownBy(() -> SecretsResolver.of(provider).resolve(DECLARATIONS))
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(4))
                .hasMessageContaining("evil\\n  token\\n    fine \\u001b[31m\\u202e");
    }

    @Test
    void interrupts_sneaked_areFailuresAndStayVisible() {
        for (Throwable interrupt : List.of(new InterruptedException(), new ClosedByInterruptException())) {
            assertThat(resolve(new Thrower(interrupt)))
                    .contains("was not read: the thread was interrupted. Resolve again");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void interrupt_underOptional_isNotTolerated() {
        SecretProvider optional = SecretProvider.optional(new Thrower(new InterruptedException()));
        SecretDeclarations withDefault =
                SecretDeclarations.builder().withDefault("token", "fallback").build();

        assertThatThrownBy(() -> SecretsResolver.of(optional).resolve(withDefault))
                .isInstanceOf(SecretProviderException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void listener_throws_isAWarningWithTheClassOnly() {
        try (LogCapture log = new LogCapture()) {
            List<String> heard = new ArrayList<>();
            Gate.tell(
                    event -> {
                        throw new AssertionError(SENTINEL);
                    },
                    "event");
            Gate.tell(heard::add, "event");

            assertThat(heard).containsExactly("event");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("failed with java.lang.AssertionError")
                    .doesNotContain("SENTINEL");
        }
    }
}
