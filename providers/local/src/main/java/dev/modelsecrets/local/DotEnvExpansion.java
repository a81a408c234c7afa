package dev.modelsecrets.local;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces {@code $NAME}, <code>${NAME}</code> and <code>${NAME:-default}</code>; {@code $$} is a dollar sign. */
final class DotEnvExpansion {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$(?:(\\$)|([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?-)([^}$]*))?})");

    private final Map<String, DotEnvVariable> above;
    private final Map<String, String> environment;

    DotEnvExpansion(Map<String, DotEnvVariable> above, Map<String, String> environment) {
        this.above = above;
        this.environment = Map.copyOf(environment);
    }

    String expand(String value, int line) throws DotEnvSyntaxException {
        StringBuilder expanded = new StringBuilder();
        int position = 0;
        while (position < value.length()) {
            if (value.charAt(position) == '$') {
                position = expandAt(value, position, expanded, line);
            } else {
                expanded.append(value.charAt(position++));
            }
        }
        return expanded.toString();
    }

    /** Appends what a dollar sign stands for, and returns the position behind it; one that refers to nothing stays. */
    int expandAt(String text, int position, StringBuilder target, int line) throws DotEnvSyntaxException {
        Matcher reference = REFERENCE.matcher(text).region(position, text.length());
        if (!reference.lookingAt()) {
            target.append('$');
            return position + 1;
        }
        target.append(reference.group(1) != null ? "$" : value(reference, line));
        return reference.end();
    }

    private String value(Matcher reference, int line) throws DotEnvSyntaxException {
        String name = reference.group(2) != null ? reference.group(2) : reference.group(3);
        DotEnvVariable variable = above.get(name);
        @Nullable String value = variable != null ? variable.value() : environment.get(name);
        if (value != null && !(value.isEmpty() && ":-".equals(reference.group(4)))) {
            return value;
        }
        if (reference.group(4) == null) {
            throw new DotEnvSyntaxException(line, "refers to the variable " + name + ", which is not set");
        }
        return reference.group(5);
    }
}
