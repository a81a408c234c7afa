package dev.modelsecrets.standard.internal;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds a name that a person probably meant, to point it out when the exact one is absent. */
public final class NearMiss {

    private NearMiss() {}

    /**
     * Finds a name that differs from the wanted one in nothing but upper and lower case or '-', '_' and '.'.
     *
     * @param wanted the exact name
     * @param present the names that are there
     * @return the first such name, or null
     */
    public static @Nullable String of(String wanted, Collection<String> present) {
        String folded = fold(wanted);
        for (String name : present) {
            if (name.length() == wanted.length()
                    && !name.equals(wanted)
                    && fold(name).equals(folded)) {
                return name;
            }
        }
        return null;
    }

    /**
     * Finds a near miss among keys that take no {@code TRUSS_SECRET_} prefix, and says what is wrong with it.
     *
     * @param name the secret's name
     * @param keys the keys or file names that are there
     * @return a remark in brackets with a space in front, or nothing
     */
    public static String remark(String name, Collection<String> keys) {
        String near = of(name, keys);
        if (near != null) {
            return " (" + near + " is there: names must match exactly)";
        }
        String prefixed = "TRUSS_SECRET_" + name;
        return keys.contains(prefixed) ? " (" + prefixed + " is there: the prefix is for variables only)" : "";
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }
}
