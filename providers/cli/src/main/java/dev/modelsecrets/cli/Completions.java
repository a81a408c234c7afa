package dev.modelsecrets.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion scripts, written from the specifications of the commands. They complete files where an option takes one.
 */
final class Completions {

    private Completions() {}

    static String bash() {
        StringBuilder script = new StringBuilder("""
                # bash completion of model-secrets: model-secrets completion bash > \\
                #   ~/.local/share/bash-completion/completions/model-secrets
                _model_secrets() {
                    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=
                    local i
                    for ((i = 1; i < COMP_CWORD; i++)); do
                        if [ "${COMP_WORDS[i]}" = -- ]; then
                            COMPREPLY=($(compgen -c -f -- "$word"))
                            return
                        fi
                    done
                    case $before in
                """);
        script.append("        ")
                .append(String.join("|", valueOptions()))
                .append(")\n            COMPREPLY=($(compgen -f -- \"$word\"))\n            return ;;\n    esac\n");
        script.append("    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        words=\"")
                .append(String.join(" ", commands()))
                .append(" --help --version\"\n    else\n        case ${COMP_WORDS[1]} in\n");
        for (CommandTable command : CommandTable.values()) {
            script.append("            ")
                    .append(command.word())
                    .append(") words=\"")
                    .append(String.join(" ", options(command.spec())))
                    .append("\" ;;\n");
        }
        return script.append("""
                        esac
                    fi
                    COMPREPLY=($(compgen -W "$words" -- "$word"))
                    case $word in
                        -*) ;;
                        *) [ "$COMP_CWORD" -eq 1 ] || COMPREPLY+=($(compgen -f -- "$word")) ;;
                    esac
                }
                complete -o filenames -F _model_secrets model-secrets
                """).toString();
    }

    static String zsh() {
        StringBuilder script = new StringBuilder("""
                #compdef model-secrets
                # zsh completion of model-secrets: put it as _model-secrets into a directory of $fpath
                _model_secrets() {
                    if (( CURRENT == 2 )); then
                        local -a commands=(
                """);
        for (CommandTable command : CommandTable.values()) {
            script.append("            '")
                    .append(command.word())
                    .append(':')
                    .append(quoted(command.summary()))
                    .append("'\n");
        }
        script.append("        )\n        _describe command commands\n        return\n    fi\n    case $words[2] in\n");
        for (CommandTable command : CommandTable.values()) {
            script.append("        ").append(command.word()).append(")\n            _arguments");
            for (OptionSpec option : command.spec().options()) {
                script.append(" \\\n                '")
                        .append(option.isMultiValue() ? "*" : "")
                        .append(option.longestName())
                        .append('[')
                        .append(quoted(option.description()[0])
                                .replace("[", "\\[")
                                .replace("]", "\\]"))
                        .append(']')
                        .append(
                                takesValue(option)
                                        ? ":" + quoted(option.paramLabel()).replace(":", "\\:") + ":_files"
                                        : "")
                        .append('\'');
            }
            script.append(" \\\n                '*::file:_files' ;;\n");
        }
        return script.append("    esac\n}\n_model_secrets \"$@\"\n").toString();
    }

    static String fish() {
        StringBuilder script = new StringBuilder("""
                # fish completion of model-secrets: model-secrets completion fish > \\
                #   ~/.config/fish/completions/model-secrets.fish
                """);
        for (CommandTable command : CommandTable.values()) {
            script.append("complete -c model-secrets -f -n __fish_use_subcommand -a ")
                    .append(command.word())
                    .append(" -d '")
                    .append(quoted(command.summary()))
                    .append("'\n");
            for (OptionSpec option : command.spec().options()) {
                script.append("complete -c model-secrets -n '__fish_seen_subcommand_from ")
                        .append(command.word())
                        .append("' -l ")
                        .append(option.longestName().substring(2))
                        .append(takesValue(option) ? " -r" : "")
                        .append(" -d '")
                        .append(quoted(option.description()[0]))
                        .append("'\n");
            }
        }
        return script.toString();
    }

    private static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "");
    }

    private static List<String> commands() {
        List<String> words = new ArrayList<>();
        for (CommandTable command : CommandTable.values()) {
            words.add(command.word());
        }
        return words;
    }

    private static List<String> options(CommandSpec spec) {
        return spec.options().stream().map(OptionSpec::longestName).toList();
    }

    private static List<String> valueOptions() {
        List<String> names = new ArrayList<>();
        for (CommandTable command : CommandTable.values()) {
            for (OptionSpec option : command.spec().options()) {
                if (takesValue(option) && !names.contains(option.longestName())) {
                    names.add(option.longestName());
                }
            }
        }
        return names;
    }
}
