package dev.modelsecrets.examples.comingfrom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        Path program = Files.createFile(
                directory.resolve("secretspec"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(program, "#!/bin/sh\n[ \"$1 $2\" = 'get API_KEY' ] && echo test-token\n");

        assertThat(SecretsResolver.of(SecretSpec.beside(program.toString()))
                        .resolve("API_KEY")
                        .require("API_KEY"))
                .isEqualTo("test-token");
    }
}
