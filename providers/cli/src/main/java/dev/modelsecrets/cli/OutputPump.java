package dev.modelsecrets.cli;

import dev.modelsecrets.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Copies what a program prints through a redactor, at once.
 *
 * <p>What was read is passed on when nothing more is waiting; an end that may be the beginning of a secret is passed on
 * by a second thread once the redactor's idle time is over.
 */
final class OutputPump {

    private static final int BUFFER = 1 << 16;

    /** A little more than the idle time of the redactor. */
    private static final long IDLE_MILLIS = 205;

    /** How long a stream may be silent that somebody else holds open after the program has ended. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final InputStream from;
    private final OutputStream to;
    private final Thread copier;
    private volatile long lastRead = System.nanoTime();
    private volatile @Nullable String problem;

    private OutputPump(String name, InputStream from, OutputStream to, Redactor redactor) {
        this.from = from;
        this.to = redactor.wrap(new Unclosed(to));
        copier = new Thread(this::copy, "copier of " + name);
        copier.setDaemon(true);
    }

    static OutputPump start(String name, InputStream from, OutputStream to, Redactor redactor) {
        OutputPump pump = new OutputPump(name, from, to, redactor);
        pump.copier.start();
        return pump;
    }

    /** Waits until all is copied, or until a stream that somebody else holds open is silent. */
    void finish() throws InterruptedException {
        long ended = System.nanoTime();
        while (copier.isAlive()) {
            copier.join(20);
            long now = System.nanoTime();
            if (Math.min(now - ended, now - lastRead) > PATIENCE_NANOS) {
                break;
            }
        }
        try {
            to.close();
        } catch (IOException e) {
            failed(e);
        }
    }

    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void copy() {
        Thread idle = new Thread(this::flushWhenIdle, copier.getName() + " when idle");
        idle.setDaemon(true);
        idle.start();
        byte[] buffer = new byte[BUFFER];
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                lastRead = System.nanoTime();
                write(buffer, count);
                if (problem != null) {
                    break;
                }
            }
        } catch (IOException e) {
            // The program has ended and the stream was closed meanwhile.
        } finally {
            idle.interrupt();
            close();
        }
    }

    private void write(byte[] buffer, int count) throws IOException {
        int waiting = from.available();
        try {
            to.write(buffer, 0, count);
            if (waiting == 0) {
                to.flush();
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Lets the program notice that nobody reads any more. */
    private void close() {
        try {
            from.close();
        } catch (IOException e) {
            // It is no longer of use anyway.
        }
    }

    private void flushWhenIdle() {
        try {
            while (true) {
                Thread.sleep(IDLE_MILLIS);
                to.flush();
            }
        } catch (InterruptedException e) {
            // All is copied.
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        if (problem == null) {
            problem = Failure.reason(e);
        }
    }

    /** Stays open: the stream of this command is not the pump's to close. */
    private static final class Unclosed extends OutputStream {

        private final OutputStream out;

        Unclosed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
