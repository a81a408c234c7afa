package dev.modelsecrets.standard.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds names that a person probably meant, to point them out where the exact ones are absent.
 *
 * <p>The names that are there are gone through once, when the first remark is wanted: looking for many names among many
 * takes no more time than there are names. Thread-safe.
 */
public final class NearMiss {

    /** What is longer is near no name: one has 253 characters at most, and a prefix or an extension besides. */
    private static final int LONGEST = 1_000;

    private final Iterable<String> names;
    private final Map<String, String> byStem = new HashMap<>();
    private @Nullable Map<String, List<String>> byFoldedName;

    /**
     * Prepares to look.
     *
     * @param names the names that are there; iterated over when they are needed
     */
    public NearMiss(Iterable<String> names) {
        this.names = names;
    }

    /**
     * Finds a near miss among keys that take no {@code TRUSS_SECRET_} prefix, and says what is wrong with it.
     *
     * @param name the secret's name
     * @param keys the keys or file names that are there
     * @return a remark in brackets with a space in front, or nothing
     */
    public static String remark(String name, Collection<String> keys) {
        return new NearMiss(keys).remark(name);
    }

    /**
     * Finds a name that differs from the wanted one in nothing but upper and lower case or '-', '_' and '.'.
     *
     * @param wanted the exact name
     * @return the first such name, or null
     */
    public @Nullable String of(String wanted) {
        for (String name : index().getOrDefault(fold(wanted), List.of())) {
            if (!name.equals(wanted)) {
                return name;
            }
        }
        return null;
    }

    /**
     * Finds a near miss among keys that take no {@code TRUSS_SECRET_} prefix, and says what is wrong with it.
     *
     * @param name the secret's name
     * @return a remark in brackets with a space in front, or nothing
     */
    public String remark(String name) {
        String near = of(name);
        if (near != null) {
            return " (" + near + " is there: names must match exactly)";
        }
        String prefixed = "TRUSS_SECRET_" + name;
        return contains(prefixed) ? " (" + prefixed + " is there: the prefix is for variables only)" : "";
    }

    /** Tells whether exactly this name is there. */
    boolean contains(String name) {
        return index().getOrDefault(fold(name), List.of()).contains(name);
    }

    /** Returns the first name that is the wanted one with an extension, or null. */
    synchronized @Nullable String withExtension(String wanted) {
        index();
        return byStem.get(wanted);
    }

    private synchronized Map<String, List<String>> index() {
        Map<String, List<String>> index = byFoldedName;
        if (index == null) {
            index = new HashMap<>();
            for (String name : names) {
                if (name.length() > LONGEST) {
                    continue;
                }
                index.computeIfAbsent(fold(name), unused -> new ArrayList<>(1)).add(name);
                for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
                    byStem.putIfAbsent(name.substring(0, dot), name);
                }
            }
            byFoldedName = index;
        }
        return index;
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }
}
