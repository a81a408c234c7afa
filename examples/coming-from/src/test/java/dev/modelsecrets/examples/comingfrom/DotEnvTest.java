package dev.modelsecrets.examples.comingfrom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotEnvTest {

    @TempDir
    Path directory;

    @Test
    void secrets_fileAndVariable_variableWins() throws IOException {
        write("OPENAI_API_KEY=test-token\nDATABASE_URL='jdbc:h2:mem:$a'\n");

        Secrets secrets = DotEnv.secrets(Map.of("OPENAI_API_KEY", "test-token-2"), directory);

        assertThat(secrets.require("OPENAI_API_KEY")).isEqualTo("test-token-2");
        assertThat(secrets.require("DATABASE_URL")).isEqualTo("jdbc:h2:mem:$a");
        assertThat(secrets.source("DATABASE_URL").toString()).contains(".env line 2");
    }

    @Test
    void secrets_quoteNotClosed_isAFailureWithoutTheText() throws IOException {
        write("OPENAI_API_KEY=\"test-token\nDATABASE_URL=jdbc:h2:mem:a\n");

        assertThatThrownBy(() -> DotEnv.secrets(Map.of(), directory))
                .isInstanceOf(SecretProviderException.class)
                .hasMessageContaining(".env")
                .hasMessageNotContaining("test-token");
    }

    @Test
    void expanding_referenceToAVariable_isExpanded() throws IOException {
        write("DATABASE_URL=jdbc:h2:mem:${NAME}\n");

        assertThat(DotEnv.expanding(Map.of("NAME", "a"), directory).require("DATABASE_URL"))
                .isEqualTo("jdbc:h2:mem:a");
    }

    private void write(String text) throws IOException {
        Files.writeString(directory.resolve(".env"), text);
    }
}
