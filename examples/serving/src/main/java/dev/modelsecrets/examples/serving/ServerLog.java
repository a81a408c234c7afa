package dev.modelsecrets.examples.serving;

import dev.modelsecrets.RefreshingSecrets;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Collection;

/**
 * The server's log, in which no secret of any model shows up, whoever logs it. Thread-safe.
 *
 * <p>Each redactor knows a new value before the model gets it, and keeps the old ones. They work one after the other,
 * so a value of one model must not be the beginning of a longer value of another.
 */
final class ServerLog implements AutoCloseable {

    private final PrintWriter out;

    private ServerLog(Writer out) {
        this.out = new PrintWriter(out);
    }

    /** Wraps a writer once for each model; closing the log closes it. */
    static ServerLog over(Writer target, Collection<RefreshingSecrets> secrets) {
        Writer out = target;
        for (RefreshingSecrets each : secrets) {
            out = each.redactor().wrap(out);
        }
        return new ServerLog(out);
    }

    void line(String text) {
        out.write(text + System.lineSeparator());
        out.flush();
    }

    @Override
    public void close() {
        out.close();
    }
}
