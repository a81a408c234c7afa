package dev.modelsecrets.standard.internal;

import org.jspecify.annotations.Nullable;

/** What stands under a key of a document; a class and not a record, so that nothing generated shows the text. */
public final class DocumentValue {

    private final transient @Nullable String text;
    private final @Nullable String problem;
    private final int line;
    private final int column;

    /**
     * Creates a value.
     *
     * @param text the text as written, or null where it is null, left out, or a problem
     * @param problem why it cannot be a secret, or null
     * @param line the line of the key, from 1
     * @param column the column of the key, from 1
     */
    DocumentValue(@Nullable String text, @Nullable String problem, int line, int column) {
        this.text = text;
        this.problem = problem;
        this.line = line;
        this.column = column;
    }

    /** Creates a value that has a place nobody asks for. */
    public static DocumentValue of(@Nullable String text) {
        return new DocumentValue(text, null, 0, 0);
    }

    /** Returns the text as written, or null where it is null, left out, or a problem. */
    public @Nullable String text() {
        return text;
    }

    /** Returns why it cannot be a secret, worded to follow its place; or null. */
    public @Nullable String problem() {
        return problem;
    }

    /** Returns the position of the key for a message. */
    public String place() {
        return "line " + line + ", column " + column;
    }

    /** Says where the key is, never what stands there. */
    @Override
    public String toString() {
        return "value of the key at " + place();
    }
}
