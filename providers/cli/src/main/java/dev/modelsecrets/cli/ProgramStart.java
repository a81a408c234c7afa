package dev.modelsecrets.cli;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.inject.SecretInjection;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the program is started, each time anew.
 *
 * @param command the program and its arguments
 * @param environment the variables to inherit
 * @param injection what it gets
 * @param hasFiles whether that includes files
 * @param redacted whether its output goes through a redactor
 * @param machine where its output goes
 */
record ProgramStart(
        List<String> command,
        Map<String, String> environment,
        SecretInjection injection,
        boolean hasFiles,
        boolean redacted,
        Machine machine) {

    /** What a shell returns if there is no such program. */
    private static final int NOT_FOUND = 127;

    /** What a shell returns if a program cannot be executed. */
    private static final int NOT_EXECUTABLE = 126;

    private static final Pattern ERROR = Pattern.compile("error(?:=|: )(\\d+)");

    Program start(Secrets secrets, Redactor redactor, Map<String, String> further) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(further);
        injection.plan(secrets).applyTo(builder);
        builder.redirectInput(Redirect.INHERIT);
        if (!redacted) {
            builder.redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
        }
        Process process = started(builder);
        return redacted
                ? new Program(
                        process,
                        List.of(
                                OutputPump.start("stdout", process.getInputStream(), machine.out(), redactor),
                                OutputPump.start("stderr", process.getErrorStream(), machine.err(), redactor)))
                : new Program(process, List.of());
    }

    private Process started(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            // The message has the program's name and a number of the system.
            String error = errorNumber(String.valueOf(e.getMessage()));
            if (error.equals("2") || !mayExist(command.get(0))) {
                throw CommandException.program(NOT_FOUND, "there is no program " + command.get(0));
            }
            if (error.equals("7")) {
                throw CommandException.failed("the arguments and variables are too long for the operating system");
            }
            throw CommandException.program(NOT_EXECUTABLE, "the program " + command.get(0) + " cannot be executed");
        }
    }

    /**
     * Tells whether there may be such a program: a directory of the PATH that may not be searched is the same error as
     * a program that may not be executed.
     */
    private static boolean mayExist(String program) {
        if (program.indexOf('/') >= 0) {
            return true;
        }
        // The JDK looks in the PATH of this process, whatever the program's own is.
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (new File(directory, program).exists()) {
                return true;
            }
        }
        return false;
    }

    /** Finds the operating system's number of an error: JDK 17 writes {@code error=2,}, JDK 25 {@code error: 2 (}. */
    private static String errorNumber(String message) {
        Matcher number = ERROR.matcher(message);
        return number.find() ? number.group(1) : "";
    }
}
