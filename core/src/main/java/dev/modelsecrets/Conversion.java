package dev.modelsecrets;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns the text of a secret into the type of a record component. */
final class Conversion {

    private Conversion() {}

    static boolean supports(Class<?> type) {
        return type == String.class
                || type == Secret.class
                || type == boolean.class
                || type == Boolean.class
                || isNumber(type)
                || type == URI.class
                || type == Path.class
                || type == Duration.class
                || type == byte[].class
                || type.isEnum();
    }

    private static boolean isNumber(Class<?> type) {
        return type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class
                || type == short.class
                || type == Short.class
                || type == byte.class
                || type == Byte.class
                || type == float.class
                || type == Float.class
                || type == double.class
                || type == Double.class;
    }

    /** Says what a value must look like, for an error message. */
    static String describe(Class<?> type) {
        if (type.isEnum()) {
            List<String> names = new ArrayList<>();
            for (Object constant : type.getEnumConstants()) {
                names.add(((Enum<?>) constant).name());
            }
            return "one of " + String.join(", ", names);
        }
        if (type == Duration.class) {
            return "a duration such as PT30S (ISO 8601)";
        }
        if (type == byte[].class) {
            return "base64";
        }
        return type == boolean.class || type == Boolean.class ? "true or false" : "a valid " + type.getSimpleName();
    }

    /** Returns the value in the wanted type, or null if it does not fit; the parsers' exceptions quote it. */
    static @Nullable Object convert(String value, Class<?> type) {
        if (type == String.class) {
            return value;
        }
        if (type == Secret.class) {
            return Secret.of(value);
        }
        try {
            return parse(value.strip(), type);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static @Nullable Object parse(String text, Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return Integer.valueOf(text);
        } else if (type == long.class || type == Long.class) {
            return Long.valueOf(text);
        } else if (type == short.class || type == Short.class) {
            return Short.valueOf(text);
        } else if (type == byte.class || type == Byte.class) {
            return Byte.valueOf(text);
        } else if (type == float.class || type == Float.class) {
            return Float.valueOf(text);
        } else if (type == double.class || type == Double.class) {
            return Double.valueOf(text);
        } else if (type == boolean.class || type == Boolean.class) {
            return truth(text.toLowerCase(Locale.ROOT));
        } else if (type == URI.class) {
            return URI.create(text);
        } else if (type == Path.class) {
            return Path.of(text);
        } else if (type == Duration.class) {
            return Duration.parse(text);
        } else if (type == byte[].class) {
            return Base64.getDecoder().decode(text);
        }
        return constant(text, type);
    }

    private static @Nullable Boolean truth(String text) {
        return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
    }

    /** Finds an enum constant by its exact name, or else by its name in any case with '-' for '_'. */
    private static @Nullable Object constant(String text, Class<?> type) {
        String folded = text.replace('-', '_');
        Object near = null;
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            if (name.equals(text)) {
                return constant;
            }
            near = name.equalsIgnoreCase(folded) ? constant : near;
        }
        return near;
    }
}
