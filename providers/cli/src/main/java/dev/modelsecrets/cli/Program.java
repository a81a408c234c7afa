package dev.modelsecrets.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs. Thread-safe.
 *
 * <p>It is ended through its handle: {@link Process#destroy} would close its output too, and the last words be lost.
 */
final class Program {

    private final Process process;
    private final List<OutputPump> pumps;

    Program(Process process, List<OutputPump> pumps) {
        this.process = process;
        this.pumps = pumps;
    }

    /** Waits for the end, and for the output that came before it. */
    int waitFor() throws InterruptedException {
        int code = process.waitFor();
        for (OutputPump pump : pumps) {
            pump.finish();
        }
        return code;
    }

    /** Returns why output was lost, if it was. */
    Optional<String> lostOutput() {
        return pumps.stream().flatMap(pump -> pump.problem().stream()).findFirst();
    }

    void signal(String name) {
        if (name.equals("TERM")) {
            process.toHandle().destroy();
        } else if (process.isAlive()) {
            Signals.send(name, process.pid());
        }
    }

    /** Asks the program to end, and kills it if it takes too long. */
    void end(Duration grace) throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            process.toHandle().destroyForcibly();
        }
    }

    void kill() {
        process.toHandle().destroyForcibly();
    }
}
