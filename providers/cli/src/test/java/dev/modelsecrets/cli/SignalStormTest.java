package dev.modelsecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thirty seconds of signals: the code is always the program's, its last words arrive, and no program outlives the
 * command.
 */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class SignalStormTest {

    private static final List<String> SIGNALS = List.of("INT", "HUP", "WINCH", "STOP", "CONT", "CONT", "USR1", "USR2");
    private static final String PROGRAM = "trap : INT HUP WINCH USR1 USR2; trap 'echo last words; exit 42' TERM; "
            + "echo $$; while :; do sleep 0.02; done";

    @TempDir
    private Path directory;

    @Test
    void storm_ofSignals_leavesNoOrphanAndTheRightCode() throws Exception {
        Launcher launcher = Launcher.make(directory);
        Path mount = Files.createDirectories(directory.resolve("mount"));
        Files.writeString(mount.resolve("token"), "test-token-1");
        Random random = new Random(7);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        int rounds = 0;
        while (System.nanoTime() < end) {
            round(launcher, mount, random);
            rounds++;
        }
        assertThat(rounds).isPositive();
    }

    private static void round(Launcher launcher, Path mount, Random random) throws Exception {
        Process process = launcher.process(
                        "run", "--env", "T=token", "--directory", mount.toString(), "--", "sh", "-c", PROGRAM)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        long program = Long.parseLong(lines.readLine());
        for (int sent = random.nextInt(50); sent >= 0; sent--) {
            Signals.send(SIGNALS.get(random.nextInt(SIGNALS.size())), process.pid());
        }
        Signals.send("CONT", process.pid());
        Signals.send("TERM", process.pid());

        assertThat(lines.readLine()).isEqualTo("last words");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(42);
        assertThat(ProcessHandle.of(program).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
