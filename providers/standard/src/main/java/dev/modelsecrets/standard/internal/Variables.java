package dev.modelsecrets.standard.internal;

import dev.modelsecrets.Lookup;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values of environment variables, which the JVM may have damaged before anybody sees them. */
public final class Variables {

    private Variables() {}

    /**
     * Answers with a variable's value, if it is whole.
     *
     * @param variable the variable's name
     * @param value what the JVM says it holds
     */
    public static Lookup lookup(String variable, String value) {
        String problem = problem(value);
        return problem == null ? Lookup.found(value, variable) : Lookup.failed(variable + " " + problem);
    }

    /**
     * Says what is wrong with a variable's value.
     *
     * @return words that follow the variable's name; or null
     */
    public static @Nullable String problem(String value) {
        return problem(value, System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    /**
     * Says what is wrong with a variable's value.
     *
     * @param charset what the JVM decodes variables by; ASCII where no locale is set, as in slim images
     */
    static @Nullable String problem(String value, String charset) {
        if (value.startsWith("\uFEFF")) {
            return "has a byte order mark: set it without one";
        }
        boolean isUnicode = charset.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8");
        return isUnicode || value.indexOf('\uFFFD') < 0
                ? null
                : "holds characters that Java cannot decode in this locale (" + charset
                        + "): start the process with LC_ALL=C.UTF-8";
    }
}
