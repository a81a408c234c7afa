package dev.modelsecrets.cli;

/** Ends a command with one message and a code. The message holds no value. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    private CommandException(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }

    static CommandException missing(String message) {
        return new CommandException(ExitCode.MISSING, message);
    }

    static CommandException failed(String message) {
        return new CommandException(ExitCode.FAILED, message);
    }

    static CommandException conflict(String message) {
        return new CommandException(ExitCode.CONFLICT, message);
    }

    /** Ends {@code run} with a code that shells have for programs which they cannot start. */
    static CommandException program(int code, String message) {
        return new CommandException(code, message);
    }

    int code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
