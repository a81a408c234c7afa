package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SecretProviderTest {

    @Test
    void ofMap_names_areFoundOrAbsent() {
        SecretProvider provider = SecretProvider.of("memory", Map.of("a", "1", "blank", " "));

        Map<String, Lookup> answers = provider.find(Set.of("a", "b", "blank"));

        assertThat(provider.name()).isEqualTo("memory");
        assertThat(answers).containsOnlyKeys("a", "b", "blank");
        assertThat(answers.get("a").value()).isEqualTo("1");
        assertThat(answers.get("a").location()).isEqualTo("a");
        assertThat(answers.get("b").reason()).isEqualTo("has no such secret");
        assertThat(answers.get("blank").reason()).isEqualTo("blank is blank");
        assertThat(provider.remedy("a")).isEmpty();
    }

    @Test
    void ofMap_changedAfterwards_staysTheSame() {
        Map<String, String> values = new HashMap<>(Map.of("a", "1"));
        SecretProvider provider = SecretProvider.of("memory", values);

        values.put("a", "2");

        assertThat(provider.find(Set.of("a")).get("a").value()).isEqualTo("1");
    }

    @Test
    void ofMap_null_isRefused() {
        Map<String, String> withNull = new HashMap<>();
        withNull.put("a", null);

        assertThatNullPointerException().isThrownBy(() -> SecretProvider.of("memory", withNull));
        assertThatNullPointerException().isThrownBy(() -> SecretProvider.of("memory", (Map<String, String>) null));
        assertThatNullPointerException()
                .isThrownBy(() -> SecretProvider.of(null, Map.of()))
                .withMessage("name");
    }

    @Test
    void ofFunction_names_areAskedOneByOne() {
        SecretProvider provider = SecretProvider.of(
                "upper",
                name -> name.equals("a")
                        ? Lookup.found("1", "upper/A")
                        : Lookup.absent("upper/" + name + " is not there"));

        Map<String, Lookup> answers = provider.find(Set.of("a", "b"));

        assertThat(answers).containsOnlyKeys("a", "b");
        assertThat(answers.get("a").location()).isEqualTo("upper/A");
        assertThat(answers.get("b").reason()).isEqualTo("upper/b is not there");
    }

    @Test
    void ofFunction_nullAnswer_countsAsAbsent() {
        SecretProvider silent = SecretProvider.of("silent", name -> null);
        SecretProvider second = SecretProvider.of("second", Map.of("a", "1"));

        assertThat(SecretsResolver.of(silent, second).resolve("a").source("a")).isEqualTo("second: a");
    }

    @Test
    void ofFunction_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> SecretProvider.of("x", (Function<String, Lookup>) null))
                .withMessage("lookup");
        assertThatNullPointerException()
                .isThrownBy(() -> SecretProvider.of(null, name -> Lookup.absent("no")))
                .withMessage("name");
    }

    @Test
    void toString_inMemory_showsTheNameOnly() {
        SecretProvider provider = SecretProvider.of("memory", Map.of("a", "hunter2"));

        assertThat(provider).hasToString("memory");
        assertThat(SecretProvider.optional(provider)).hasToString("memory");
    }

    @Test
    void optional_providerThatWorks_passesEverythingThrough() {
        FakeProvider provider = new FakeProvider("vault")
                .has("a", "1")
                .lacks("b", "kv/b is not there")
                .suggests("vault kv put ...");
        SecretProvider optional = SecretProvider.optional(provider);

        try (LogCapture log = new LogCapture()) {
            Map<String, Lookup> answers = optional.find(Set.of("a", "b"));

            assertThat(answers.get("a").value()).isEqualTo("1");
            assertThat(answers.get("b").reason()).isEqualTo("kv/b is not there");
            assertThat(log.lines()).isEmpty();
        }
        assertThat(optional.name()).isEqualTo("vault");
        assertThat(optional.remedy("a")).hasValue("vault kv put ...");
        assertThat(provider.asked()).hasSize(1);
    }

    @Test
    void optional_providerThatFails_isAbsentWithOneWarning() {
        SecretProvider optional = SecretProvider.optional(
                new FakeProvider("vault").fails(new SecretProviderException("vault", "time-out after 3 s")));

        try (LogCapture log = new LogCapture()) {
            Map<String, Lookup> answers = optional.find(Set.of("a", "b"));

            assertThat(answers).containsOnlyKeys("a", "b");
            assertThat(answers.get("a").isFound()).isFalse();
            assertThat(answers.get("a").reason()).isEqualTo("failed, and is optional: time-out after 3 s");
            assertThat(answers.get("b").reason()).isEqualTo("failed, and is optional: time-out after 3 s");
            assertThat(log.lines())
                    .containsExactly("WARNING The optional provider vault failed, so its secrets count as absent:"
                            + " time-out after 3 s");
        }
    }

    @Test
    void optional_providerThatDenies_staysDenied() {
        SecretProvider optional =
                SecretProvider.optional(new FakeProvider("vault").denies("a", "role x may not read it"));

        assertThat(optional.find(Set.of("a")).get("a").isDenied()).isTrue();
    }

    @Test
    void optionalEvenIfDenied_providerThatDenies_isAbsentWithOneWarning() {
        SecretProvider optional =
                SecretProvider.optionalEvenIfDenied(new FakeProvider("vault").denies("a", "role x may not read kv/a"));

        try (LogCapture log = new LogCapture()) {
            Map<String, Lookup> answers = optional.find(Set.of("a"));

            assertThat(answers.get("a").reason()).isEqualTo("denied, and is optional: role x may not read kv/a");
            assertThat(log.lines())
                    .containsExactly("WARNING The optional provider vault failed, so its secrets count as absent:"
                            + " role x may not read kv/a");
        }
    }

    @Test
    void optional_foreignException_isAbsentWithItsMessageWithheld() {
        SecretProvider optional = SecretProvider.optional(
                new FakeProvider("vault").fails(new IllegalStateException("unexpected token hunter2")));

        try (LogCapture log = new LogCapture()) {
            Map<String, Lookup> answers = optional.find(Set.of("a"));

            String problem = "failed with java.lang.IllegalStateException (its message is withheld, because it may"
                    + " quote a secret)";
            assertThat(answers.get("a").reason()).isEqualTo("failed, and is optional: " + problem);
            assertThat(log.lines())
                    .containsExactly(
                            "WARNING The optional provider vault failed, so its secrets count as absent: " + problem);
        }
    }

    @Test
    void optional_nullAnswers_areAbsentWithOneWarning() {
        SecretProvider provider = mock(SecretProvider.class);
        when(provider.name()).thenReturn("broken");
        when(provider.find(Set.of("a"))).thenReturn(null);

        try (LogCapture log = new LogCapture()) {
            Map<String, Lookup> answers = SecretProvider.optional(provider).find(Set.of("a"));

            assertThat(answers.get("a").reason())
                    .isEqualTo("failed, and is optional: find returned null instead of a map of answers");
            assertThat(log.lines())
                    .containsExactly("WARNING The optional provider broken failed, so its secrets count as absent:"
                            + " find returned null instead of a map of answers");
        }
        verify(provider, times(1)).find(Set.of("a"));
    }

    @Test
    void optional_inAChain_letsTheNextProviderWin() {
        SecretProvider broken = new FakeProvider("vault").fails(new SecretProviderException("vault", "sealed"));
        SecretProvider next = new FakeProvider("local").has("a", "1");

        try (LogCapture log = new LogCapture()) {
            Secrets secrets =
                    SecretsResolver.of(SecretProvider.optional(broken), next).resolve("a");

            assertThat(secrets.source("a")).isEqualTo("local: /local/a");
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void optional_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> SecretProvider.optional(null))
                .withMessage("delegate");
    }

    @Test
    void optional_failureAboutOneSecret_leavesTheOthersAlone() {
        SecretProvider optional = SecretProvider.optional(
                new FakeProvider("vault").has("b", "test-b").failsAbout("a", "a is sealed"));

        try (LogCapture log = new LogCapture()) {
            Map<String, Lookup> answers = optional.find(Set.of("a", "b"));

            assertThat(answers.get("a").reason()).isEqualTo("failed, and is optional: a is sealed");
            assertThat(answers.get("b").value()).isEqualTo("test-b");
            assertThat(log.lines())
                    .containsExactly(
                            "WARNING The optional provider vault failed, so its secrets count as absent: a is sealed");
        }
    }
}
