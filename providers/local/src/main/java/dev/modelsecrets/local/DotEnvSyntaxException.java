package dev.modelsecrets.local;

/** A {@code .env} file is malformed; the message says where, and quotes nothing of it. */
final class DotEnvSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    DotEnvSyntaxException(int line, String problem) {
        super("line " + line + " " + problem, null, false, false);
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
