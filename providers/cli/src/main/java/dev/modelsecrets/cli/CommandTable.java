package dev.modelsecrets.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** The commands by name. Only the one that is called is built. */
final class CommandTable {

    /**
     * A command that can be built.
     *
     * @param group the heading that it stands under
     * @param name its name
     * @param summary what it does, in one sentence
     * @param command makes it
     */
    record Entry(String group, String name, String summary, Supplier<Subcommand> command) {

        /** Returns the specification, with the options that all commands have. */
        CommandSpec spec(Subcommand subcommand) {
            CommandSpec spec = CommandSpec.create();
            spec.name(Diagnostics.NAME + " " + name);
            spec.usageMessage().description(summary);
            spec.usageMessage().sortOptions(false);
            subcommand.describe(spec);
            Options.flag(spec, "--json", "answer in JSON, for programs");
            Options.flag(spec, "--quiet", "say nothing but errors and what was asked for");
            Options.flag(spec, "--help", "show this text");
            return spec;
        }
    }

    private static final String RESOLVE = "Resolve";

    private CommandTable() {}

    static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(RESOLVE, "check", CheckCommand.SUMMARY, CheckCommand::new));
        entries.add(new Entry(RESOLVE, "run", RunCommand.SUMMARY, RunCommand::new));
        return entries;
    }

    static Optional<Entry> find(String name) {
        for (Entry entry : entries()) {
            if (entry.name().equals(name)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** Returns the command that somebody may have meant: one with the same beginning. */
    static Optional<String> nearest(String name) {
        String beginning = name.substring(0, Math.min(2, name.length()));
        for (Entry entry : entries()) {
            if (beginning.length() == 2 && entry.name().startsWith(beginning)) {
                return Optional.of(entry.name());
            }
        }
        return Optional.empty();
    }
}
