package dev.modelsecrets.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands in this process, with an environment, streams and a terminal of its own. */
final class Shell {

    /** What a command left behind. */
    record Result(int code, String out, String err) {

        String all() {
            return out + err;
        }
    }

    private final Map<String, String> environment = new HashMap<>();
    private final Deque<String> typed = new ArrayDeque<>();
    private final Path secretsDirectory;
    private InputStream in = InputStream.nullInputStream();
    private Optional<OutputStream> brokenOut = Optional.empty();
    private Optional<URI> vendors = Optional.empty();
    private boolean terminal;

    /** Nothing is there but what the test puts there: no variable, and an absent directory of mounted secrets. */
    Shell(Path directory) {
        secretsDirectory = directory.resolve("no-secrets-here");
    }

    Shell variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Shell input(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Lets standard output fail with the words of the system. */
    Shell outputFailsWith(String message) {
        brokenOut = Optional.of(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        });
        return this;
    }

    /** All streams are a terminal, at which these lines are typed. */
    Shell terminal(String... lines) {
        terminal = true;
        typed.addAll(List.of(lines));
        return this;
    }

    Shell vendors(URI address) {
        vendors = Optional.of(address);
        return this;
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Machine machine = new Machine(
                environment, in, brokenOut.orElse(out), err, new TypedTerminal(), secretsDirectory, vendors);
        int code = Cli.run(machine, List.of(arguments));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private final class TypedTerminal implements Terminal {

        @Override
        public boolean isInput() {
            return terminal;
        }

        @Override
        public boolean isOutput() {
            return terminal;
        }

        @Override
        public boolean isError() {
            return terminal;
        }

        @Override
        public char[] readHidden(String prompt) throws IOException {
            if (typed.isEmpty()) {
                throw new IOException("there is none");
            }
            return typed.removeFirst().toCharArray();
        }
    }
}
