package dev.modelsecrets.standard.internal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import org.jspecify.annotations.Nullable;

/** Words for the JSON parser's exception: the position, and advice where its kind is known; nothing it says itself. */
final class JsonProblem {

    static final String TRAILING_TEXT = "has text after its closing brace";

    /**
     * A piece of how the parser words its problem, and what that means for a person; the first one that fits counts.
     */
    private static final String[][] ADVICE = {
        {"a (non-standard) comment", "comments are not allowed"},
        {"('}' (code 125)): was expecting double-quote", "a comma stands before the closing brace"},
        {"was expecting double-quote", "a key must stand in double quotes"},
        {"was expecting a colon", "a ':' must stand between a key and its value"},
        {"was expecting comma", "a comma must stand between two entries, and text in double quotes"},
        {"was expecting closing quote", "a quote is not closed"},
        {"Unexpected end-of-input", "the text ends before the last brace is closed"},
        {"Unexpected close marker", "a bracket is closed by one of the other kind"},
        {"(']' (code 93)): expected a valid value", "a comma stands before the closing bracket"},
        {"Unrecognized token", "text must stand in double quotes"},
        {"Non-standard token", "text must stand in double quotes"},
        {"expected a v", "a value is missing, or text that must stand in double quotes"},
        {"expected a hex-digit", "four hexadecimal digits must follow \\u"},
        {"Unrecognized character escape", "a backslash in text must be doubled"},
        {
            "Illegal unquoted character",
            "a line break or other control character in text must be written as an escape: \\n"
        },
        {"Leading zeroes", "a number must not begin with 0; put it in double quotes if it is text"},
        {"numeric value", "this is not a number; put it in double quotes if it is text"},
        {"Illegal character", "a control character stands outside of text"},
    };

    private JsonProblem() {}

    /**
     * Describes a failure.
     *
     * @param failure whatever the parser threw
     * @param closed whether the last brace was behind the parser
     */
    static String of(Exception failure, boolean closed) {
        @Nullable JsonLocation location = failure instanceof JacksonException e ? e.getLocation() : null;
        if (closed) {
            return TRAILING_TEXT + at(location);
        }
        if (failure instanceof StreamConstraintsException) {
            return "is nested too deeply or has too long a value" + at(location);
        }
        String words = failure instanceof JacksonException e ? e.getOriginalMessage() : "";
        return words.startsWith("Duplicate")
                ? "has a key twice" + at(location)
                : "is not valid JSON" + at(location) + advice(words);
    }

    /** Returns " at" and the place, or nothing if the parser did not say where it was. */
    static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String advice(String words) {
        for (String[] known : ADVICE) {
            if (words.contains(known[0])) {
                return ": " + known[1];
            }
        }
        return "";
    }
}
