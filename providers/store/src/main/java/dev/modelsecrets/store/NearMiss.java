package dev.modelsecrets.store;

import java.util.Collection;
import java.util.Locale;

/** Points out a name that a person probably meant, where the exact one is missing. */
final class NearMiss {

    private NearMiss() {}

    /** Returns a remark in brackets with a space in front, or nothing. */
    static String of(String wanted, Collection<String> present) {
        String folded = fold(wanted);
        for (String name : present) {
            if (!name.equals(wanted) && fold(name).equals(folded)) {
                return " (" + name + " is there: names must match exactly)";
            }
        }
        return "";
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }
}
