package dev.modelsecrets.spring.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConvertedValuesTest {

    private static String redacted(String value, String text) {
        SecretProvider provider = SecretProvider.of("fixed", Map.of("a", value));
        try (SecretsResolver resolver = SecretsResolver.of(provider);
                RefreshingSecrets secrets = resolver.refreshing(Duration.ZERO, "a")) {
            ConvertedValues.learn(secrets);
            Redactor redactor = secrets.redactor();
            return redactor.redact(text);
        }
    }

    @Test
    void learn_numbers_areFoundAsSpringReadsThem() {
        assertThat(redacted("test token\t1", "<testtoken1>")).isEqualTo("<[secret:a]>");
        assertThat(redacted("#test-token", "<test-token>")).isEqualTo("<[secret:a]>");
        assertThat(redacted(" -0Xtest-token", "<-test-token>")).isEqualTo("<-[secret:a]>");
    }

    @Test
    void learn_entriesOfAList_areFound() {
        assertThat(redacted("test-key-1 , test-key-2==,", "test-key-2==")).isEqualTo("[secret:a]");
        assertThat(redacted("user:test-key-1,user:test-key-2", "user:test-key-2"))
                .isEqualTo("[secret:a]");
    }

    @Test
    void learn_documentsAndPairs_leavesTheirPublicPartsAlone() {
        assertThat(redacted("{\"type\":\"service_account\",\"key\":\"test-key\"}", "\"type\":\"service_account\""))
                .isEqualTo("\"type\":\"service_account\"");
        assertThat(redacted("models.example:6380,password=test-key-1,ssl=true", "models.example:6380"))
                .isEqualTo("models.example:6380");
    }

    @Test
    void learn_urlOfSeveralHosts_leavesTheHostsAlone() {
        assertThat(redacted(
                        "mongodb://user:test-password@one.example:27017,two.example:27017/m", "two.example:27017/m"))
                .isEqualTo("two.example:27017/m");
    }

    @Test
    void learn_shortForms_leavesThemAlone() {
        assertThat(redacted("on, off, auto", "onoff on off auto")).isEqualTo("onoff on off auto");
    }
}
