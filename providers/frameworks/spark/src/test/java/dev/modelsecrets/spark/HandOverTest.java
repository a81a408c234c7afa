package dev.modelsecrets.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class HandOverTest {

    private static final String VALUE = "test-token-of-the-driver";

    private final Map<String, String> store = new ConcurrentHashMap<>(Map.of("token", VALUE));

    @Test
    void find_declaredNames_areThoseOfTheDriver() {
        try (HandOver driver = driver(SecretDeclarations.of("token"))) {
            Map<String, Lookup> answers = new HandOverProvider(driver::answer).find(Set.of("token", "other"));

            assertThat(answers.get("token").value()).isEqualTo(VALUE);
            assertThat(answers.get("token").location()).isEqualTo("handed over by the driver");
            assertThat(answers.get("other").isAbsent()).isTrue();
        }
    }

    @Test
    void find_defaultOfTheDriver_isLeftToTheExecutor() {
        SecretDeclarations declarations = SecretDeclarations.builder()
                .required("token")
                .withDefault("region", "us-east-1")
                .build();
        try (HandOver driver = driver(declarations)) {
            assertThat(new HandOverProvider(driver::answer)
                            .find(Set.of("region"))
                            .get("region")
                            .isAbsent())
                    .isTrue();
        }
    }

    @Test
    void version_rotation_changes() {
        try (SecretsResolver resolver = resolver();
                HandOver driver = new HandOver(resolver, SecretDeclarations.of("token"), Duration.ofMillis(20))) {
            HandOverProvider executor = new HandOverProvider(driver::answer);
            Object before = executor.version().orElseThrow();
            assertThat(executor.version()).contains(before);

            store.put("token", "test-token-2-of-the-driver");
            while (executor.version().orElseThrow().equals(before)) {
                Thread.onSpinWait();
            }

            assertThat(executor.find(Set.of("token")).get("token").value()).isEqualTo("test-token-2-of-the-driver");
        }
    }

    @Test
    void resolve_throughTheHandOver_isAWholeChain() {
        try (HandOver driver = driver(SecretDeclarations.of("token"));
                SecretsResolver executor = SecretsResolver.of(new HandOverProvider(driver::answer))) {
            Secrets secrets = executor.resolve("token");

            assertThat(secrets.source("token")).isEqualTo("driver: handed over by the driver");
            assertThatExceptionOfType(MissingSecretsException.class)
                    .isThrownBy(() -> executor.resolve("token", "other"))
                    .withMessageContaining("the driver has no such secret")
                    .withMessageContaining("spark.modelsecrets.driver.sources")
                    .withMessageNotContaining(VALUE);
        }
    }

    @Test
    void find_driverThatThrows_saysTheClassOnly() {
        HandOverProvider executor = new HandOverProvider(question -> {
            throw new IOException("lost " + VALUE);
        });

        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> executor.find(Set.of("token")))
                .withMessage("driver: does not answer (java.io.IOException)");
    }

    @Test
    void find_interrupted_staysInterrupted() {
        HandOverProvider executor = new HandOverProvider(question -> {
            throw new InterruptedException();
        });

        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> executor.find(Set.of("token")))
                .withMessage("driver: the wait for it was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void find_answersThatAreNone_areFailures() {
        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> new HandOverProvider(question -> new byte[] {0, 0, 0, 1, 0}).find(Set.of("token")))
                .withMessage("driver: gave an answer that cannot be read");
        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> new HandOverProvider(question -> VALUE).find(Set.of("token")))
                .withMessage("driver: gave an answer of another version of this library");
    }

    @Test
    void answer_otherMessages_areRefused() {
        try (HandOver driver = driver(SecretDeclarations.of("token"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> driver.answer("values"));
            assertThatIllegalArgumentException().isThrownBy(() -> driver.answer(new String[] {"all"}));
        }
    }

    @Test
    void handedOver_longAndForeignTexts_comeBack() throws IOException {
        Map<String, String> values = Map.of("long", "x".repeat(100_000), "foreign", "schlüssel-鍵-🔑");

        assertThat(HandedOver.read(HandedOver.write(values))).isEqualTo(values);
    }

    @Test
    void requireSafeChannel_authenticatedAndEncrypted_isAccepted() {
        for (String encryption : new String[] {"spark.network.crypto.enabled", "spark.ssl.rpc.enabled"}) {
            SparkConf conf =
                    new SparkConf(false).set("spark.authenticate", "true").set(encryption, "true");

            assertThatCode(() -> HandOver.requireSafeChannel(conf, false)).doesNotThrowAnyException();
        }
        assertThatCode(() -> HandOver.requireSafeChannel(new SparkConf(false), true))
                .as("local mode")
                .doesNotThrowAnyException();
    }

    @Test
    void requireSafeChannel_otherwise_saysWhatToSet() {
        assertRefused(new SparkConf(false), "neither authenticated nor encrypted");
        assertRefused(new SparkConf(false).set("spark.authenticate", "true"), "not encrypted");
        assertRefused(new SparkConf(false).set("spark.network.crypto.enabled", "true"), "not authenticated");
    }

    private static void assertRefused(SparkConf conf, String problem) {
        assertThatExceptionOfType(HandOverRefusedException.class)
                .isThrownBy(() -> HandOver.requireSafeChannel(conf, false))
                .withMessage(
                        "The driver hands no secrets to executors (spark.modelsecrets.sources names driver), because"
                                + " Spark's RPC is " + problem + ". Set spark.authenticate=true and"
                                + " spark.network.crypto.enabled=true (or spark.ssl.rpc.enabled=true), or name a source that"
                                + " executors can read themselves");
    }

    private HandOver driver(SecretDeclarations declarations) {
        return new HandOver(resolver(), declarations, Duration.ZERO);
    }

    private SecretsResolver resolver() {
        return SecretsResolver.of(SecretProvider.of("team store", name -> {
            String value = store.get(name);
            return value == null ? Lookup.absent("has no such secret") : Lookup.found(value, "a map");
        }));
    }
}
