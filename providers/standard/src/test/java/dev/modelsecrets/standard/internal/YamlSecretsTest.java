package dev.modelsecrets.standard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class YamlSecretsTest {

    @Test
    void toString_value_isItsPlace() throws Exception {
        YamlSecrets section = YamlSecrets.parseSection("secrets:\n  token: hunter2\n");

        assertThat(section.values().get("token").text()).isEqualTo("hunter2");
        assertThat(section.values()).hasToString("{token=value of the key at line 2, column 3}");
    }

    @Test
    void parse_malformed_hasNoCauseAndNoTrace() {
        try {
            YamlSecrets.parseSection("secrets:\n  token: \"hunter2\n");
        } catch (MalformedException e) {
            assertThat(e).hasNoCause().hasNoSuppressedExceptions();
            assertThat(e.getStackTrace()).isEmpty();
            assertThat(e.problem()).isEqualTo("is not valid YAML at line 3, column 1: a quote is not closed");
            return;
        }
        throw new AssertionError("accepted");
    }
}
