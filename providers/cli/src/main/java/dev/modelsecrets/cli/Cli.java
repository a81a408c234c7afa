package dev.modelsecrets.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Finds the command that is called, takes its arguments apart, runs it, and turns whatever it throws into a code. */
final class Cli {

    private final Machine machine;
    private final Diagnostics diagnostics;

    private Cli(Machine machine) {
        this.machine = machine;
        diagnostics = new Diagnostics(machine);
    }

    /**
     * Runs a command.
     *
     * @param machine all that the command may see
     * @param arguments the arguments, the command's name first
     * @return the code to exit with, see {@link ExitCode}
     */
    static int run(Machine machine, List<String> arguments) {
        return new Cli(machine).run(arguments);
    }

    private int run(List<String> arguments) {
        try {
            return dispatch(arguments);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (ParameterException e) {
            diagnostics.error(
                    words(e) + "\ntry: " + e.getCommandLine().getCommandSpec().name() + " --help");
            return ExitCode.USAGE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return report(e);
        } catch (IOException | RuntimeException | Error e) {
            return report(e);
        }
    }

    private int report(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        diagnostics.error(failure.message());
        return failure.code();
    }

    private int dispatch(List<String> arguments) throws IOException, InterruptedException {
        String first = arguments.isEmpty() ? "--help" : arguments.get(0);
        if (first.equals("--help") || first.equals("help")) {
            return help(arguments.size() > 1 ? arguments.get(1) : "");
        }
        if (first.equals(WarmUp.NAME)) {
            return WarmUp.run();
        }
        if (first.equals("--version")) {
            return print(Diagnostics.NAME + " " + Version.text() + "\n");
        }
        Optional<CommandTable> entry = CommandTable.find(first);
        if (entry.isEmpty()) {
            throw CommandException.usage("there is no such command"
                    + CommandTable.nearest(first)
                            .map(near -> "; is " + near + " meant?")
                            .orElse("")
                    + "\ntry: " + Diagnostics.NAME + " --help");
        }
        return run(entry.get(), arguments.subList(1, arguments.size()));
    }

    private int run(CommandTable entry, List<String> arguments) throws IOException, InterruptedException {
        Subcommand subcommand = entry.build();
        CommandSpec spec = entry.spec(subcommand);
        if (asksForHelp(spec, arguments)) {
            return print(usage(spec));
        }
        ParseResult parsed = parser(spec).parseArgs(arguments.toArray(new String[0]));
        Output output = new Output(machine, parsed.hasMatchedOption("--quiet"), parsed.hasMatchedOption("--json"));
        int code = subcommand.run(new Call(parsed, machine, output, diagnostics));
        output.flush();
        return code;
    }

    /** Tells whether {@code --help} stands before the command that {@code run} is given, and before {@code --}. */
    private static boolean asksForHelp(CommandSpec spec, List<String> arguments) {
        for (String argument : arguments) {
            boolean end = argument.equals("--") || (spec.parser().stopAtPositional() && !argument.startsWith("-"));
            if (end) {
                return false;
            }
            if (argument.equals("--help")) {
                return true;
            }
        }
        return false;
    }

    private static CommandLine parser(CommandSpec spec) {
        return new CommandLine(spec).setExpandAtFiles(false);
    }

    private int help(String name) throws IOException {
        if (name.isEmpty()) {
            return print(Help.overview());
        }
        CommandTable entry =
                CommandTable.find(name).orElseThrow(() -> CommandException.usage("there is no such command"));
        return print(usage(entry.spec()));
    }

    private String usage(CommandSpec spec) {
        StringWriter text = new StringWriter();
        boolean coloured = Output.coloursWanted(machine, machine.terminal().isOutput());
        parser(spec).usage(new PrintWriter(text), coloured ? Ansi.ON : Ansi.OFF);
        return text.toString();
    }

    private int print(String text) throws IOException {
        Output output = new Output(machine, false, false);
        output.result(text);
        output.flush();
        return ExitCode.DONE;
    }

    /** Says what is wrong with the arguments, and repeats none that might be a value. */
    private static String words(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().isEmpty()
                    ? ""
                    : unmatched.getUnmatched().get(0);
            if (first.startsWith("--")) {
                int equals = first.indexOf('=');
                return "there is no option " + (equals < 0 ? first : first.substring(0, equals));
            }
            return "there are too many arguments (they are not repeated here: one may be a value, and values never "
                    + "are arguments)";
        }
        if (e instanceof MissingParameterException || e instanceof OverwrittenOptionException) {
            return String.valueOf(e.getMessage()).split("\n", 2)[0];
        }
        return e.getArgSpec() == null
                ? "the arguments cannot be understood"
                : "the arguments cannot be understood at " + e.getArgSpec().paramLabel();
    }
}
