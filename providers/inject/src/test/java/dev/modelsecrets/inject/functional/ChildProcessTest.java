package dev.modelsecrets.inject.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.inject.ArgumentExpansion;
import dev.modelsecrets.inject.SecretFiles;
import dev.modelsecrets.inject.SecretInjection;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes. */
class ChildProcessTest {

    private static final SecretProvider STORE =
            SecretProvider.of("store", Map.of("hf-secret.hf-token", "hf-value", "db", "db=\"val $(PORT)\"\nline 2"));

    @TempDir
    Path temporary;

    private static Secrets resolve(SecretInjection injection) {
        return SecretsResolver.of(STORE).resolve(injection.declarations());
    }

    @Test
    void child_variables_areTheGrantedOnesAndNoMore() throws Exception {
        SecretInjection injection = SecretInjection.builder()
                .variable("HF_TOKEN", "hf-secret", "hf-token")
                .keepInherited("TRUSS_SECRET_kept")
                .build();
        ProcessBuilder child = ChildJvm.of(
                temporary,
                PrintEnvironment.class,
                Map.of(
                        "PORT", "80",
                        "HF_TOKEN", "inherited",
                        "TRUSS_SECRET_kept", "kept",
                        "TRUSS_SECRET_db", "not granted",
                        "AUTH_SECRET", "{\"not\": \"granted\"}"),
                "--token=$(HF_TOKEN)");

        injection.plan(resolve(injection)).applyTo(child);

        assertThat(ChildJvm.run(child))
                .contains("HF_TOKEN=hf-value", "PORT=80", "TRUSS_SECRET_kept=kept", "argument --token=$(HF_TOKEN)")
                .noneMatch(line -> line.contains("not granted") || line.contains("AUTH_SECRET"));
    }

    @Test
    void child_valueWithQuotesAndLines_arrivesUnchanged() throws Exception {
        SecretInjection injection =
                SecretInjection.builder().variable("DB", "db").build();
        ProcessBuilder child = ChildJvm.of(temporary, PrintEnvironment.class, Map.of());

        injection.plan(resolve(injection)).applyTo(child);

        assertThat(ChildJvm.run(child)).containsSequence("DB=db=\"val $(PORT)\"", "line 2");
    }

    @Test
    void child_expandedArguments_seeItsVariables() throws Exception {
        SecretInjection injection = SecretInjection.builder()
                .variable("HF_TOKEN", "hf-secret", "hf-token")
                .variable("DB", "db")
                .expandArguments(ArgumentExpansion.STRICT)
                .build();
        ProcessBuilder child = ChildJvm.of(
                temporary,
                PrintEnvironment.class,
                Map.of("PORT", "80"),
                "--token",
                "$(HF_TOKEN)",
                "--port=$(PORT)",
                "$$(PORT)",
                "$(DB)");

        injection.plan(resolve(injection)).applyTo(child);

        assertThat(ChildJvm.run(child))
                .containsSequence(
                        "argument --token",
                        "argument hf-value",
                        "argument --port=80",
                        "argument $(PORT)",
                        "argument db=\"val $(PORT)\"",
                        "line 2");
    }

    @Test
    void child_filesAndTheirDirectory_comeFromOnePlan() throws Exception {
        SecretInjection injection = SecretInjection.builder()
                .variable("HF_TOKEN", "hf-secret", "hf-token")
                .file("db")
                .build();
        ProcessBuilder child = ChildJvm.of(temporary, PrintEnvironment.class, Map.of());
        Path directory = temporary.resolve("secrets");

        var plan = injection.plan(resolve(injection));
        plan.applyTo(child);
        try (SecretFiles files = plan.writeTo(directory)) {
            assertThat(files.directory().resolve("db")).hasContent("db=\"val $(PORT)\"\nline 2");
            assertThat(ChildJvm.run(child)).contains("HF_TOKEN=hf-value").noneMatch(line -> line.contains("line 2"));
        }

        assertThat(directory).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void umlaut_localeWithoutIt_isRefusedInsteadOfMangled() throws Exception {
        ProcessBuilder child =
                ChildJvm.of(temporary, HandOnAnUmlaut.class, Map.of("LC_ALL", "C", "PATH", "/usr/bin:/bin"));

        assertThat(ChildJvm.run(child))
                .containsExactly(
                        "1 problem in the secret injection, nothing was applied:",
                        "  variable TOKEN: the value of the secret token has characters that the locale of this JVM has"
                                + " no encoding for; start the JVM with LC_ALL=C.UTF-8");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void umlaut_localeOfUnicode_arrivesUnchanged() throws Exception {
        ProcessBuilder child =
                ChildJvm.of(temporary, HandOnAnUmlaut.class, Map.of("LC_ALL", "C.UTF-8", "PATH", "/usr/bin:/bin"));

        assertThat(ChildJvm.run(child)).containsExactly(" 70 c3 a4 73 73");
    }
}
