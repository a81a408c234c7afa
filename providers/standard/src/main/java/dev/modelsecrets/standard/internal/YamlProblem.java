package dev.modelsecrets.standard.internal;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Words for the YAML parser's exception: the position, and advice where its kind is known; nothing it says itself. */
final class YamlProblem {

    /** How the parser words its problem, and what that means for a person. */
    private static final String[][] ADVICE = {
        {"found unexpected end of stream", "a quote is not closed"},
        {"found character '\\t", "a tab stands where only spaces may"},
        {"found character", "a value that starts with a special character must be in quotes"},
        {"mapping values are not allowed", "a value that contains ': ' must be in quotes"},
        {"found unknown escape", "a backslash in double quotes must be doubled; single quotes need no escapes"},
        {"unexpected character found", "a value that starts with * or & must be in quotes"},
        {"could not find expected ':'", "a line has no ':' after its key"},
        {"expected ',' or", "a bracket is not closed"},
        {"expected <block end>", "the indentation does not match, or text follows a closing quote"},
        {"expected '<document start>'", "text follows the end of the document"},
    };

    private YamlProblem() {}

    /**
     * Describes a failure.
     *
     * @param failure whatever the parser threw; also unchecked exceptions of the JDK, from deep inside
     * @param position where the parser was
     */
    static String of(RuntimeException failure, Mark position) {
        if (failure instanceof MarkedYAMLException marked) {
            Mark mark = marked.getProblemMark() == null ? position : marked.getProblemMark();
            return "is not valid YAML at " + place(mark) + advice(marked.getProblem());
        }
        boolean inEscape = failure instanceof IllegalArgumentException;
        return "is not valid YAML at " + place(position)
                + (inEscape ? ": an escape in double quotes does not stand for a character" : "");
    }

    private static String advice(@Nullable String problem) {
        for (String[] known : ADVICE) {
            if (problem != null && problem.startsWith(known[0])) {
                return ": " + known[1];
            }
        }
        return "";
    }

    static String place(Mark mark) {
        return place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    static String place(int line, int column) {
        return "line " + line + ", column " + column;
    }
}
