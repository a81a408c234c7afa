package dev.modelsecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.cli.Shell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One at a time, because each takes the signals of this process. */
@Execution(ExecutionMode.SAME_THREAD)
class RunCommandTest {

    private static final String SENTINEL = "sentinel-value-7f3a";

    @TempDir
    private Path directory;

    private Path mount;

    @BeforeEach
    void mount() throws Exception {
        mount = directory.resolve("mount");
        Files.createDirectories(mount);
        Files.writeString(mount.resolve("token"), SENTINEL);
        Files.writeString(mount.resolve("other"), "other-" + SENTINEL);
    }

    private Shell shell() {
        Shell shell = new Shell(directory).variable("PATH", System.getenv("PATH"));
        return shell.variable("XDG_RUNTIME_DIR", directory.toString());
    }

    private Result run(Shell shell, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "run";
        all[1] = "--directory";
        all[2] = mount.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return shell.run(all);
    }

    @Test
    void program_getsExactlyWhatIsGranted() {
        Shell shell = shell().variable("TRUSS_SECRET_third", SENTINEL)
                .variable("AUTH_SECRET", "{}")
                .variable("MODEL_SECRETS_PASSWORD", SENTINEL)
                .variable("KEPT", "kept");

        Result result = run(shell, "--env", "TOKEN=token", "--", "env");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("TOKEN=[secret:token]", "KEPT=kept")
                .doesNotContain("TRUSS_SECRET", "AUTH_SECRET", "MODEL_SECRETS_PASSWORD", "other");
    }

    @Test
    void envAll_makesAVariableOfEachName() {
        Result result = run(shell(), "--names", "token,other", "--env-all", "--", "sh", "-c", "echo $token $other");

        assertThat(result.out()).isEqualTo("[secret:token] [secret:other]\n");
    }

    @Test
    void bothStreams_areRedacted() {
        Result result = run(shell(), "--env", "T=token", "--", "sh", "-c", "printf \"a $T\"; echo \"b $T c\" >&2");

        assertThat(result.out()).isEqualTo("a [secret:token]");
        assertThat(result.err()).isEqualTo("b [secret:token] c\n");
    }

    @Test
    void code_isThatOfTheProgram() {
        assertThat(run(shell(), "--env", "T=token", "--", "sh", "-c", "exit 42").code())
                .isEqualTo(42);
        assertThat(run(shell(), "--env", "T=token", "--", "sh", "-c", "kill -9 $$")
                        .code())
                .isEqualTo(137);
        assertThat(run(shell(), "--env", "T=token", "--", "no-such-program").code())
                .isEqualTo(127);
        assertThat(run(shell(), "--env", "T=token", "--", directory.toString()).code())
                .isEqualTo(126);
    }

    @Test
    void secret_missing_startsNothing() {
        Path made = directory.resolve("made");

        Result result = run(shell(), "--env", "T=absent", "--", "touch", made.toString());

        assertThat(result.code()).isEqualTo(ExitCode.MISSING);
        assertThat(made).doesNotExist();
    }

    @Test
    void files_areThereWhileTheProgramRuns() throws Exception {
        Result result = run(
                shell(),
                "--file",
                "keys/hf=token",
                "--",
                "sh",
                "-c",
                "cat \"$MODEL_SECRETS_FILES/keys/hf\"; echo \"|$MODEL_SECRETS_FILES\"");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("[secret:token]|");
        Path files =
                Path.of(result.out().substring(result.out().indexOf('|') + 1).strip());
        assertThat(files).doesNotExist().hasParentRaw(directory);
    }

    @Test
    void arguments_areExpandedOnRequestOnly() {
        assertThat(run(shell(), "--env", "T=token", "--", "echo", "$(T)").out()).isEqualTo("$(T)\n");
        assertThat(run(shell(), "--env", "T=token", "--expand", "--", "echo", "$(T)")
                        .out())
                .isEqualTo("[secret:token]\n");
        assertThat(run(shell(), "--env", "T=token", "--expand", "--", "echo", "$(UNKNOWN)")
                        .code())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void options_ofTheProgram_areItsOwn() {
        assertThat(run(shell(), "--env", "T=token", "echo", "--help", "--json").out())
                .isEqualTo("--help --json\n");
    }

    @Test
    void watchRestart_startsTheProgramAnewWithTheNewValue() throws Exception {
        Path starts = directory.resolve("starts");
        String script = "echo \"$T\" >> '" + starts + "'; [ $(wc -l < '" + starts + "') -ge 2 ] && exit 7; "
                + "printf rotated-value-1 > '" + mount + "/new'; mv '" + mount + "/new' '" + mount + "/token'; "
                + "sleep 60 & wait $!";

        Result result =
                run(shell(), "--env", "T=token", "--watch", "restart", "--interval", "0.1s", "--", "sh", "-c", script);

        assertThat(result.code()).as(result.all()).isEqualTo(7);
        assertThat(Files.readAllLines(starts)).containsExactly(SENTINEL, "rotated-value-1");
        assertThat(result.err()).contains("changed: token; restarting").doesNotContain(SENTINEL, "rotated-value-1");
    }

    @Test
    void watchSignal_replacesTheFilesAndSignals() throws Exception {
        String script = "trap 'cat \"$MODEL_SECRETS_FILES/t\"; exit 9' USR1; "
                + "printf rotated-value-1 > '" + mount + "/new'; mv '" + mount + "/new' '" + mount + "/token'; "
                + "i=0; while [ $i -lt 600 ]; do sleep 0.1; i=$((i+1)); done";

        Result result = run(
                shell(),
                "--file",
                "t=token",
                "--watch",
                "signal",
                "--signal",
                "USR1",
                "--interval",
                "0.1s",
                "--",
                "sh",
                "-c",
                script);

        assertThat(result.code()).as(result.all()).isEqualTo(9);
        assertThat(result.out()).isEqualTo("[secret:token]");
    }
}
