package dev.modelsecrets.cli;

/** What the command returns to the shell; {@code run} returns the code of the program that it ran. */
final class ExitCode {

    static final int DONE = 0;

    /** The arguments cannot be understood; nothing was done. */
    static final int USAGE = 2;

    /** A secret, or a version of one, does not exist. */
    static final int MISSING = 3;

    /** Something failed: a file, a store, a network, a document. */
    static final int FAILED = 4;

    /** Access is denied: by a policy, by a store, or because the key does not open it. */
    static final int DENIED = 5;

    /** It exists already, is in use, was changed by somebody else, or does not fit to something else. */
    static final int CONFLICT = 6;

    private ExitCode() {}
}
