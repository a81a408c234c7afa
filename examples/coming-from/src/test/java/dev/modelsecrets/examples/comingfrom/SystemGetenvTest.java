package dev.modelsecrets.examples.comingfrom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.SecretBindingException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemGetenvTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("OPENAI_API_KEY", "test-token", "DATABASE_PORT", "5432");

    @Test
    void secrets_plainVariables_areFound() {
        assertThat(SystemGetenv.secrets(ENVIRONMENT).require("OPENAI_API_KEY")).isEqualTo("test-token");
    }

    @Test
    void secrets_nothingSet_namesBoth() {
        assertThatThrownBy(() -> SystemGetenv.secrets(Map.of()))
                .isInstanceOf(MissingSecretsException.class)
                .hasMessageContainingAll("OPENAI_API_KEY", "DATABASE_PORT");
    }

    @Test
    void keys_plainVariables_fillTheRecord() {
        SystemGetenv.Keys keys = SystemGetenv.keys(ENVIRONMENT);

        assertThat(keys.openAi().reveal()).isEqualTo("test-token");
        assertThat(keys.port()).isEqualTo(5432);
        assertThat(keys.toString()).doesNotContain("test-token");
    }

    @Test
    void keys_portIsNoNumber_saysSoWithoutTheValue() {
        assertThatThrownBy(() ->
                        SystemGetenv.keys(Map.of("OPENAI_API_KEY", "test-token", "DATABASE_PORT", "not-a-number")))
                .isInstanceOf(SecretBindingException.class)
                .hasMessageContaining("DATABASE_PORT")
                .hasMessageNotContaining("not-a-number");
    }

    @Test
    void ownNames_mappedVariable_isFound() {
        assertThat(SystemGetenv.ownNames(ENVIRONMENT).require("openai_api_key")).isEqualTo("test-token");
    }
}
