package dev.modelsecrets.cli;

import java.io.IOException;

/** The terminal of the user, if there is one. */
interface Terminal {

    /** Tells whether standard input is a terminal. */
    boolean isInput();

    /** Tells whether standard output is a terminal. */
    boolean isOutput();

    /** Tells whether standard error is a terminal. */
    boolean isError();

    /**
     * Asks for a line without showing what is typed.
     *
     * @param prompt what to ask
     * @return the line, without its end; to be cleared by the caller
     * @throws IOException if there is no terminal, or it was closed before the end of the line
     */
    char[] readHidden(String prompt) throws IOException;
}
