package dev.modelsecrets.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReadmeSnippetTest {

    @Test
    void resolve_noConfig_saysSo() {
        assertThatThrownBy(ReadmeSnippet::resolve)
                .isExactlyInstanceOf(ModelConfigException.class)
                .hasMessage("config.yaml does not exist");
    }

    @Test
    void find_password_isFound() {
        assertThat(ReadmeSnippet.find("{\"password\": \"test-token\"}").value()).isEqualTo("test-token");
    }
}
