package dev.modelsecrets.standard.functional;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.ResolutionReport;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Notices any piece of a sentinel in whatever text the library gives out, and throwables that are not its own. */
final class LeakChecker {

    private static final int PIECE = 6;

    private final String[] pieces;
    private final String[] piecesInLowerCase;

    /** Takes what must not be seen: pieces of it must not occur in names and paths by accident. */
    LeakChecker(String sentinel) {
        pieces = new String[sentinel.length() - PIECE + 1];
        piecesInLowerCase = new String[pieces.length];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = sentinel.substring(i, i + PIECE);
            piecesInLowerCase[i] = pieces[i].toLowerCase(Locale.ROOT);
        }
    }

    /** Tells whether a text holds a piece, also one in lower case. */
    boolean holdsPiece(String text) {
        for (int i = 0; i < pieces.length; i++) {
            if (text.contains(pieces[i]) || text.contains(piecesInLowerCase[i])) {
                return true;
            }
        }
        return false;
    }

    /** Checks one text. */
    void check(String what, Object text) {
        if (holdsPiece(String.valueOf(text))) {
            throw new AssertionError(what + " leaks: " + text);
        }
    }

    /** Checks a throwable, all that hangs on it, and that it is one that the library may throw. */
    void check(Throwable throwable) {
        StringWriter trace = new StringWriter();
        throwable.printStackTrace(new PrintWriter(trace));
        check("stack trace", trace);
        walk(throwable, 0);
        if (!(throwable instanceof SecretsException)) {
            throw new AssertionError("not an exception of the library: " + trace);
        }
        if (String.valueOf(throwable.getMessage()).contains("its message is withheld")) {
            throw new AssertionError("stands for an exception that is not one of the library: " + trace);
        }
    }

    private void walk(Throwable throwable, int depth) {
        if (throwable == null || depth > 20) {
            return;
        }
        check("message", throwable.getMessage());
        check("localized message", throwable.getLocalizedMessage());
        check("toString", throwable);
        walk(throwable.getCause(), depth + 1);
        for (Throwable suppressed : throwable.getSuppressed()) {
            walk(suppressed, depth + 1);
        }
    }

    /** Checks what a provider answered. */
    void check(Collection<Lookup> lookups) {
        for (Lookup lookup : lookups) {
            check("lookup", lookup);
            check(
                    "location, reason or problem",
                    lookup.isFound() ? lookup.location() : lookup.isAbsent() ? lookup.reason() : lookup.problem());
        }
    }

    /** Checks resolved secrets and their views. */
    void check(Secrets secrets) {
        check("secrets", secrets);
        check("values", secrets.values());
        check("entries", secrets.entrySet());
        for (Map.Entry<String, String> entry : secrets.entrySet()) {
            check("entry", entry);
            check("source", secrets.source(entry.getKey()));
        }
    }

    /** Checks a report and its parts. */
    void check(ResolutionReport report) {
        check("report", report);
        check("entries of a report", report.entries());
    }
}
