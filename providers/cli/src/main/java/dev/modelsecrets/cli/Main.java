package dev.modelsecrets.cli;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.List;
import java.util.Optional;

/** Runs the command {@code model-secrets} with the streams and the variables of this process. */
public final class Main {

    private Main() {}

    /**
     * Runs a command, and ends the process with its code.
     *
     * @param arguments the command and its arguments
     */
    public static void main(String[] arguments) {
        System.setProperty("slf4j.provider", StandardErrorLogging.class.getName());
        System.setProperty("slf4j.internal.verbosity", "WARN"); // Not a word about the line above.
        // Loading the types of converters that no option has would take a tenth of a short command's time.
        System.setProperty("picocli.converters.excludes", "java.+");
        Machine machine = new Machine(
                System.getenv(),
                // A pipe cannot tell its position, which a plain FileInputStream asks it for.
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                new SystemTerminal(),
                Machine.SECRETS,
                Optional.empty());
        int code = Cli.run(machine, List.of(arguments));
        ClassArchive.dropIfOfAnotherJvm();
        System.exit(code);
    }
}
