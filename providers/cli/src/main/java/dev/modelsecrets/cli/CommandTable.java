package dev.modelsecrets.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands by name. Only the one that is called is built, and none by a method reference: the first use of one
 * costs a tenth of a {@code check}.
 */
enum CommandTable {
    CHECK(Group.RESOLVE, "check", "say of each declared secret where it is, or why it is missing"),
    RUN(Group.RESOLVE, "run", "run a program with exactly the named secrets, its output redacted"),
    INIT(Group.MANAGE, "init", "make an empty store"),
    SET(Group.MANAGE, "set", "create a secret or change a value of it"),
    GENERATE(Group.MANAGE, "generate", "set a random value"),
    ROTATE(Group.MANAGE, "rotate", "give an existing secret a new value, and say who has to restart"),
    GET(Group.MANAGE, "get", "show a value, which the audit log records"),
    LIST(Group.MANAGE, "list", "list the secrets"),
    SHOW(Group.MANAGE, "show", "show all that the store tells of a secret but its values"),
    DESCRIBE(Group.MANAGE, "describe", "change description, labels, expiry and rotation"),
    DELETE(Group.MANAGE, "delete", "delete a secret"),
    HISTORY(Group.MANAGE, "history", "list the earlier values of a secret by version"),
    UNDO(Group.MANAGE, "undo", "bring back earlier values"),
    DUE(Group.MANAGE, "due", "list what expires or is due for rotation"),
    ATTACH(Group.MANAGE, "attach", "let a deployment use secrets"),
    DETACH(Group.MANAGE, "detach", "let a deployment no longer use secrets"),
    PASSWD(Group.MANAGE, "passwd", "change what opens the store"),
    AUDIT(Group.MANAGE, "audit", "verify the audit log"),
    IMPORT(Group.MANAGE, "import", "copy secrets from a file or a directory into the store"),
    EXPORT(Group.MANAGE, "export", "write values out of the store, which the audit log records"),
    PUSH(Group.DEPLOY, "push", "write secrets to a platform"),
    DIFF(Group.DEPLOY, "diff", "say what a push would do"),
    SERVE(Group.DEPLOY, "serve", "start the secrets API and its page on this machine"),
    COMPLETION(Group.MORE, "completion", "print the completions for a shell"),
    MAN(Group.MORE, "man", "print the manual page of a command, or write all of them");

    /** The headings of the overview. */
    private static final class Group {
        static final String RESOLVE = "Resolve";
        static final String MANAGE = "Manage a store";
        static final String DEPLOY = "Deploy";
        static final String MORE = "More";
    }

    private final String group;
    private final String word;
    private final String summary;

    CommandTable(String group, String word, String summary) {
        this.group = group;
        this.word = word;
        this.summary = summary;
    }

    String group() {
        return group;
    }

    /** Returns what the command is called by. */
    String word() {
        return word;
    }

    String summary() {
        return summary;
    }

    Subcommand build() {
        return switch (this) {
            case CHECK -> new CheckCommand();
            case RUN -> new RunCommand();
            case INIT -> new InitCommand();
            case SET -> new SetCommand();
            case GENERATE -> new GenerateCommand();
            case ROTATE -> new RotateCommand();
            case GET -> new GetCommand();
            case LIST -> new ListCommand();
            case SHOW -> new ShowCommand();
            case DESCRIBE -> new DescribeCommand();
            case DELETE -> new DeleteCommand();
            case HISTORY -> new HistoryCommand();
            case UNDO -> new UndoCommand();
            case DUE -> new DueCommand();
            case ATTACH -> new AttachCommand();
            case DETACH -> new DetachCommand();
            case PASSWD -> new PasswdCommand();
            case AUDIT -> new AuditCommand();
            case IMPORT -> new ImportCommand();
            case EXPORT -> new ExportCommand();
            case PUSH -> new PushCommand();
            case DIFF -> new DiffCommand();
            case SERVE -> new ServeCommand();
            case COMPLETION -> new CompletionCommand();
            case MAN -> new ManCommand();
        };
    }

    /** Returns the specification of a command, with the options that all commands have. */
    CommandSpec spec(Subcommand subcommand) {
        CommandSpec spec = CommandSpec.create();
        spec.name(Diagnostics.NAME + " " + word);
        spec.usageMessage().description(summary);
        spec.usageMessage().sortOptions(false);
        subcommand.describe(spec);
        Options.flag(spec, "--json", "answer in JSON, for programs");
        Options.flag(spec, "--quiet", "say nothing but errors and what was asked for");
        Options.flag(spec, "--help", "show this text");
        return spec;
    }

    CommandSpec spec() {
        return spec(build());
    }

    static Optional<CommandTable> find(String word) {
        for (CommandTable command : values()) {
            if (command.word.equals(word)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /** Returns the command that somebody may have meant: one with the same beginning. */
    static Optional<String> nearest(String word) {
        for (CommandTable command : values()) {
            if (word.length() > 1 && command.word.startsWith(word.substring(0, 2))) {
                return Optional.of(command.word);
            }
        }
        return Optional.empty();
    }
}
