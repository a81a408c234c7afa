package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownValuesTest {

    private final KnownValues known = new KnownValues();

    private static Secrets secrets(String... namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Secrets.of(values);
    }

    @Test
    void use_redactorMadeBeforeOrAfter_knowsTheSame() {
        Redactor before = known.redactor(8);
        known.use(secrets("token", "first-token"));
        known.use(secrets("token", "second-token"));
        Redactor after = known.redactor(9);

        for (Redactor redactor : List.of(before, after)) {
            assertThat(redactor.redact("first-token second-token")).isEqualTo("[secret:token] [secret:token]");
        }
        assertThat(known.redactor(8)).isSameAs(before);
    }

    @Test
    void use_defaults_arePublic() {
        Secrets resolved = SecretsResolver.of(SecretProvider.of("fixed", Map.of("token", "test-token")))
                .resolve(SecretDeclarations.builder()
                        .required("token")
                        .withDefault("region", "us-east-1")
                        .build());

        assertThat(resolved.redactor().redact("test-token in us-east-1")).isEqualTo("[secret:token] in us-east-1");
    }

    @Test
    void use_tooManyOldBytes_forgetsTheOldestThatAreNotInUse() {
        KnownValues few = new KnownValues(100_000);
        Redactor redactor = few.redactor(8);
        few.use(secrets("in-use", "still-in-use", "token", "token-99999"));
        for (int i = 0; i < 200; i++) {
            few.use(secrets("in-use", "still-in-use", "token", "token-" + (10_000 + i)));
        }

        assertThat(redactor.redact("token-99999 still-in-use token-10199 token-10198 token-10000"))
                .isEqualTo("token-99999 [secret:in-use] [secret:token] [secret:token] token-10000");
        assertThat(few.redactor(9).redact("token-10000 token-10198")).isEqualTo("token-10000 [secret:token]");
    }

    @Test
    void use_valueThatComesBack_isInUseAgain() {
        KnownValues few = new KnownValues(20_000);
        few.use(secrets("token", "token-of-old"));
        few.use(secrets("token", "token-of-now"));
        few.use(secrets("token", "token-of-old"));
        for (int i = 0; i < 100; i++) {
            few.learn("session", "session-" + i);
        }

        assertThat(few.redactor(8).redact("token-of-old session-0 session-99"))
                .isEqualTo("[secret:token] session-0 [secret:session]");
    }

    @Test
    void learn_derivedValue_isReplacedByAllRedactorsOfTheseSecrets() {
        known.use(secrets("token", "test-token"));
        Redactor redactor = known.redactor(8);
        Redactor shorter = known.redactor(4);

        redactor.learn("session", "test-session-1");
        redactor.learn("session", "brief");
        redactor.learn("session", " ");

        assertThat(redactor.redact("test-session-1 brief")).isEqualTo("[secret:session] brief");
        assertThat(shorter.redact("test-session-1 brief")).isEqualTo("[secret:session] [secret:session]");
        assertThatThrownBy(() -> redactor.learn("no name", "test-session-2"))
                .isInstanceOf(InvalidSecretNameException.class)
                .hasMessageNotContaining("test-session-2");
    }

    @Test
    void learn_valueForWhichThereIsNoRoom_drivesOutNoOther() {
        KnownValues few = new KnownValues(50_000);
        few.use(secrets("token", "x".repeat(2_000)));
        few.use(secrets("token", "test-token-1"));
        few.use(secrets("token", "test-token-2"));
        few.learn("session", "test-session-1");
        few.learn("session", "y".repeat(2_000));
        few.use(secrets("token", "z".repeat(2_000)));
        few.use(secrets("token", "test-token-3"));

        assertThat(few.redactor(8).redact("test-token-1 test-token-2 test-token-3 test-session-1"))
                .isEqualTo("[secret:token] [secret:token] [secret:token] [secret:session]");
    }

    @Test
    void learn_again_countsAsNew() {
        KnownValues few = new KnownValues(50_000);
        few.learn("kept", "session-that-is-renewed");
        for (int i = 0; i < 1_000; i++) {
            few.learn("session", "session-" + i);
            few.learn("kept", "session-that-is-renewed");
        }

        assertThat(few.redactor(8).redact("session-that-is-renewed session-5")).isEqualTo("[secret:kept] session-5");
    }

    @Test
    void use_oneOfManyChangesOften_isFollowed() {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < 31; i++) {
            values.put("secret-" + i, "test-value-of-secret-" + i);
        }
        Redactor redactor = known.redactor(8);
        for (int i = 0; i < 4_000; i++) {
            values.put("secret-7", "test-rotated-" + i);
            known.use(Secrets.of(values));
            assertThat(redactor.redact("got test-rotated-" + i)).isEqualTo("got [secret:secret-7]");
        }
    }

    @Test
    void redactor_madeInsideALogHandler_doesNotRecurse() {
        known.use(secrets("pin", "1234", "token", "test-token"));
        List<String> redacted = new ArrayList<>();
        try (LogCapture log =
                new LogCapture(record -> redacted.add(known.redactor(8).redact("test-token")))) {
            Gate.warn("hello");
            known.use(secrets("pin", "5678", "token", "test-token"));

            assertThat(log.lines())
                    .containsExactlyInAnyOrder(
                            "WARNING hello",
                            "WARNING These secrets have fewer than 8 characters and are not redacted: pin");
        }
        assertThat(redacted).containsExactly("[secret:token]", "[secret:token]");
    }

    @Test
    void use_fromManyThreadsWhileOthersRedact_isSafe() throws InterruptedException {
        Redactor redactor = known.redactor(8);
        List<String> missed = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String prefix = "test-" + t + "-";
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    String value = prefix + Integer.toString(1_000_000 + i * 7_919, 36);
                    known.learn("session", value);
                    if (!redactor.redact(value + "%").equals("[secret:session]%")) {
                        synchronized (missed) {
                            missed.add(value);
                        }
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(missed).isEmpty();
    }
}
