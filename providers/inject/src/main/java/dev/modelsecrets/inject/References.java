package dev.modelsecrets.inject;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Expands {@code $(VAR)} as Kubernetes does in {@code command} and {@code args}, and remembers what it could not
 * expand. Not thread-safe.
 */
final class References {

    private final Map<String, String> environment;
    private final Set<String> unknown = new LinkedHashSet<>();

    References(Map<String, String> environment) {
        this.environment = environment;
    }

    String expand(String text) {
        StringBuilder expanded = new StringBuilder(text.length());
        int next = 0;
        int dollar = text.indexOf('$');
        while (dollar >= 0 && dollar + 1 < text.length()) {
            expanded.append(text, next, dollar);
            char following = text.charAt(dollar + 1);
            int close = following == '(' ? text.indexOf(')', dollar + 2) : -1;
            if (close >= 0) {
                expanded.append(value(text.substring(dollar + 2, close)));
                next = close + 1;
            } else {
                // Whatever follows the $ is used up with it, so that $$(VAR) is no reference.
                expanded.append(following == '$' ? "" : "$").append(following);
                next = dollar + 2;
            }
            dollar = text.indexOf('$', next);
        }
        return expanded.append(text, next, text.length()).toString();
    }

    private String value(String name) {
        @Nullable String value = environment.get(name);
        if (value == null) {
            unknown.add(name);
            return "$(" + name + ")";
        }
        return value;
    }

    /** Returns the names, in the order in which they were met. */
    Set<String> unknown() {
        return unknown;
    }
}
