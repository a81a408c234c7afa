package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SecretsResolverTest {

    @Test
    void resolve_nameThatTwoProvidersHave_takesTheFirst() {
        FakeProvider first = new FakeProvider("first").has("a", "1");
        FakeProvider second = new FakeProvider("second").has("a", "2");

        Secrets secrets = SecretsResolver.of(first, second).resolve("a");

        assertThat(secrets).isEqualTo(Map.of("a", "1"));
        assertThat(secrets.source("a")).isEqualTo("first: /first/a");
    }

    @Test
    void resolve_everyNameFound_doesNotAskLaterProviders() {
        SecretProvider later = mock(SecretProvider.class);

        SecretsResolver.of(new FakeProvider("first").has("a", "1"), later).resolve("a");

        verify(later, never()).find(any());
    }

    @Test
    void resolve_providers_areAskedOnceForTheOpenNamesInDeclaredOrder() {
        FakeProvider first = new FakeProvider("first").has("b", "1");
        FakeProvider second = new FakeProvider("second").has("d", "2").has("a", "2");
        FakeProvider third = new FakeProvider("third").has("c", "3");
        FakeProvider fourth = new FakeProvider("fourth");

        Secrets secrets = SecretsResolver.of(first, second, third, fourth).resolve("d", "c", "b", "a");

        assertThat(first.asked()).containsExactly(List.of("d", "c", "b", "a"));
        assertThat(second.asked()).containsExactly(List.of("d", "c", "a"));
        assertThat(third.asked()).containsExactly(List.of("c"));
        assertThat(fourth.asked()).isEmpty();
        assertThat(List.copyOf(secrets.entrySet()))
                .isEqualTo(List.of(Map.entry("d", "2"), Map.entry("c", "3"), Map.entry("b", "1"), Map.entry("a", "2")));
    }

    @Test
    void resolve_oneProvider_isAskedOnceEachTime() {
        SecretProvider provider = mock(SecretProvider.class);
        when(provider.name()).thenReturn("remote");
        when(provider.find(Set.of("a", "b")))
                .thenReturn(Map.of("a", Lookup.found("1", "here"), "b", Lookup.found("2", "here")));
        SecretsResolver resolver = SecretsResolver.of(provider);

        resolver.resolve("a", "b");
        verify(provider, times(1)).find(any());

        resolver.resolve("a", "b");
        verify(provider, times(2)).find(any());
    }

    @Test
    void resolve_valueThatChanges_isNotRemembered() {
        FakeProvider provider = new FakeProvider("remote").has("a", "old");
        SecretsResolver resolver = SecretsResolver.of(provider);
        Secrets before = resolver.resolve("a");

        provider.has("a", "new");

        assertThat(resolver.resolve("a").require("a")).isEqualTo("new");
        assertThat(before.require("a")).isEqualTo("old");
    }

    @Test
    void resolve_nothingDeclared_asksNobody() {
        FakeProvider provider = new FakeProvider("remote").fails(new SecretProviderException("remote", "down"));

        assertThat(SecretsResolver.of(provider).resolve()).isEmpty();
        assertThat(SecretsResolver.of(provider).resolve(SecretDeclarations.of()))
                .isEmpty();
        assertThat(SecretsResolver.of().resolve()).isEmpty();
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void resolve_blankValue_goesOnToTheNextProvider() {
        FakeProvider first = new FakeProvider("first").has("a", " \n");
        FakeProvider second = new FakeProvider("second").has("a", "2");

        assertThat(SecretsResolver.of(first, second).resolve("a").source("a")).isEqualTo("second: /second/a");
    }

    @Test
    void resolve_nameLeftOutOfTheAnswers_countsAsAbsent() {
        SecretProvider silent = mock(SecretProvider.class);
        when(silent.name()).thenReturn("silent");
        when(silent.find(any())).thenReturn(Map.of());

        assertThat(SecretsResolver.of(silent, new FakeProvider("second").has("a", "2"))
                        .resolve("a"))
                .isEqualTo(Map.of("a", "2"));
    }

    @Test
    void resolve_answersForOtherNames_areIgnored() {
        FakeProvider first = new FakeProvider("first").has("a", "1").has("b", "1");
        FakeProvider second = new FakeProvider("second")
                .has("a", "2")
                .has("b", "2")
                .has("c", "2")
                .has("other", "2");

        Secrets secrets = SecretsResolver.of(first, second).resolve("a", "c");

        assertThat(secrets).isEqualTo(Map.of("a", "1", "c", "2"));
        assertThat(secrets.source("a")).isEqualTo("first: /first/a");
    }

    @Test
    void resolve_answersThatChangeAfterwards_leaveTheSecrets() {
        Map<String, Lookup> answers = new HashMap<>(Map.of("a", Lookup.found("1", "here")));
        SecretProvider provider = mock(SecretProvider.class);
        when(provider.name()).thenReturn("remote");
        when(provider.find(any())).thenReturn(answers);
        Secrets secrets = SecretsResolver.of(provider).resolve("a");

        answers.put("a", Lookup.found("2", "there"));

        assertThat(secrets).isEqualTo(Map.of("a", "1"));
        assertThat(secrets.source("a")).isEqualTo("remote: here");
    }

    @Test
    void resolve_namesGivenToAProvider_cannotBeChanged() {
        List<Set<String>> given = new ArrayList<>();
        SecretProvider first = mock(SecretProvider.class);
        when(first.find(any())).thenAnswer(call -> {
            given.add(call.getArgument(0));
            return Map.of("a", Lookup.found("1", "here"));
        });
        SecretProvider second = mock(SecretProvider.class);
        when(second.find(any())).thenAnswer(call -> {
            given.add(call.getArgument(0));
            return Map.of("b", Lookup.found("1", "here"));
        });

        SecretsResolver.of(first, second).resolve("a", "b");

        assertThat(given)
                .hasSize(2)
                .allSatisfy(names -> assertThatExceptionOfType(UnsupportedOperationException.class)
                        .isThrownBy(() -> names.remove("b")));
    }

    @Test
    void resolve_providerThatFails_stopsThere() {
        SecretProviderException failure = new SecretProviderException("first", "/secrets/a: access denied");
        FakeProvider second = new FakeProvider("second").has("a", "stale");

        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> SecretsResolver.of(new FakeProvider("first").fails(failure), second)
                        .resolve("a"))
                .withMessage(
                        "1 of 1 declared secret has no value:\n  a\n    first    failed: /secrets/a: access denied\nRepair what failed: a failure ends the search for a secret, so that no stale value is used.");
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void resolve_providerThatFails_stopsAlsoWhereDefaultsExist() {
        FakeProvider broken = new FakeProvider("first").fails(new SecretProviderException("first", "sealed"));

        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> SecretsResolver.of(broken)
                        .resolve(SecretDeclarations.builder()
                                .withDefault("a", "fallback")
                                .build()))
                .withMessageContaining("first    failed: sealed");
    }

    @Test
    void resolve_providerThatDenies_stopsThere() {
        SecretAccessDeniedException denied = new SecretAccessDeniedException("first", "role x may not read kv/a");
        FakeProvider second = new FakeProvider("second").has("a", "stale");

        assertThatExceptionOfType(SecretAccessDeniedException.class)
                .isThrownBy(() -> SecretsResolver.of(new FakeProvider("first").fails(denied), second)
                        .resolve("a"))
                .withMessage(
                        "1 of 1 declared secret has no value:\n  a\n    first    denied: role x may not read kv/a\nGrant the right to read what is denied, or do not declare it.");
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void resolve_brokenProviderThatIsNotNeeded_isNotNoticed() {
        FakeProvider broken = new FakeProvider("broken").fails(new SecretProviderException("broken", "sealed"));

        assertThat(SecretsResolver.of(new FakeProvider("first").has("a", "1"), broken)
                        .resolve("a"))
                .isEqualTo(Map.of("a", "1"));
    }

    @Test
    void resolve_failureAboutANameThatIsFoundAlready_isNotNoticed() {
        FakeProvider first = new FakeProvider("first").has("a", "1");
        FakeProvider second = new FakeProvider("second").has("b", "2").failsAbout("a", "/second/a: a directory");

        assertThat(SecretsResolver.of(first, second).resolve("a", "b")).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void resolve_foreignException_isReplacedByOneWithoutItsWords() {
        IllegalStateException foreign = new IllegalStateException("hunter2", new IOException("hunter2"));
        foreign.addSuppressed(new IOException("hunter2"));
        FakeProvider second = new FakeProvider("second").has("a", "stale");

        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> SecretsResolver.of(new FakeProvider("first").fails(foreign), second)
                        .resolve("a"))
                .withMessageContaining("first    failed with java.lang.IllegalStateException (its message is withheld,"
                        + " because it may quote a secret)")
                .withNoCause()
                .satisfies(exception -> {
                    assertThat(exception.getSuppressed()).isEmpty();
                    assertThat(exception.provider()).isEqualTo("first");
                    assertThat(exception.names()).containsExactly("a");
                });
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void resolve_foreignCheckedException_isReplacedByOneWithoutItsWords() {
        // Kotlin, Scala and Lombok throw them without declaring them.
        SecretProvider provider = SecretProvider.of("remote", name -> sneakyThrow(new IOException("hunter2")));

        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> SecretsResolver.of(provider).resolve("a"))
                .withMessageContaining("remote    failed with java.io.IOException (its message is withheld, because it"
                        + " may quote a secret)")
                .withNoCause();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T, E extends Throwable> T sneakyThrow(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void resolve_nullInsteadOfAnswers_isAFailure() {
        SecretProvider broken = mock(SecretProvider.class);
        when(broken.name()).thenReturn("broken");
        when(broken.find(any())).thenReturn(null);

        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> SecretsResolver.of(broken).resolve("a"))
                .withMessageContaining("broken    failed: find returned null instead of a map of answers");
    }

    @Test
    void resolve_default_isUsedWithOneWarning() {
        SecretsResolver resolver = SecretsResolver.of(new FakeProvider("memory").has("a", "1"));
        SecretDeclarations declarations = SecretDeclarations.builder()
                .withDefault("region", "eu-west-1")
                .required("a")
                .build();

        try (LogCapture log = new LogCapture()) {
            assertThat(List.copyOf(resolver.resolve(declarations).entrySet()))
                    .isEqualTo(List.of(Map.entry("region", "eu-west-1"), Map.entry("a", "1")));
            resolver.resolve(declarations);

            assertThat(log.lines())
                    .containsExactly(
                            "WARNING No provider has the secret region: the default of its declaration is used");
        }
    }

    @Test
    void resolve_emptyDefault_isUsedSilently() {
        SecretDeclarations declarations =
                SecretDeclarations.builder().withDefault("suffix", "").build();

        try (LogCapture log = new LogCapture()) {
            Secrets secrets = SecretsResolver.of(new FakeProvider("memory")).resolve(declarations);

            assertThat(secrets).isEqualTo(Map.of("suffix", ""));
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void resolve_defaultAndValue_takesTheValue() {
        FakeProvider provider = new FakeProvider("memory").has("a", "1");

        try (LogCapture log = new LogCapture()) {
            Secrets secrets = SecretsResolver.of(provider)
                    .resolve(SecretDeclarations.builder().withDefault("a", "x").build());

            assertThat(secrets).isEqualTo(Map.of("a", "1"));
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void resolve_blankValueAndDefault_takesTheDefault() {
        FakeProvider provider = new FakeProvider("memory").has("a", " ");

        Secrets secrets = SecretsResolver.of(provider)
                .resolve(SecretDeclarations.builder().withDefault("a", "").build());

        assertThat(secrets).isEqualTo(Map.of("a", ""));
    }

    @Test
    void resolve_noProviderButDefaults_succeeds() {
        assertThat(SecretsResolver.of().resolve(SecretDeclarations.of(Map.of("a", ""))))
                .isEqualTo(Map.of("a", ""));
    }

    @Test
    void resolve_sixtyFourThreads_allGetTheSame() throws Exception {
        FakeProvider first = new FakeProvider("first").has("a", "1").has("c", "3");
        FakeProvider second = new FakeProvider("second").has("b", "2").has("a", "other");
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(first)
                .provider(second)
                .conflicts(ConflictPolicy.WARN)
                .build();
        SecretDeclarations declarations = SecretDeclarations.of(orderedDeclarations());
        CyclicBarrier together = new CyclicBarrier(64);
        Callable<List<Secrets>> task = () -> {
            together.await();
            List<Secrets> results = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                results.add(resolver.resolve(declarations));
            }
            return results;
        };

        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            List<Future<List<Secrets>>> futures = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                futures.add(threads.submit(task));
            }
            for (Future<List<Secrets>> future : futures) {
                assertThat(future.get())
                        .hasSize(50)
                        .allSatisfy(secrets -> assertThat(List.copyOf(secrets.entrySet()))
                                .isEqualTo(List.of(
                                        Map.entry("c", "3"),
                                        Map.entry("b", "2"),
                                        Map.entry("a", "1"),
                                        Map.entry("d", "fallback"))));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(first.asked()).hasSize(64 * 50);
        assertThat(second.asked()).hasSize(64 * 50);
    }

    private static Map<String, String> orderedDeclarations() {
        Map<String, String> declarations = new LinkedHashMap<>();
        declarations.put("c", null);
        declarations.put("b", null);
        declarations.put("a", null);
        declarations.put("d", "fallback");
        return declarations;
    }

    @Test
    void builder_providers_keepTheirOrder() {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(new FakeProvider("one"))
                .providers(List.of(new FakeProvider("two"), new FakeProvider("three")))
                .provider(new FakeProvider("four"))
                .build();

        assertThat(resolver).hasToString("SecretsResolver[one, two, three, four]");
        assertThat(SecretsResolver.of()).hasToString("SecretsResolver[]");
    }

    @Test
    void builder_usedAfterBuild_leavesWhatWasBuilt() {
        SecretsResolver.Builder builder = SecretsResolver.builder().provider(new FakeProvider("one"));
        SecretsResolver before = builder.build();

        SecretsResolver after = builder.provider(new FakeProvider("two")).build();

        assertThat(before).hasToString("SecretsResolver[one]");
        assertThat(after).hasToString("SecretsResolver[one, two]");
    }

    @Test
    void of_arrayChangedAfterwards_staysTheSame() {
        SecretProvider[] providers = {new FakeProvider("one")};
        SecretsResolver resolver = SecretsResolver.of(providers);

        providers[0] = new FakeProvider("other");

        assertThat(resolver).hasToString("SecretsResolver[one]");
    }

    @Test
    void construction_asksNobody() {
        FakeProvider provider = new FakeProvider("remote").fails(new SecretProviderException("remote", "down"));

        SecretsResolver.builder().provider(SecretProvider.optional(provider)).build();
        SecretsResolver.of(provider);

        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void builder_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> SecretsResolver.builder().provider(null))
                .withMessage("provider");
        assertThatNullPointerException()
                .isThrownBy(() -> SecretsResolver.builder().conflicts(null))
                .withMessage("policy");
        assertThatNullPointerException().isThrownBy(() -> SecretsResolver.of((SecretProvider) null));
    }

    @Test
    void defaults_otherSecretIsMissing_areNotWarnedOfYet() {
        SecretsResolver resolver = SecretsResolver.of(SecretProvider.of("memory", Map.of()));
        SecretDeclarations declarations = SecretDeclarations.builder()
                .withDefault("region", "test-1")
                .required("a")
                .build();

        try (LogCapture log = new LogCapture()) {
            assertThatThrownBy(() -> resolver.resolve(declarations)).isInstanceOf(MissingSecretsException.class);
            assertThat(log.lines()).isEmpty();
        }
    }
}
