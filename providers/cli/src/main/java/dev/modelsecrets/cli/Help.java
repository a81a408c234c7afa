package dev.modelsecrets.cli;

/** The text that lists all commands. */
final class Help {

    private Help() {}

    static String overview() {
        StringBuilder text = new StringBuilder();
        text.append("Usage: ").append(Diagnostics.NAME).append(" COMMAND [OPTIONS]\n");
        String group = "";
        for (CommandTable entry : CommandTable.values()) {
            if (!entry.group().equals(group)) {
                group = entry.group();
                text.append('\n').append(group).append('\n');
            }
            text.append("  ")
                    .append(entry.word())
                    .append(" ".repeat(12 - entry.word().length()))
                    .append(entry.summary())
                    .append('\n');
        }
        text.append("\n  COMMAND --help says more; --version tells the version.\n");
        text.append(
                "\nExit codes: 0 done, 2 usage, 3 missing, 4 failed, 5 denied, 6 conflict; run returns the program's"
                        + " own.\n");
        return text.toString();
    }
}
