package dev.modelsecrets.examples.comingfrom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SecretSpecTest {

    @TempDir
    Path directory;

    @Test
    void run_inDevelopment_takesDefaults() throws IOException {
        Files.writeString(directory.resolve(".env"), "API_KEY=test-token\n");

        Secrets secrets = SecretSpec.run(SecretSpec.resolver(Map.of(), directory), SecretSpec.declarations(true));

        assertThat(secrets.require("API_KEY")).isEqualTo("test-token");
        assertThat(secrets.require("DATABASE_URL")).isEqualTo("sqlite:dev.db");
        assertThat(secrets.require("REDIS_URL")).isEqualTo("redis://localhost:6379");
    }

    @Test
    void resolve_inProduction_wantsTheDatabase() {
        SecretsResolver resolver = SecretSpec.resolver(Map.of("API_KEY", "test-token"), directory);

        assertThatThrownBy(() -> resolver.resolve(SecretSpec.declarations(false)))
                .isInstanceOf(MissingSecretsException.class)
                .hasMessageContaining("DATABASE_URL");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // a shell script stands for the program
    void beside_programWithThatSyntax_givesItsSecret() throws IOException {
        Path program = directory.resolve("secretspec");
        // A shell writes it: Linux does not execute a file that this process may still have open.
        Process shell =
                new ProcessBuilder("/bin/sh", "-c", "cat > \"$0\" && chmod 700 \"$0\"", program.toString()).start();
        try (OutputStream input = shell.getOutputStream()) {
            input.write(
                    "#!/bin/sh\n[ \"$1 $2\" = 'get API_KEY' ] && echo test-token\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(shell.onExit().join().exitValue()).isZero();

        assertThat(SecretsResolver.of(SecretSpec.beside(program.toString()))
                        .resolve("API_KEY")
                        .require("API_KEY"))
                .isEqualTo("test-token");
    }
}
