package dev.modelsecrets.examples.spark;

import java.util.Locale;

/** Prints what was measured, beside what it must be. */
final class Bars {

    private boolean allKept = true;

    void equal(String what, long wanted, long found) {
        bar(what, Long.toString(wanted), Long.toString(found), wanted == found);
    }

    void atLeast(String what, long least, long found) {
        bar(what, "at least " + least, Long.toString(found), found >= least);
    }

    /** Adds a figure that decides nothing, because it depends on the machine. */
    void note(String what, double found) {
        System.out.printf(Locale.ROOT, "       %s: %.2f%n", what, found);
    }

    private void bar(String what, String wanted, String found, boolean kept) {
        allKept &= kept;
        System.out.println((kept ? "kept   " : "MISSED ") + what + ": " + found + (kept ? "" : ", not " + wanted));
    }

    boolean allKept() {
        return allKept;
    }
}
