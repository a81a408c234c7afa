package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Found, absent, failed and denied through the chain, the combinators and the one message about them. */
class FourAnswersTest {

    private final FakeProvider mixed = new FakeProvider("mixed")
            .has("found", "1")
            .lacks("absent", "no such file")
            .failsAbout("failed", "not valid UTF-8")
            .denies("denied", "role demo may not read it");
    private final FakeProvider lower = new FakeProvider("lower")
            .has("found", "stale")
            .has("absent", "2")
            .has("failed", "stale")
            .has("denied", "stale");

    @Test
    void resolve_oneOfEach_asksTheNextProviderForTheAbsentOneOnly() {
        assertThatThrownBy(() -> SecretsResolver.of(mixed, lower).resolve("found", "absent", "failed", "denied"))
                .isInstanceOfSatisfying(
                        SecretAccessDeniedException.class,
                        e -> assertThat(e.names()).containsExactly("denied"))
                .hasMessage("""
                        2 of 4 declared secrets have no value:
                          failed
                            mixed    failed: not valid UTF-8
                          denied
                            mixed    denied: role demo may not read it
                        Grant the right to read what is denied, or do not declare it. Repair what failed: a failure ends\
                         the search for a secret, so that no stale value is used.""");
        assertThat(mixed.asked()).hasSize(1);
        assertThat(lower.asked()).containsExactly(List.of("absent"));
    }

    @Test
    void resolve_missingAndFailed_areListedTogether() {
        assertThatThrownBy(() -> SecretsResolver.of(mixed).resolve("absent", "failed"))
                .isInstanceOfSatisfying(SecretProviderException.class, e -> {
                    assertThat(e.names()).containsExactly("failed");
                    assertThat(e.provider()).isEqualTo("mixed");
                })
                .hasMessageContaining("no such file")
                .hasMessageContaining("not valid UTF-8");
    }

    @Test
    void resolve_failedNameWithDefault_doesNotFallBack() {
        SecretDeclarations declarations =
                SecretDeclarations.builder().withDefault("failed", "fallback").build();

        assertThatThrownBy(() -> SecretsResolver.of(mixed).resolve(declarations))
                .isInstanceOf(SecretProviderException.class);
    }

    @Test
    void cached_deniedName_isNotAbsentAndTheOthersAreFound() {
        SecretProvider cached = SecretProvider.cached(mixed, Duration.ofHours(1));

        for (int i = 0; i < 3; i++) {
            Map<String, Lookup> answers = cached.find(Set.of("found", "absent", "failed", "denied"));
            assertThat(answers.get("found").value()).isEqualTo("1");
            assertThat(answers.get("absent").isAbsent()).isTrue();
            assertThat(answers.get("failed").isFailed()).isTrue();
            assertThat(answers.get("denied").isDenied()).isTrue();
        }
        assertThatThrownBy(() -> SecretsResolver.of(cached, lower).resolve("denied"))
                .isInstanceOf(SecretAccessDeniedException.class);
    }

    @Test
    void optional_fiveFailingNames_areOneCall() {
        FakeProvider broken = new FakeProvider("broken");
        for (String name : List.of("a", "b", "c", "d", "e")) {
            broken.failsAbout(name, "is down");
        }
        SecretsResolver resolver = SecretsResolver.of(SecretProvider.optional(broken), lower);

        resolver.explain(SecretDeclarations.of("a", "b", "c", "d", "e"));

        assertThat(broken.asked()).hasSize(1);
    }

    @Test
    void conflicts_warn_asksAFailingProviderOnce() {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(lower)
                .provider(mixed)
                .conflicts(ConflictPolicy.WARN)
                .build();

        assertThat(resolver.resolve("failed", "found")).hasSize(2);
        assertThat(mixed.asked()).hasSize(1);
    }

    @Test
    void conflicts_oneFinalLineBreak_isNoConflict() {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(new FakeProvider("variable").has("a", "tok\n"))
                .provider(new FakeProvider("mount").has("a", "tok"))
                .conflicts(ConflictPolicy.FAIL)
                .build();

        assertThat(resolver.resolve("a").require("a")).isEqualTo("tok\n");
    }

    @Test
    void renaming_names_areAskedForUnderTheOtherOne() {
        SecretProvider renamed = SecretProvider.renaming(lower.suggests("set it"), Map.of("hf_token", "found"));

        assertThat(SecretsResolver.of(renamed).resolve("hf_token", "absent"))
                .isEqualTo(Map.of("hf_token", "stale", "absent", "2"));
        assertThat(renamed.remedy("hf_token")).contains("set it");
    }

    @Test
    void renaming_toAnInvalidName_failsForThatName() {
        SecretProvider renamed = SecretProvider.renaming(lower, name -> "../" + name);

        assertThat(renamed.find(Set.of("found")).get("found").isFailed()).isTrue();
        assertThat(lower.asked()).isEmpty();
    }

    @Test
    void only_otherNames_areAbsentWithoutAsking() {
        SecretProvider some = SecretProvider.only(lower, Set.of("found"));

        Map<String, Lookup> answers = some.find(Set.of("found", "denied"));

        assertThat(answers.get("found").isFound()).isTrue();
        assertThat(answers.get("denied").reason()).isEqualTo("is not asked for this secret");
        assertThat(lower.asked()).containsExactly(List.of("found"));
    }

    @Test
    void named_provider_hasTheOtherNameInMessages() {
        SecretProvider named = SecretProvider.named(mixed, "team vault");

        assertThatThrownBy(() -> SecretsResolver.of(named).resolve("absent"))
                .hasMessageContaining("team vault    no such file");
    }

    @Test
    void combinators_all_forwardEverything() {
        for (SecretProvider combined : List.of(
                SecretProvider.optional(new Recorder()),
                SecretProvider.optionalEvenIfDenied(new Recorder()),
                SecretProvider.cached(new Recorder(), Duration.ofHours(1)),
                SecretProvider.renaming(new Recorder(), Map.of()),
                SecretProvider.only(new Recorder(), Set.of("a")),
                SecretProvider.named(new Recorder(), "other"))) {
            combined.expire();
            combined.watch(Set.of("a"), () -> {}).close();
            assertThat(combined.remedy("a")).contains("remedy of a");
            assertThat(combined.version()).contains("version");
            combined.close();
            assertThat(combined.find(Set.of("a")).get("a").value()).isEqualTo("[expire, watch, unwatch, close]");
        }
    }

    private static final class Recorder implements SecretProvider {

        private final List<String> calls = new ArrayList<>();

        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public Map<String, Lookup> find(Set<String> names) {
            return Map.of("a", Lookup.found(calls.toString(), "calls"));
        }

        @Override
        public Optional<String> remedy(String name) {
            return Optional.of("remedy of " + name);
        }

        @Override
        public Optional<Object> version() {
            return Optional.of("version");
        }

        @Override
        public Subscription watch(Set<String> names, Runnable changed) {
            calls.add("watch");
            return () -> calls.add("unwatch");
        }

        @Override
        public void expire() {
            calls.add("expire");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    @Test
    void close_resolver_closesItsProvidersAndAViewDoesNot() {
        Recorder recorder = new Recorder();
        SecretsResolver resolver = SecretsResolver.of(recorder);

        resolver.forModel("demo").close();
        assertThat(recorder.calls).isEmpty();
        resolver.close();
        assertThat(recorder.calls).containsExactly("close");
    }

    @Test
    void deadline_providerThatHangs_failsItsNames() throws Exception {
        CountDownLatch forever = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        SecretProvider hanging = SecretProvider.of("hanging", name -> {
            try {
                forever.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Lookup.absent("late");
        });
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(new FakeProvider("first").has("a", "1"))
                .provider(hanging)
                .deadline(Duration.ofMillis(50))
                .build();

        assertThatThrownBy(() -> resolver.resolve("a", "b"))
                .isInstanceOf(SecretProviderException.class)
                .hasMessageContaining("hanging    failed: did not answer within the deadline of 50 ms");
        interrupted.await();
    }

    @Test
    void deadline_providersThatAnswer_areUsed() {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(lower)
                .deadline(Duration.ofMinutes(1))
                .build();

        assertThat(resolver.resolve("found")).isEqualTo(Map.of("found", "stale"));
        assertThatThrownBy(() -> SecretsResolver.builder().deadline(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listener_resolves_getsCountsAndOutcomes() {
        List<ResolutionEvent> events = new ArrayList<>();
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(mixed)
                .listener(events::add)
                .listener(event -> {
                    throw new IllegalStateException("listener");
                })
                .build();

        resolver.resolve("found");
        assertThatThrownBy(() -> resolver.resolve("found", "absent", "failed", "denied"))
                .isInstanceOf(SecretAccessDeniedException.class);

        assertThat(events)
                .extracting(ResolutionEvent::outcome)
                .containsExactly(ResolutionEvent.Outcome.RESOLVED, ResolutionEvent.Outcome.DENIED);
        ResolutionEvent.ProviderCall call = events.get(1).calls().get(0);
        assertThat(call.provider()).isEqualTo("mixed");
        assertThat(List.of(call.asked(), call.found(), call.failed(), call.denied()))
                .containsExactly(4, 1, 1, 1);
    }

    @Test
    void lookup_expiresAt_isKeptForFoundOnly() {
        Instant end = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(Lookup.found("value", "lease", end).expiresAt()).contains(end);
        assertThat(Lookup.found(" ", "lease", end).isAbsent()).isTrue();
        assertThat(Lookup.found(" ", "lease", end).expiresAt()).isEmpty();
        assertThat(Lookup.denied("no").expiresAt()).isEmpty();
    }

    @Test
    void message_thousandsOfNames_staysReadable() {
        String[] names = new String[5_000];
        Arrays.setAll(names, i -> "secret_number_" + i);
        SecretProvider provider =
                SecretProvider.of("environment", name -> Lookup.absent("TRUSS_SECRET_" + name + " is not set"));

        assertThatThrownBy(
                        () -> SecretsResolver.of(provider, provider, provider).resolve(names))
                .isInstanceOfSatisfying(MissingSecretsException.class, e -> {
                    assertThat(e.names()).hasSize(5_000);
                    assertThat(e.getMessage().lines().count()).isLessThan(100);
                    assertThat(e.getMessage()).startsWith("5000 of 5000 declared secrets have no value:");
                    assertThat(e.getMessage()).contains("and 4799 more; names() of this exception has all");
                });
    }

    @Test
    void message_describedName_saysWhatItIsFor() {
        SecretDeclarations declarations = SecretDeclarations.builder()
                .required("hf_token")
                .describe("hf_token", "Hugging Face token with the scope read")
                .build();

        assertThatThrownBy(() -> SecretsResolver.of(mixed).resolve(declarations))
                .hasMessageContaining("  hf_token (Hugging Face token with the scope read)\n");
    }

    @Test
    void declarations_sameContent_areEqual() {
        assertThat(SecretDeclarations.of("a", "b"))
                .isEqualTo(
                        SecretDeclarations.builder().required("a").required("b").build())
                .hasSameHashCodeAs(SecretDeclarations.of("a", "b"))
                .isNotEqualTo(SecretDeclarations.of("b", "a"))
                .isNotEqualTo(SecretDeclarations.builder()
                        .required("a")
                        .withDefault("b", "x")
                        .build());
    }
}
