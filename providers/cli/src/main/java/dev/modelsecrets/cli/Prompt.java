package dev.modelsecrets.cli;

import java.io.IOException;
import java.util.Arrays;

/** Asks the user for what must not be shown. */
final class Prompt {

    private Prompt() {}

    static char[] hidden(Call call, String prompt) {
        try {
            return call.machine().terminal().readHidden(prompt);
        } catch (IOException e) {
            throw CommandException.usage(
                    "there is no terminal to ask at (" + prompt.strip().replaceFirst(":$", "")
                            + "): use a file, a variable or standard input, see --help");
        }
    }

    /** Asks twice, so that a slip of the fingers is noticed. */
    static char[] hiddenTwice(Call call, String what) {
        char[] first = hidden(call, what + ": ");
        char[] second = hidden(call, what + " once more: ");
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, '\0');
        if (!same) {
            Arrays.fill(first, '\0');
            throw CommandException.usage("the two were not the same; nothing was done");
        }
        return first;
    }
}
