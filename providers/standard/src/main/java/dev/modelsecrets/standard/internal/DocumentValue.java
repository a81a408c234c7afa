package dev.modelsecrets.standard.internal;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** What stands under a key of a document; a class and not a record, so that nothing generated shows the text. */
public final class DocumentValue {

    private final transient @Nullable String text;
    private final @Nullable String problem;
    private final int line;
    private final int column;

    private DocumentValue(@Nullable String text, @Nullable String problem, int line, int column) {
        this.text = text;
        this.problem = problem;
        this.line = line;
        this.column = column;
    }

    /** Creates a value of a JSON document, whose place nobody asks for. */
    public static DocumentValue of(@Nullable String text) {
        return new DocumentValue(text, null, 0, 0);
    }

    static DocumentValue of(@Nullable String text, Mark key) {
        return new DocumentValue(text, null, key.getLine() + 1, key.getColumn() + 1);
    }

    static DocumentValue unfit(String problem, Mark key) {
        return new DocumentValue(null, problem, key.getLine() + 1, key.getColumn() + 1);
    }

    /** Returns the place alone. */
    DocumentValue withoutProblem() {
        return new DocumentValue(null, null, line, column);
    }

    /** Returns the text as written, or null where it is null, left out, or unfit. */
    public @Nullable String text() {
        return text;
    }

    /** Returns why it cannot be a secret, worded to follow its place; or null. */
    public @Nullable String problem() {
        return problem;
    }

    /** Returns the line of the key, from 1. */
    public int line() {
        return line;
    }

    /** Returns the position of the key for a message. */
    public String place() {
        return YamlProblem.place(line, column);
    }

    /** Says where the key is, never what stands there. */
    @Override
    public String toString() {
        return "value of the key at " + place();
    }
}
