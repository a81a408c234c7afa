package dev.modelsecrets.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class CommandSecretProviderTest {

    @TempDir
    private Path directory;

    private CommandSecretProvider.Builder script(String body) throws IOException {
        Path file = Files.writeString(directory.resolve("script"), body);
        return CommandSecretProvider.builder("/bin/sh", file.toString(), "{name}")
                .timeout(Duration.ofMinutes(1));
    }

    private CommandSecretProvider.Builder helper(String body) throws IOException {
        Path file = Files.writeString(directory.resolve("helper"), body);
        return CommandSecretProvider.batch("/bin/sh", file.toString()).timeout(Duration.ofMinutes(1));
    }

    private static Lookup answer(CommandSecretProvider provider, String name) {
        return provider.find(Set.of(name)).get(name);
    }

    @Test
    void find_output_isTheValue() throws IOException {
        CommandSecretProvider provider = script("echo \"test-$1\"").build();

        assertThat(answer(provider, "token").value()).isEqualTo("test-token");
        assertThat(answer(provider, "token").location()).isEqualTo("output of /bin/sh");
    }

    @Test
    void find_argument_isNeverReadByAShell() {
        CommandSecretProvider provider = CommandSecretProvider.builder("printf", "%s", "$HOME;echo {name}`id`")
                .build();

        assertThat(answer(provider, "a.b").value()).isEqualTo("$HOME;echo a.b`id`");
    }

    @Test
    void find_severalLines_unchanged() throws IOException {
        assertThat(answer(script("printf 'a\\nb\\n'").build(), "x").value()).isEqualTo("a\nb\n");
    }

    @Test
    void find_statuses_absentOnlyWhereNamed() throws IOException {
        CommandSecretProvider provider = script("[ \"$1\" = gone ] && exit 7; echo sentinel; echo sentinel >&2; exit 1")
                .absentStatus(7)
                .build();

        assertThat(answer(provider, "gone").reason()).isEqualTo("/bin/sh has no such secret (status 7)");
        assertThat(answer(provider, "other").problem())
                .isEqualTo("/bin/sh ended with the status 1; what it says about that is shown with showErrors(true)");
    }

    @Test
    void timeout_forEver_isNoProblem() throws IOException {
        CommandSecretProvider provider = script("echo test-token")
                .timeout(Duration.ofSeconds(Long.MAX_VALUE))
                .build();

        assertThat(answer(provider, "x").value()).isEqualTo("test-token");
    }

    @Test
    void find_nothingWritten_absent() throws IOException {
        assertThat(answer(script("exit 0").build(), "x").isAbsent()).isTrue();
    }

    @Test
    void find_tooSlow_endedWithItsChildren() throws Exception {
        Path pid = directory.resolve("pid");
        CommandSecretProvider provider = script("sleep 600 & echo $! > '" + pid + "'; wait")
                .timeout(Duration.ofSeconds(2))
                .build();

        assertThat(answer(provider, "x").problem()).startsWith("/bin/sh did not finish within ");

        // On a busy machine the script may have been ended before it started its child.
        if (Files.exists(pid) && Files.size(pid) > 0) {
            long child = Long.parseLong(Files.readString(pid).strip());
            for (int i = 0; i < 600 && isAlive(child); i++) {
                Thread.sleep(100);
            }
            assertThat(isAlive(child)).isFalse();
        }
    }

    /** A zombie that nobody waits for has ended too. */
    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().command())
                .isPresent();
    }

    @Test
    void find_interrupted_failsAndStaysInterrupted() throws IOException {
        CommandSecretProvider provider = script("sleep 600").build();
        Thread.currentThread().interrupt();

        try {
            assertThat(answer(provider, "x").problem()).isEqualTo("the thread was interrupted while /bin/sh ran");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void find_outputNoTextOrTooLarge_fails() throws IOException {
        assertThat(answer(script("printf '\\377'").build(), "x").problem())
                .isEqualTo("the output of /bin/sh is not valid UTF-8: store binary data as base64");
        assertThat(answer(script("head -c 1048577 /dev/zero").build(), "x").problem())
                .isEqualTo("the output of /bin/sh is larger than 1 MiB");
    }

    @Test
    void find_noProgram_fails() {
        CommandSecretProvider provider =
                CommandSecretProvider.builder(directory + "/missing", "{name}").build();

        assertThat(answer(provider, "x").problem())
                .isEqualTo(directory + "/missing cannot be run: is it installed, and on the PATH?");
    }

    @Test
    void find_nameThatIsNoneOrAnOption_neverReachesTheProgram() throws IOException {
        CommandSecretProvider provider = script("echo ran").build();

        assertThatThrownBy(() -> provider.find(Set.of("../x"))).isInstanceOf(InvalidSecretNameException.class);
        assertThat(answer(provider, "-rf").problem())
                .isEqualTo("/bin/sh would take a name that begins with a dash for an option");
    }

    @Test
    void find_environment_onlyTheOneGiven() throws IOException {
        CommandSecretProvider provider = script("printf %s \"$A-$HOME\"")
                .environment(Map.of("A", "given"))
                .build();

        assertThat(answer(provider, "x").value()).isEqualTo("given-");
    }

    @Test
    void batch_answers_eachOfFourKinds() throws IOException {
        CommandSecretProvider provider = helper("cat > '" + directory + "/asked'\n"
                        + "echo '{\"name\":\"denied\",\"status\":\"denied\",\"reason\":\"sentinel\"}'\n"
                        + "printf '%s\\n' '{\"value\":\"a\\nb\",\"name\":\"found\"}'\n"
                        + "echo '{\"name\":\"absent\",\"status\":\"absent\"}'\n"
                        + "echo '{\"name\":\"failed\",\"status\":\"failed\"}'\n"
                        + "echo '{\"name\":\"odd\",\"status\":\"sentinel\"}'\n"
                        + "echo '{\"name\":\"unasked\",\"value\":\"sentinel\"}'\n")
                .build();

        Map<String, Lookup> answers = provider.find(Set.of("denied", "found", "absent", "failed", "odd", "silent"));

        assertThat(answers.get("found").value()).isEqualTo("a\nb");
        assertThat(answers.get("absent").reason()).isEqualTo("/bin/sh says that it has no such secret");
        assertThat(answers.get("denied").isDenied()).isTrue();
        assertThat(answers.get("denied").problem()).doesNotContain("sentinel");
        assertThat(answers.get("failed").problem()).isEqualTo("/bin/sh says that it cannot tell");
        assertThat(answers.get("odd").problem()).isEqualTo("/bin/sh answered with neither a value nor a known status");
        assertThat(answers.get("silent").problem()).isEqualTo("/bin/sh did not answer for it");
        assertThat(answers).doesNotContainKey("unasked");
        assertThat(Files.readAllLines(directory.resolve("asked"))).hasSize(6).contains("{\"name\":\"found\"}");
    }

    @Test
    void batch_malformed_failsWithoutQuoting() throws IOException {
        CommandSecretProvider provider = helper("echo '{\"name\":\"x\",\"value\":\"ok\"}'; echo 'sentinel'")
                .build();

        assertThatThrownBy(() -> provider.find(Set.of("x")))
                .isInstanceOf(SecretProviderException.class)
                .hasMessage("command: the output of /bin/sh is not JSON on line 2");
    }

    @Test
    void builder_noPlaceholder_refused() {
        assertThatThrownBy(() -> CommandSecretProvider.builder("pass", "show"))
                .hasMessage("no argument of pass has the placeholder {name}");
    }
}
