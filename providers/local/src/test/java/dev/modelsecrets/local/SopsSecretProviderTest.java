package dev.modelsecrets.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProviderException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class SopsSecretProviderTest {

    private static final String DOCUMENT =
            "{\"token\":\"test-token\",\"port\":5432,\"pin\":\"0123\",\"off\":null,\"models\":{\"llm\":{\"token\":\"inner\"}}}";

    @TempDir
    private Path directory;

    /**
     * Writes a program that stands for sops, and checks the arguments that it is documented to take.
     *
     * <p>A shell writes it: were the file open in this process, a program that another test starts meanwhile would
     * inherit it, and Linux does not execute a file that somebody has open for writing.
     */
    static Path program(Path directory, String body) throws IOException {
        Path file = directory.resolve("sops");
        String text = "#!/bin/sh\n[ \"$#\" = 4 ] && [ \"$1 $2 $3\" = '--decrypt --output-type json' ] || exit 100\n"
                + body + "\n";
        Process shell =
                new ProcessBuilder("/bin/sh", "-c", "cat > \"$0\" && chmod 700 \"$0\"", file.toString()).start();
        try (OutputStream input = shell.getOutputStream()) {
            input.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(shell.onExit().join().exitValue()).isZero();
        return file;
    }

    private SopsSecretProvider.Builder sops(String body) throws IOException {
        Path file = Files.writeString(directory.resolve("secrets.enc.yaml"), DOCUMENT);
        return SopsSecretProvider.at(file).program(program(directory, body));
    }

    @Test
    void find_decrypted_valuesAsSopsWritesThem() throws IOException {
        Map<String, Lookup> answers =
                sops("cat \"$4\"").build().find(Set.of("token", "port", "pin", "off", "models", "none"));

        assertThat(answers.get("token").value()).isEqualTo("test-token");
        assertThat(answers.get("token").location()).isEqualTo(directory.resolve("secrets.enc.yaml") + " key token");
        assertThat(answers.get("port").value()).isEqualTo("5432");
        assertThat(answers.get("pin").value()).isEqualTo("0123");
        assertThat(answers.get("models").value()).isEqualTo("{\"llm\":{\"token\":\"inner\"}}");
        assertThat(answers.get("off").isAbsent()).isTrue();
        assertThat(answers.get("none").reason()).endsWith("secrets.enc.yaml has no key none");
    }

    @Test
    void find_belowAPointer_namesOfThatMap() throws IOException {
        assertThat(sops("cat \"$4\"")
                        .below("/models/llm")
                        .build()
                        .find(Set.of("token"))
                        .get("token")
                        .value())
                .isEqualTo("inner");
    }

    @Test
    void find_decryptionFails_saysStatusAndNotTheOutput() throws IOException {
        SopsSecretProvider provider =
                sops("echo sentinel; echo sentinel >&2; exit 128").build();

        assertThatThrownBy(() -> provider.find(Set.of("token")))
                .isInstanceOf(SecretProviderException.class)
                .hasMessage("sops: " + directory.resolve("sops") + " could not decrypt "
                        + directory.resolve("secrets.enc.yaml")
                        + " (status 128); what it says about that is shown with showErrors(true)");
    }

    @Test
    void find_outputIsNoJson_failsWithoutQuoting() throws IOException {
        for (String output :
                new String[] {"sentinel", "'{\"token\": sentinel}'", "'{\"token\":\"a\"} sentinel'", "''"}) {
            SopsSecretProvider provider = sops("printf %s " + output).build();

            assertThatThrownBy(() -> provider.find(Set.of("token")))
                    .hasMessage("sops: what " + directory.resolve("sops") + " wrote is not JSON");
        }
    }

    @Test
    void find_noProgram_saysSo() throws IOException {
        SopsSecretProvider provider = SopsSecretProvider.at(Files.writeString(directory.resolve("x.yaml"), ""))
                .program(directory.resolve("missing"))
                .build();

        assertThatThrownBy(() -> provider.find(Set.of("token")))
                .hasMessage(
                        "sops: " + directory.resolve("missing") + " cannot be run: is it installed, and on the PATH?");
    }

    @Test
    void find_noFile_absentWithoutRunningAnything() {
        SopsSecretProvider provider = SopsSecretProvider.at(directory.resolve("none.yaml"))
                .program(directory.resolve("missing"))
                .build();

        assertThat(provider.find(Set.of("token")).get("token").reason())
                .isEqualTo(directory.resolve("none.yaml") + " does not exist");
    }
}
