package dev.modelsecrets;

import dev.modelsecrets.internal.Text;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the text of a secret into the type of a record component.
 *
 * <p>{@code String}, {@code Secret} and {@code char[]} take the text as it is; white space around any other is left
 * out.
 */
final class Conversion {

    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            boolean.class, Boolean.class,
            byte.class, Byte.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class);

    private static final Set<Class<?>> SCALARS = Set.of(
            String.class,
            Secret.class,
            char[].class,
            byte[].class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            URI.class,
            Path.class,
            Duration.class,
            Instant.class,
            UUID.class);

    /** The JDK takes digits of every script, {@code 1d}, {@code NaN} and {@code 0x1p3} for numbers; people do not. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]+");

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private static final Pattern FULL_UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Conversion() {}

    static boolean supports(Type type) {
        return type instanceof Class<?> scalar
                ? BOXES.containsKey(scalar) || SCALARS.contains(scalar) || scalar.isEnum()
                : isListOfStrings(type);
    }

    private static boolean isListOfStrings(Type type) {
        return type instanceof ParameterizedType generic
                && generic.getRawType() == List.class
                && generic.getActualTypeArguments()[0] == String.class;
    }

    /** Says what a value must look like, for an error message. */
    static String describe(Type type) {
        if (!(type instanceof Class<?> scalar)) {
            return "values divided by commas, as in a,b,c, and none of them blank";
        }
        if (scalar.isEnum()) {
            List<String> names = new ArrayList<>();
            for (Enum<?> constant : constants(scalar)) {
                names.add(constant.name());
            }
            return names.isEmpty()
                    ? "a constant of " + scalar.getName() + ", which cannot be initialised"
                    : "one of " + String.join(", ", names);
        }
        Class<?> box = BOXES.getOrDefault(scalar, scalar);
        if (box == Boolean.class) {
            return "true or false";
        } else if (box == Float.class || box == Double.class) {
            return "a number such as 0.5 or 1e-3 (" + scalar.getSimpleName() + ")";
        } else if (Number.class.isAssignableFrom(box)) {
            return "a whole number (" + scalar.getSimpleName() + ")";
        } else if (scalar == Duration.class) {
            return "a duration such as 30s, 1h30m, 250ms or PT30S";
        } else if (scalar == Instant.class) {
            return "an instant such as 2026-01-31T12:00:00Z";
        } else if (scalar == UUID.class) {
            return "a UUID such as 123e4567-e89b-12d3-a456-426614174000";
        }
        return scalar == byte[].class ? "base64" : "a valid " + scalar.getSimpleName();
    }

    /** Returns the value in the wanted type, or null if it does not fit; the parsers' exceptions quote it. */
    static @Nullable Object convert(String value, Type type) {
        if (type == String.class) {
            return value;
        } else if (type == Secret.class) {
            return Secret.of(value);
        } else if (type == char[].class) {
            return value.toCharArray();
        }
        try {
            return type instanceof Class<?> scalar
                    ? parse(value.strip(), BOXES.getOrDefault(scalar, scalar))
                    : list(value.strip());
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static @Nullable Object parse(String text, Class<?> type) {
        if (Number.class.isAssignableFrom(type)) {
            return number(text, type);
        } else if (type == Boolean.class) {
            return truth(text.toLowerCase(Locale.ROOT));
        } else if (type == URI.class) {
            return URI.create(text);
        } else if (type == Path.class) {
            return Path.of(text);
        } else if (type == Duration.class) {
            return DurationText.parse(text);
        } else if (type == Instant.class) {
            return Instant.parse(text);
        } else if (type == UUID.class) {
            return FULL_UUID.matcher(text).matches() ? UUID.fromString(text) : null;
        } else if (type == byte[].class) {
            return bytes(text.replaceAll("\\s", ""));
        }
        return constant(text, type);
    }

    private static @Nullable Number number(String text, Class<?> type) {
        if (type == Float.class || type == Double.class) {
            return NUMBER.matcher(text).matches() ? fraction(text, type) : null;
        } else if (!WHOLE_NUMBER.matcher(text).matches()) {
            return null;
        } else if (type == Integer.class) {
            return Integer.valueOf(text);
        } else if (type == Long.class) {
            return Long.valueOf(text);
        }
        return type == Short.class ? (Number) Short.valueOf(text) : Byte.valueOf(text);
    }

    /** What is too large for the type would be infinite. */
    private static @Nullable Number fraction(String text, Class<?> type) {
        Number number = type == Float.class ? (Number) Float.valueOf(text) : Double.valueOf(text);
        return Double.isInfinite(number.doubleValue()) ? null : number;
    }

    private static @Nullable Boolean truth(String text) {
        return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
    }

    /** Decodes base64 of either alphabet, the standard one or that of URLs and file names (RFC 4648). */
    private static byte[] bytes(String text) {
        boolean ofUrls = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        return (ofUrls ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
    }

    /** Splits at commas. Text that looks like a JSON array does not fit: its brackets would be part of the values. */
    private static @Nullable List<String> list(String text) {
        List<String> elements = new ArrayList<>();
        boolean anyBlank = false;
        for (String element : text.split(",", -1)) {
            elements.add(element.strip());
            anyBlank |= Text.isBlank(element);
        }
        return anyBlank || text.startsWith("[") ? null : List.copyOf(elements);
    }

    /** Returns the constants of an enum; none if its initialiser, which is foreign code, fails. */
    private static Enum<?>[] constants(Class<?> type) {
        Object[] constants = Gate.call(type::getEnumConstants, failure -> null);
        return constants == null ? new Enum<?>[0] : (Enum<?>[]) constants;
    }

    /** Finds an enum constant by its exact name, or else by its name in any case with '-' for '_'. */
    private static @Nullable Object constant(String text, Class<?> type) {
        String folded = text.replace('-', '_');
        Object near = null;
        for (Enum<?> constant : constants(type)) {
            String name = constant.name();
            if (name.equals(text)) {
                return constant;
            }
            near = name.equalsIgnoreCase(folded) ? constant : near;
        }
        return near;
    }
}
