package dev.modelsecrets.cli;

import picocli.CommandLine.Model.CommandSpec;

/** Prints a script that completes commands and options in a shell. */
final class CompletionCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "SHELL", "1", "bash, zsh or fish");
    }

    @Override
    public int run(Call call) {
        call.output()
                .result(
                        switch (call.required(0)) {
                            case "bash" -> Completions.bash();
                            case "zsh" -> Completions.zsh();
                            case "fish" -> Completions.fish();
                            default -> throw CommandException.usage("a shell is bash, zsh or fish");
                        });
        return ExitCode.DONE;
    }
}
