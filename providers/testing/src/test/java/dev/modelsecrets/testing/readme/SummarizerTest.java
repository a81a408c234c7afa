package dev.modelsecrets.testing.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.testing.FailOnSecretLeak;
import dev.modelsecrets.testing.SecretFixture;
import org.junit.jupiter.api.Test;

@FailOnSecretLeak
@SecretFixture(name = "hf_access_token", value = "test-token")
class SummarizerTest {

    @Test
    void load_withToken_sendsIt(HuggingFace secrets) {
        Summarizer model = new Summarizer(secrets);
        assertThat(model.header()).isEqualTo("Bearer test-token");
    }

    @Test
    @SecretFixture(name = "hf_access_token", value = "expired-token")
    void load_expiredToken_saysSo(HuggingFace secrets) {
        assertThatThrownBy(() -> new Summarizer(secrets).load()).hasMessage("the token is refused");
    }

    @Test
    @SecretFixture(name = "hf_access_token", value = "")
    void load_withoutToken_isClearError(SecretsResolver resolver) {
        assertThatThrownBy(() -> resolver.resolve(HuggingFace.class))
                .isInstanceOf(MissingSecretsException.class)
                .hasMessageContaining("hf_access_token");
    }
}
