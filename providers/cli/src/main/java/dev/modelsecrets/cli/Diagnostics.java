package dev.modelsecrets.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a command says on standard error. */
final class Diagnostics {

    static final String NAME = "model-secrets";

    private final OutputStream err;
    private final boolean coloured;

    private Diagnostics(OutputStream err, boolean coloured) {
        this.err = err;
        this.coloured = coloured;
    }

    Diagnostics(Machine machine) {
        this(machine.err(), Output.coloursWanted(machine, machine.terminal().isError()));
    }

    /** Returns one without colours. */
    static Diagnostics to(OutputStream err) {
        return new Diagnostics(err, false);
    }

    void error(String message) {
        write(paint("31", NAME + ":") + " " + message + "\n");
    }

    void warning(String message) {
        write(paint("33", NAME + ": warning:") + " " + message + "\n");
    }

    void write(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // Nobody is left who could be told.
        }
    }

    private String paint(String code, String words) {
        return coloured ? "\u001b[" + code + "m" + words + "\u001b[0m" : words;
    }
}
