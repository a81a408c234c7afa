package dev.modelsecrets.internal;

import java.util.List;

/** What a text is once its secrets are replaced. */
public final class Redaction {

    private Redaction() {}

    /**
     * Replaces secrets.
     *
     * @param needles what to look for
     * @param text the text
     * @return the text with every secret replaced; the same object if there is none in it
     */
    public static String of(Needles needles, String text) {
        try {
            if (Search.isClean(needles, text)) {
                return text;
            }
            List<Search.Found> found = Search.of(needles, text, true).found();
            return found.isEmpty() ? text : replace(text, found);
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever went wrong, text that was not searched goes nowhere.
            return withheld(e);
        }
    }

    private static String replace(String text, List<Search.Found> found) {
        StringBuilder redacted = new StringBuilder(text.length());
        int done = 0;
        for (Search.Found secret : found) {
            redacted.append(text, done, secret.start()).append(placeholder(secret.name()));
            done = secret.end();
        }
        return redacted.append(text, done, text.length()).toString();
    }

    static String placeholder(String name) {
        return "[secret:" + name + "]";
    }

    static String withheld(Throwable failure) {
        return "[text withheld: redaction failed with " + failure.getClass().getName() + "]";
    }
}
