package dev.modelsecrets;

import dev.modelsecrets.internal.Text;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How the components of a record take secrets.
 *
 * <p>{@code hfAccessToken} takes {@code hf_access_token}; the exact name comes first where both are there. A nested
 * record's names start with the name of its component and an underscore. Immutable; made by reflection for each call.
 */
final class RecordBinding<R extends Record> {

    private final Class<R> type;
    private final List<Component> components = new ArrayList<>();

    /** The records that this one stands in, itself included. */
    private final Set<Class<?>> outer;

    private RecordBinding(Class<R> type, String prefix, Set<Class<?>> around) {
        this.type = type;
        outer = new HashSet<>(around);
        if (!outer.add(type)) {
            throw new IllegalArgumentException(type.getName() + " contains itself, so its secrets have no end");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            components.add(component(component, prefix));
        }
    }

    /**
     * Looks at a record.
     *
     * @throws IllegalArgumentException if a component has a type that no secret can become, or the record contains
     *     itself
     */
    static <R extends Record> RecordBinding<R> of(Class<R> type) {
        return new RecordBinding<>(type, "", Set.of());
    }

    /** Hands on the names that the record needs, each with whether it may stay without a value. */
    void declareIn(BiConsumer<String, Boolean> declarations) {
        for (Component component : components) {
            if (component.nested != null) {
                component.nested.declareIn(declarations);
            } else {
                declarations.accept(component.name, component.optional);
            }
        }
    }

    /**
     * Makes the record.
     *
     * @throws MissingSecretsException if a component's secret is not there
     * @throws SecretBindingException if a value does not fit its component, or the constructor throws
     */
    R bind(Map<String, String> secrets) {
        Set<String> missing = new LinkedHashSet<>();
        collectMissing(secrets, missing);
        if (!missing.isEmpty()) {
            throw Undeclared.unbound(type, List.copyOf(missing), secrets.keySet());
        }
        return create(secrets);
    }

    private void collectMissing(Map<String, String> secrets, Set<String> missing) {
        for (Component component : components) {
            if (component.nested != null) {
                component.nested.collectMissing(secrets, missing);
            } else if (!component.optional && component.find(secrets) == null) {
                missing.add(component.name);
            }
        }
    }

    private R create(Map<String, String> secrets) {
        Class<?>[] types = new Class<?>[components.size()];
        @Nullable Object[] arguments = new Object[components.size()];
        for (int i = 0; i < arguments.length; i++) {
            Component component = components.get(i);
            types[i] = component.rawType;
            arguments[i] = component.argument(type, secrets);
        }
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            if (!constructor.trySetAccessible()) {
                throw notAccessible();
            }
            return Gate.construct(constructor, SecretBindingException::thrownBy, arguments);
        } catch (ReflectiveOperationException e) {
            throw notAccessible();
        }
    }

    private IllegalArgumentException notAccessible() {
        Module module = type.getModule();
        return new IllegalArgumentException(
                module.isNamed()
                        ? "Add to the module-info.java of " + module.getName() + ": `opens " + type.getPackageName()
                                + " to dev.modelsecrets.core;` so that the record " + type.getName()
                                + " can be constructed"
                        : type.getName() + " cannot be constructed");
    }

    private Component component(RecordComponent component, String prefix) {
        Class<?> raw = component.getType();
        SecretName given = component.getAnnotation(SecretName.class);
        String exact = prefix + component.getName();
        String snake = prefix + snakeCase(component.getName());
        if (raw.isRecord()) {
            String inner = given == null ? snake + "_" : given.value().isEmpty() ? "" : given.value() + "_";
            return new Component(component.getName(), snake, snake, raw, null, false, nested(raw, inner));
        }
        boolean optional = raw == Optional.class;
        Type target = optional ? optionalOf(component) : component.getGenericType();
        if (!Conversion.supports(target)) {
            throw new IllegalArgumentException(type.getName() + "." + component.getName() + ": a secret cannot become "
                    + target.getTypeName() + "; take a String, Secret or char[], a number, a boolean, URI, Path,"
                    + " Duration, Instant, UUID, an enum, byte[] (base64), List<String> (divided by commas),"
                    + " an Optional of one of them, or a record");
        }
        String name = given == null ? snake : given.value();
        NameSet.check(name);
        return new Component(component.getName(), given == null ? exact : name, name, raw, target, optional, null);
    }

    private RecordBinding<?> nested(Class<?> raw, String prefix) {
        return new RecordBinding<>(raw.asSubclass(Record.class), prefix, outer);
    }

    private Type optionalOf(RecordComponent component) {
        if (component.getGenericType() instanceof ParameterizedType generic
                && !(generic.getActualTypeArguments()[0] instanceof WildcardType)) {
            return generic.getActualTypeArguments()[0];
        }
        throw new IllegalArgumentException(
                type.getName() + "." + component.getName() + ": say what the Optional holds, as in Optional<String>");
    }

    /** Turns {@code hfAccessToken} and {@code awsS3Key} into {@code hf_access_token} and {@code aws_s3_key}. */
    static String snakeCase(String name) {
        StringBuilder snake = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                boolean startsWord = i > 0
                        && name.charAt(i - 1) != '_'
                        && (!Character.isUpperCase(name.charAt(i - 1))
                                || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))));
                snake.append(startsWord ? "_" : "").append(Character.toLowerCase(c));
            } else {
                snake.append(c);
            }
        }
        return snake.toString();
    }

    /**
     * One component: the names it goes by, and either a value's type or a nested record.
     *
     * @param component the component's own name
     * @param exact the secret that it takes if there
     * @param name the secret that it takes otherwise, and declares
     * @param rawType its type, which may be Optional
     * @param target the type of its value; null for a nested record
     * @param optional whether it is an Optional
     * @param nested how a nested record is made; null for a value
     */
    private record Component(
            String component,
            String exact,
            String name,
            Class<?> rawType,
            @Nullable Type target,
            boolean optional,
            @Nullable RecordBinding<?> nested) {

        /** Returns the value; a blank one, which only a default can be, counts as absent where it may be absent. */
        @Nullable
        String find(Map<String, String> secrets) {
            String value = secrets.get(exact);
            value = value == null ? secrets.get(name) : value;
            return value != null && optional && Text.isBlank(value) ? null : value;
        }

        @Nullable
        Object argument(Class<?> owner, Map<String, String> secrets) {
            if (nested != null) {
                return nested.create(secrets);
            }
            String value = find(secrets);
            if (value == null || target == null) {
                return Optional.empty();
            }
            Object converted = Conversion.convert(value, target);
            if (converted == null) {
                throw new SecretBindingException("secret " + (secrets.containsKey(exact) ? exact : name)
                        + " does not fit " + owner.getSimpleName() + "." + component + ": it must be "
                        + Conversion.describe(target));
            }
            return optional ? Optional.of(converted) : converted;
        }
    }
}
