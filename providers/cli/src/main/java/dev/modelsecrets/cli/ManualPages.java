package dev.modelsecrets.cli;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Manual pages in the macros of man(7), written from the specifications of the commands. */
final class ManualPages {

    private static final String[][] CODES = {
        {"0", "done"},
        {"2", "the arguments cannot be understood; nothing was done"},
        {"3", "a secret is missing"},
        {"4", "something failed"},
        {"5", "access is denied, or the key does not open the store"},
        {"6", "a conflict: it exists, is in use, or was changed by somebody else"},
    };

    private ManualPages() {}

    /** Returns the pages by name, without the section. */
    static Map<String, String> all() {
        Map<String, String> pages = new TreeMap<>();
        pages.put(Diagnostics.NAME, overview());
        for (CommandTable command : CommandTable.values()) {
            pages.put(Diagnostics.NAME + "-" + command.word(), page(command));
        }
        return pages;
    }

    private static String overview() {
        StringBuilder page = header(Diagnostics.NAME, "check, run and manage the secrets of models");
        page.append(".SH SYNOPSIS\n.B ").append(escaped(Diagnostics.NAME)).append("\n.I COMMAND\n[\\fIOPTIONS\\fR]\n");
        page.append(".SH COMMANDS\n");
        for (CommandTable command : CommandTable.values()) {
            item(page, Diagnostics.NAME + "-" + command.word() + "(1)", command.summary());
        }
        return codes(page).toString();
    }

    private static String page(CommandTable command) {
        CommandSpec spec = command.spec();
        StringBuilder page = header(Diagnostics.NAME + "-" + command.word(), command.summary());
        page.append(".SH SYNOPSIS\n.B ").append(escaped(spec.name())).append("\n[\\fIOPTIONS\\fR]");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            page.append(" \\fI").append(escaped(parameter.paramLabel())).append("\\fR");
        }
        page.append('\n');
        if (!spec.positionalParameters().isEmpty()) {
            page.append(".SH ARGUMENTS\n");
            for (PositionalParamSpec parameter : spec.positionalParameters()) {
                item(page, parameter.paramLabel(), parameter.description()[0]);
            }
        }
        page.append(".SH OPTIONS\n");
        for (OptionSpec option : spec.options()) {
            String label = option.arity().max() > 0 ? " " + option.paramLabel() : "";
            item(page, option.longestName() + label, option.description()[0]);
        }
        return codes(page).toString();
    }

    private static StringBuilder header(String name, String summary) {
        StringBuilder page = new StringBuilder();
        page.append(".TH \"")
                .append(escaped(name.toUpperCase(java.util.Locale.ROOT)))
                .append("\" \"1\"\n");
        return page.append(".SH NAME\n")
                .append(escaped(name))
                .append(" \\- ")
                .append(escaped(summary))
                .append('\n');
    }

    private static StringBuilder codes(StringBuilder page) {
        page.append(".SH EXIT STATUS\n");
        for (String[] code : CODES) {
            item(page, code[0], code[1]);
        }
        return page;
    }

    private static void item(StringBuilder page, String term, String text) {
        page.append(".TP\n.B ")
                .append(escaped(term))
                .append('\n')
                .append(escaped(text))
                .append('\n');
    }

    /** A hyphen is to stay one, and no line may look like a macro. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
