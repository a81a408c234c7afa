package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modelsecrets.ResolutionReport.Answer;
import dev.modelsecrets.ResolutionReport.Entry;
import dev.modelsecrets.ResolutionReport.Status;
import dev.modelsecrets.ResolutionReport.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResolutionReportTest {

    @Test
    void toString_found_saysWhere() {
        assertThat(explain(new FakeProvider("mounted").has("token", "hunter2"), "token"))
                .hasToString("""
                        SECRET  FROM     WHERE           ALSO IN
                        token   mounted  /mounted/token
                        """);
    }

    @Test
    void toString_default_saysSo() {
        ResolutionReport report = SecretsResolver.of(new FakeProvider("mounted"))
                .explain(SecretDeclarations.builder()
                        .withDefault("region", "eu-west-1")
                        .build());

        assertThat(report).hasToString("""
                        SECRET  FROM     WHERE            ALSO IN
                        region  default  its declaration
                        """);
    }

    @Test
    void toString_missing_hasALineForEachProvider() {
        ResolutionReport report = SecretsResolver.of(
                        new FakeProvider("environment").lacks("token", "TRUSS_SECRET_token is not set"),
                        new FakeProvider("mounted"))
                .explain(SecretDeclarations.of("token"));

        assertThat(report).hasToString("""
                        SECRET  FROM     WHERE  ALSO IN
                        token   MISSING  environment: TRUSS_SECRET_token is not set
                                         mounted: has no such secret
                        """);
    }

    @Test
    void toString_failed_hasALineForEachProvider() {
        ResolutionReport report = SecretsResolver.of(
                        new FakeProvider("environment").lacks("token", "TRUSS_SECRET_token is not set"),
                        new FakeProvider("mounted").failsAbout("token", "/secrets/token: access denied"),
                        new FakeProvider("local").has("token", "stale"))
                .explain(SecretDeclarations.of("token"));

        assertThat(report).hasToString("""
                        SECRET  FROM    WHERE  ALSO IN
                        token   FAILED  environment: TRUSS_SECRET_token is not set
                                        mounted: failed: /secrets/token: access denied
                                        local: /local/token
                        """);
    }

    @Test
    void toString_shadowed_saysWhetherTheValuesAreTheSame() {
        ResolutionReport report = SecretsResolver.of(
                        new FakeProvider("one").has("same", "x").has("different", "x"),
                        new FakeProvider("two").has("same", "x").has("different", "y"),
                        new FakeProvider("three").has("same", "x").has("different", "x"))
                .explain(SecretDeclarations.of("same", "different"));

        assertThat(report).hasToString("""
                        SECRET     FROM  WHERE           ALSO IN
                        same       one   /one/same       two (the same value), three (the same value)
                        different  one   /one/different  two (a different value), three (the same value)
                        """);
    }

    @Test
    void toString_everyStatus_isOneTable() {
        FakeProvider environment =
                new FakeProvider("environment").has("token", "1").lacks("missing", "TRUSS_SECRET_missing is not set");
        FakeProvider mounted = new FakeProvider("mounted")
                .has("token", "2")
                .has("a-much-longer-name", "3")
                .failsAbout("broken", "/secrets/broken: a directory");

        ResolutionReport report = SecretsResolver.of(environment, mounted)
                .explain(SecretDeclarations.builder()
                        .required("token")
                        .required("missing")
                        .required("broken")
                        .withDefault("region", "eu-west-1")
                        .required("a-much-longer-name")
                        .build());

        assertThat(report).hasToString("""
                        SECRET              FROM         WHERE                        ALSO IN
                        token               environment  /environment/token           mounted (a different value)
                        missing             MISSING      environment: TRUSS_SECRET_missing is not set
                                                         mounted: has no such secret
                        broken              FAILED       environment: has no such secret
                                                         mounted: failed: /secrets/broken: a directory
                        region              default      its declaration
                        a-much-longer-name  mounted      /mounted/a-much-longer-name
                        """);
    }

    @Test
    void toString_noProvider_saysSo() {
        assertThat(SecretsResolver.of().explain(SecretDeclarations.of("token"))).hasToString("""
                        SECRET  FROM     WHERE                        ALSO IN
                        token   MISSING  there is no provider to ask
                        """);
    }

    @Test
    void toString_nothingDeclared_isAHeading() {
        assertThat(SecretsResolver.of().explain(SecretDeclarations.of())).hasToString("SECRET  FROM  WHERE  ALSO IN\n");
    }

    @Test
    void explain_everyProvider_isAskedForEveryNameOnce() {
        FakeProvider first = new FakeProvider("first").has("a", "1").has("b", "1");
        FakeProvider second = new FakeProvider("second");
        FakeProvider third = new FakeProvider("third").has("a", "1");

        SecretsResolver.of(first, second, third).explain(SecretDeclarations.of("b", "a"));

        for (FakeProvider provider : List.of(first, second, third)) {
            assertThat(provider.asked()).hasSize(1);
            assertThat(provider.asked().get(0)).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void explain_anything_logsNothing() {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(new FakeProvider("first").has("a", "1"))
                .provider(new FakeProvider("second").has("a", "2"))
                .conflicts(ConflictPolicy.WARN)
                .build();

        try (LogCapture log = new LogCapture()) {
            resolver.explain(SecretDeclarations.of(Map.of("a", "x", "b", "x")));

            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void entries_found_haveAWinnerAndVerdicts() {
        ResolutionReport report = SecretsResolver.of(
                        new FakeProvider("one").lacks("a", "not here"),
                        new FakeProvider("two").has("a", "x"),
                        new FakeProvider("three").has("a", "y"),
                        new FakeProvider("four").has("a", "x"))
                .explain(SecretDeclarations.of("a"));

        Entry entry = onlyEntry(report);
        assertThat(entry.name()).isEqualTo("a");
        assertThat(entry.status()).isEqualTo(Status.FOUND);
        assertThat(entry.winner()).hasValue(new Verdict("two", Answer.FOUND, "/two/a", false));
        assertThat(entry.verdicts())
                .containsExactly(
                        new Verdict("one", Answer.ABSENT, "not here", false),
                        new Verdict("two", Answer.FOUND, "/two/a", false),
                        new Verdict("three", Answer.FOUND, "/three/a", true),
                        new Verdict("four", Answer.FOUND, "/four/a", false));
        assertThat(entry.shadowed())
                .containsExactly(
                        new Verdict("three", Answer.FOUND, "/three/a", true),
                        new Verdict("four", Answer.FOUND, "/four/a", false));
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void entries_missingOrDefault_haveNoWinner() {
        SecretProvider provider = new FakeProvider("one").has("a", " ");

        Entry missing = onlyEntry(explain(provider, "a"));
        Entry byDefault = onlyEntry(SecretsResolver.of(provider).explain(SecretDeclarations.of(Map.of("a", ""))));

        assertThat(missing.status()).isEqualTo(Status.MISSING);
        assertThat(byDefault.status()).isEqualTo(Status.DEFAULT);
        for (Entry entry : List.of(missing, byDefault)) {
            assertThat(entry.winner()).isEmpty();
            assertThat(entry.shadowed()).isEmpty();
            assertThat(entry.verdicts()).containsExactly(new Verdict("one", Answer.ABSENT, "/one/a is blank", false));
        }
    }

    @Test
    void entries_failedBeforeAnyHolder_haveNoWinner() {
        Entry entry = onlyEntry(SecretsResolver.of(
                        new FakeProvider("one").fails(new SecretProviderException("one", "sealed")),
                        new FakeProvider("two").has("a", "x"),
                        new FakeProvider("three").has("a", "y"))
                .explain(SecretDeclarations.of("a")));

        assertThat(entry.status()).isEqualTo(Status.FAILED);
        assertThat(entry.winner()).isEmpty();
        assertThat(entry.shadowed()).isEmpty();
        assertThat(entry.verdicts())
                .containsExactly(
                        new Verdict("one", Answer.FAILED, "sealed", false),
                        new Verdict("two", Answer.FOUND, "/two/a", false),
                        new Verdict("three", Answer.FOUND, "/three/a", true));
    }

    @Test
    void entries_failedAndDefault_areFailed() {
        Entry entry = onlyEntry(
                SecretsResolver.of(new FakeProvider("one").fails(new SecretProviderException("one", "sealed")))
                        .explain(SecretDeclarations.of(Map.of("a", "fallback"))));

        assertThat(entry.status()).isEqualTo(Status.FAILED);
    }

    @Test
    void entries_failureAfterTheWinner_staysFound() {
        ResolutionReport report = SecretsResolver.of(
                        new FakeProvider("one").has("a", "x"),
                        new FakeProvider("two").fails(new SecretProviderException("two", "sealed")))
                .explain(SecretDeclarations.of("a"));

        Entry entry = onlyEntry(report);
        assertThat(entry.status()).isEqualTo(Status.FOUND);
        assertThat(entry.winner()).hasValue(new Verdict("one", Answer.FOUND, "/one/a", false));
        assertThat(entry.shadowed()).isEmpty();
        assertThat(entry.verdicts()).contains(new Verdict("two", Answer.FAILED, "sealed", false));
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void entries_failureAboutOneSecret_leavesTheOthers() {
        SecretProvider picky = new FakeProvider("picky")
                .has("a", "1")
                .failsAbout("b", "/picky/b: bad UTF-8")
                .has("c", "1")
                .denies("d", "role x may not read d");

        ResolutionReport report = explain(picky, "a", "b", "c", "d");

        assertThat(report.entries())
                .extracting(Entry::status)
                .containsExactly(Status.FOUND, Status.FAILED, Status.FOUND, Status.DENIED);
        assertThat(report.entries().get(1).verdicts())
                .containsExactly(new Verdict("picky", Answer.FAILED, "/picky/b: bad UTF-8", false));
        assertThat(report.entries().get(3).verdicts())
                .containsExactly(new Verdict("picky", Answer.DENIED, "role x may not read d", false));
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void entries_foreignException_isAFailureWithItsMessageWithheld() {
        Entry entry = onlyEntry(explain(new FakeProvider("one").fails(new IllegalStateException("hunter2")), "a"));

        assertThat(entry.verdicts())
                .containsExactly(new Verdict(
                        "one",
                        Answer.FAILED,
                        "failed with java.lang.IllegalStateException (its message is withheld, because it may quote a"
                                + " secret)",
                        false));
    }

    @Test
    void entries_nullInsteadOfAnswers_isAFailure() {
        SecretProvider broken = new SecretProvider() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Map<String, Lookup> find(Set<String> names) {
                return null;
            }
        };

        assertThat(onlyEntry(explain(broken, "a")).verdicts())
                .containsExactly(
                        new Verdict("broken", Answer.FAILED, "find returned null instead of a map of answers", false));
    }

    @Test
    void entries_list_cannotBeChanged() {
        ResolutionReport report = explain(new FakeProvider("one").has("a", "1"), "a");

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> report.entries().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> onlyEntry(report).verdicts().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> onlyEntry(report).shadowed().clear());
    }

    @Test
    void isComplete_everyStatus_isTrueWhereResolveSucceeds() {
        SecretsResolver resolver = SecretsResolver.of(new FakeProvider("one").has("a", "1"));
        SecretsResolver strict = SecretsResolver.builder()
                .provider(new FakeProvider("one"))
                .allowDefaults(false)
                .build();
        SecretDeclarations withDefault = SecretDeclarations.of(Map.of("b", "fallback"));

        assertThat(resolver.explain(SecretDeclarations.of("a")).isComplete()).isTrue();
        assertThat(resolver.explain(SecretDeclarations.of("a", "b")).isComplete())
                .isFalse();
        assertThat(resolver.explain(withDefault).isComplete()).isTrue();
        assertThat(resolver.explain(SecretDeclarations.of()).isComplete()).isTrue();
        assertThat(strict.explain(withDefault).isComplete()).isFalse();
        assertThat(onlyEntry(strict.explain(withDefault)).status()).isEqualTo(Status.MISSING);
    }

    private static ResolutionReport explain(SecretProvider provider, String... names) {
        return SecretsResolver.of(provider).explain(SecretDeclarations.of(names));
    }

    private static Entry onlyEntry(ResolutionReport report) {
        assertThat(report.entries()).hasSize(1);
        return report.entries().get(0);
    }

    @Test
    void isComplete_conflictThatTheResolverRefuses_isFalse() {
        SecretProvider first = SecretProvider.of("first", Map.of("a", "test-1"));
        SecretProvider second = SecretProvider.of("second", Map.of("a", "test-2"));

        for (ConflictPolicy policy : ConflictPolicy.values()) {
            SecretsResolver resolver = SecretsResolver.builder()
                    .provider(first)
                    .provider(second)
                    .conflicts(policy)
                    .build();

            assertThat(resolver.explain(SecretDeclarations.of("a")).isComplete())
                    .as("complete under %s", policy)
                    .isEqualTo(policy != ConflictPolicy.FAIL);
        }
    }

    @Test
    void explain_asksForTheNames_inDeclaredOrder() {
        FakeProvider provider = new FakeProvider("first");

        SecretsResolver.of(provider).explain(SecretDeclarations.of("z", "a", "m"));

        assertThat(provider.asked()).containsExactly(List.of("z", "a", "m"));
    }
}
