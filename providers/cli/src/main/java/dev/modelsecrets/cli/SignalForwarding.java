package dev.modelsecrets.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Takes the signals that are sent to this process and sends them to the program, in order.
 *
 * <p>A terminal sends INT, TSTP and WINCH to the program too, as both are in its foreground group: with one, they are
 * not sent a second time. One that comes before the program has started waits for it. Thread-safe.
 */
final class SignalForwarding implements AutoCloseable {

    private static final List<String> ENDING = List.of("TERM", "INT", "HUP");
    private static final List<String> OTHERS = List.of("USR1", "USR2", "CONT");
    private static final List<String> OF_TERMINAL = List.of("INT", "TSTP", "WINCH");

    private final boolean terminal;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final List<Runnable> restore = new ArrayList<>();
    private final Thread sender = new Thread(this::send, "signals");
    private @Nullable Program program;
    private boolean ending;

    private SignalForwarding(boolean terminal) {
        this.terminal = terminal;
        sender.setDaemon(true);
    }

    static SignalForwarding install(boolean terminal) {
        SignalForwarding forwarding = new SignalForwarding(terminal);
        List<String> names = new ArrayList<>(ENDING);
        names.addAll(OTHERS);
        if (!terminal) {
            names.add("TSTP");
            names.add("WINCH");
        }
        names.forEach(name ->
                SignalHandlers.take(name, () -> forwarding.received(name)).ifPresent(forwarding.restore::add));
        forwarding.sender.start();
        return forwarding;
    }

    private void received(String name) {
        synchronized (this) {
            ending |= ENDING.contains(name);
        }
        boolean sentByTerminal = terminal && OF_TERMINAL.contains(name);
        if (!sentByTerminal && !received.contains(name)) {
            received.add(name);
        }
    }

    /** Tells whether this process was asked to end. */
    synchronized boolean isEnding() {
        return ending;
    }

    /** Sends signals to this program from now on. */
    synchronized void to(Program started) {
        program = started;
        notifyAll();
    }

    private void send() {
        try {
            while (true) {
                String name = received.take();
                awaitProgram().signal(name);
                if (name.equals("TSTP")) {
                    Signals.send("STOP", ProcessHandle.current().pid());
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private synchronized Program awaitProgram() throws InterruptedException {
        while (program == null) {
            wait();
        }
        return program;
    }

    @Override
    public void close() {
        restore.forEach(Runnable::run);
        sender.interrupt();
    }
}
