package dev.modelsecrets.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Starts the secrets API of {@code examples/secrets-api}, which the launcher brings along.
 *
 * <p>It is looked up by name: this module does not depend on an example.
 */
final class ServeCommand implements Subcommand {

    private static final String SERVER = "dev.modelsecrets.examples.secretsapi.Main";

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(
                spec,
                "DIRECTORY",
                "0..1",
                "the directory of store, key, tokens and audit log; ~/.model-secrets by default");
        Options.value(spec, "--port", "PORT", "8080 by default");
        Options.value(spec, "--key-file", "FILE", "the key file of the store; store.key in the directory by default");
    }

    @Override
    public int run(Call call) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("serve", directory(call)));
        call.text("--port").ifPresent(port -> arguments.addAll(List.of("--port", port)));
        call.text("--key-file").ifPresent(file -> arguments.addAll(List.of("--key", file)));
        int code = start(arguments, call.machine());
        if (code != 0) {
            return code == 2 ? ExitCode.USAGE : ExitCode.FAILED;
        }
        Thread.currentThread().join(); // The server ends with the process.
        return ExitCode.DONE;
    }

    private static String directory(Call call) {
        String home = call.machine().variable("HOME");
        return call.parameter(0).orElseGet(() -> {
            if (home.isEmpty()) {
                throw CommandException.usage("say which directory, as there is no $HOME");
            }
            return home + "/.model-secrets";
        });
    }

    private static int start(List<String> arguments, Machine machine) {
        try {
            Method run = Class.forName(SERVER).getMethod("run", PrintStream.class, PrintStream.class, String[].class);
            return (int) run.invoke(null, print(machine.out()), print(machine.err()), arguments.toArray(new String[0]));
        } catch (ClassNotFoundException e) {
            throw CommandException.failed(
                    "this build has no server: use the launcher, or add model-secrets-secrets-api to the class path");
        } catch (InvocationTargetException e) {
            throw CommandException.failed("the server cannot start");
        } catch (ReflectiveOperationException e) {
            throw CommandException.failed("the server does not fit to this build");
        }
    }

    private static PrintStream print(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
