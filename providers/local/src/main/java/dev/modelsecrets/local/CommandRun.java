package dev.modelsecrets.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs a program to its end and takes what it writes to its standard output; ends it when the time is over. */
final class CommandRun {

    /** A program did not come to an end that means anything; the message holds nothing of its output. */
    static final class FailedException extends Exception {

        private static final long serialVersionUID = 1L;

        FailedException(String problem) {
            super(problem, null, false, false);
        }

        String problem() {
            return String.valueOf(getMessage());
        }
    }

    /** How a program ended. A class, so that no generated method shows the output. */
    static final class Result {

        private final int status;
        private final transient byte[] output;

        Result(int status, byte[] output) {
            this.status = status;
            this.output = output;
        }

        int status() {
            return status;
        }

        byte[] output() {
            return output;
        }
    }

    /** What a clock of nanoseconds can count to, some 292 years. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private CommandRun() {}

    /**
     * Returns a time limit that can be counted in nanoseconds.
     *
     * @throws IllegalArgumentException if it is zero or negative
     */
    static Duration limit(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("the time limit has to be more than zero");
        }
        return timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
    }

    /**
     * Runs a program.
     *
     * @param environment its variables, or null for those of this process
     * @param showErrors whether its standard error goes to that of this process, or nowhere
     * @param input what it reads
     */
    static Result run(
            List<String> command,
            @Nullable Map<String, String> environment,
            boolean showErrors,
            byte[] input,
            Duration timeout)
            throws FailedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(showErrors ? Redirect.INHERIT : Redirect.DISCARD);
        if (environment != null) {
            builder.environment().clear();
            builder.environment().putAll(environment);
        }
        Process process;
        try {
            process = builder.start();
        } catch (IOException | IllegalArgumentException e) {
            throw new FailedException(command.get(0) + " cannot be run: is it installed, and on the PATH?");
        }
        try {
            return finish(process, input, timeout, command.get(0));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Result finish(Process process, byte[] input, Duration timeout, String program)
            throws FailedException {
        long end = System.nanoTime() + timeout.toNanos();
        CompletableFuture<byte[]> output = new CompletableFuture<>();
        start("reads-command", () -> read(process.getInputStream(), output));
        start("feeds-command", () -> feed(process.getOutputStream(), input));
        try {
            byte[] bytes = output.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return new Result(process.exitValue(), bytes);
            }
        } catch (TimeoutException e) {
            // Said below.
        } catch (ExecutionException e) {
            throw new FailedException("the output of " + program + " cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("the thread was interrupted while " + program + " ran");
        }
        throw new FailedException(program + " did not finish within " + timeout.toMillis() + " ms");
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    private static void read(InputStream in, CompletableFuture<byte[]> output) {
        try (in) {
            byte[] bytes = in.readNBytes(StrictText.LARGEST_OUTPUT + 1);
            output.complete(bytes);
        } catch (IOException e) {
            output.completeExceptionally(e);
        }
    }

    private static void feed(OutputStream out, byte[] input) {
        try (out) {
            out.write(input);
        } catch (IOException e) {
            // The program ended without reading everything: its status says why.
        }
    }
}
