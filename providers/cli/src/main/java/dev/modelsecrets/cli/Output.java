package dev.modelsecrets.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a command says on standard output: nothing, text, or JSON, and colours only on a terminal. */
final class Output {

    /** A colour or a weight of the text, in the codes of ECMA-48. */
    enum Style {
        BOLD("1"),
        GOOD("32"),
        BAD("31"),
        DOUBTFUL("33");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private final OutputStream out;
    private final boolean quiet;
    private final boolean json;
    private final boolean coloured;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    Output(Machine machine, boolean quiet, boolean json) {
        this.out = machine.out();
        this.quiet = quiet;
        this.json = json;
        this.coloured = coloursWanted(machine, machine.terminal().isOutput());
    }

    /** The convention of no-color.org: set and not empty means no colours. */
    static boolean coloursWanted(Machine machine, boolean terminal) {
        return terminal
                && machine.variable("NO_COLOR").isEmpty()
                && !machine.variable("TERM").equals("dumb");
    }

    boolean isQuiet() {
        return quiet;
    }

    boolean isJson() {
        return json;
    }

    /** Says something to people; not with {@code --quiet} nor {@code --json}. */
    void line(String line) {
        if (!quiet && !json) {
            result(line + "\n");
        }
    }

    /** Gives what the command was asked for, also with {@code --quiet}. */
    void result(String result) {
        text.writeBytes(result.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives an answer to a program. */
    void json(Object answer) {
        result(Json.write(answer) + "\n");
    }

    String styled(Style style, String words) {
        return coloured ? "\u001b[" + style.code + "m" + words + "\u001b[0m" : words;
    }

    /** Writes all that was said so far. */
    void flush() {
        try {
            text.writeTo(out);
            text.reset();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
