package dev.modelsecrets.cli;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.Subscription;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the program, waits for its end, and starts it anew or signals it when a secret has changed. */
final class Supervisor {

    private final ProgramStart start;
    private final SignalForwarding signals;
    private final ProgramFiles files;
    private final Diagnostics diagnostics;

    /** The program that runs, and whether its end is only the way to a new start. */
    private @Nullable Program program;

    private boolean restarting;

    Supervisor(ProgramStart start, SignalForwarding signals, ProgramFiles files, Diagnostics diagnostics) {
        this.start = start;
        this.signals = signals;
        this.files = files;
        this.diagnostics = diagnostics;
    }

    /** Runs the program once and returns its code. */
    int run(Secrets secrets, Redactor redactor) throws IOException, InterruptedException {
        return ended(started(secrets, redactor));
    }

    /** Runs the program until it ends by itself or by a signal to this process. */
    int watch(RefreshingSecrets secrets, Watch watch) throws IOException, InterruptedException {
        Redactor redactor = secrets.redactor();
        Program running = started(secrets.get(), redactor);
        Subscription subscription = secrets.onChange(change -> {
            diagnostics.warning(
                    "changed: " + String.join(", ", change.changed()) + (watch.restart() ? "; restarting" : ""));
            changed(secrets.get(), watch);
        });
        try (subscription) {
            int code = ended(running);
            while (mayRestart()) {
                running = started(secrets.get(), redactor);
                code = ended(running);
            }
            return code;
        }
    }

    private Program started(Secrets secrets, Redactor redactor) throws IOException {
        Map<String, String> further = files.write(start.injection(), secrets, start.hasFiles());
        Program started = start.start(secrets, redactor, further);
        synchronized (this) {
            program = started;
        }
        signals.to(started);
        return started;
    }

    private int ended(Program running) throws InterruptedException {
        Thread kill = new Thread(running::kill);
        Runtime.getRuntime().addShutdownHook(kill);
        int code = running.waitFor();
        Runtime.getRuntime().removeShutdownHook(kill);
        running.lostOutput().ifPresent(problem -> diagnostics.error("output of the program was lost: " + problem));
        return code;
    }

    private synchronized boolean mayRestart() {
        boolean restart = restarting && !signals.isEnding();
        restarting = false;
        return restart;
    }

    /** Called by the thread of listeners. */
    private void changed(Secrets secrets, Watch watch) {
        Program running;
        synchronized (this) {
            running = program;
        }
        if (running == null) {
            return;
        }
        try {
            if (watch.restart()) {
                start.injection().plan(secrets); // A change that cannot be injected leaves the program as it is.
                synchronized (this) {
                    restarting = true;
                }
                running.end(watch.grace());
            } else {
                files.write(start.injection(), secrets, start.hasFiles());
                running.signal(watch.signal());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            diagnostics.error("the program goes on with the former secrets: "
                    + Failure.of(e).message());
        }
    }
}
