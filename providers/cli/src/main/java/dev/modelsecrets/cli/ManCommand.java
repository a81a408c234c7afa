package dev.modelsecrets.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Prints a manual page in the format of man(7), or writes all of them. */
final class ManCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "COMMAND", "0..1", "a command; the page of model-secrets itself by default");
        Options.value(spec, "--to", "DIR", "write all pages into the directory, for example ~/.local/share/man/man1");
    }

    @Override
    public int run(Call call) throws IOException {
        Optional<Path> directory = call.path("--to");
        if (directory.isPresent()) {
            Files.createDirectories(directory.get());
            for (Map.Entry<String, String> page : ManualPages.all().entrySet()) {
                Files.writeString(directory.get().resolve(page.getKey() + ".1"), page.getValue());
            }
            return ExitCode.DONE;
        }
        Optional<String> command = call.parameter(0);
        String page = Diagnostics.NAME + command.map(name -> "-" + name).orElse("");
        call.output()
                .result(Optional.ofNullable(ManualPages.all().get(page))
                        .orElseThrow(() -> CommandException.usage("there is no such command")));
        return ExitCode.DONE;
    }
}
