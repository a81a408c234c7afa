package dev.modelsecrets.inject;

import dev.modelsecrets.SecretBindingException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A constructor of a model and what can be said about its parameters before it is called. The longest one sorts first.
 */
final class ModelConstructor<T> implements Comparable<ModelConstructor<T>> {

    private final Constructor<T> constructor;
    private final List<Filling> fillings = new ArrayList<>();

    ModelConstructor(Constructor<T> constructor, Secrets secrets, List<Object> context) {
        this.constructor = constructor;
        for (Parameter parameter : constructor.getParameters()) {
            fillings.add(filling(parameter, secrets, context));
        }
    }

    private static Filling filling(Parameter parameter, Secrets secrets, List<Object> context) {
        Class<?> type = parameter.getType();
        if (type == Secrets.class || isMapOfStrings(parameter.getParameterizedType())) {
            return Filling.with(() -> secrets);
        }
        if (type.isPrimitive() || type == String.class) {
            return Filling.impossible(type.getSimpleName() + " is never filled: take a record that names its secrets");
        }
        List<Object> fitting = context.stream().filter(type::isInstance).toList();
        if (fitting.size() == 1) {
            return Filling.with(() -> fitting.get(0));
        }
        if (fitting.size() > 1) {
            return Filling.ambiguous(fitting.size() + " context objects fit " + type.getTypeName());
        }
        return type.isRecord()
                ? recordOfSecrets(type.asSubclass(Record.class), secrets)
                : Filling.impossible("no context object is a " + type.getTypeName());
    }

    private static boolean isMapOfStrings(Type type) {
        return type == Map.class
                || (type instanceof ParameterizedType generic
                        && generic.getRawType() == Map.class
                        && Arrays.equals(generic.getActualTypeArguments(), new Type[] {String.class, String.class}));
    }

    /** A record that secrets cannot become, a configuration for example, has to be a context object. */
    private static Filling recordOfSecrets(Class<? extends Record> type, Secrets secrets) {
        try {
            SecretDeclarations unused = SecretDeclarations.of(type);
        } catch (IllegalArgumentException | SecretsException notForSecrets) {
            return Filling.impossible("no context object is a " + type.getTypeName() + ", nor can secrets become one ("
                    + notForSecrets.getMessage() + ")");
        }
        return Filling.with(() -> secrets.as(type));
    }

    int size() {
        return fillings.size();
    }

    /** Tells whether a parameter can be filled with nothing at all. */
    boolean isOutOfTheQuestion() {
        return fillings.stream().anyMatch(filling -> filling.value == null && !filling.ambiguous);
    }

    /** Tells whether a parameter can be filled in more than one way. */
    boolean isAmbiguous() {
        return fillings.stream().anyMatch(filling -> filling.ambiguous);
    }

    T create() {
        if (!constructor.trySetAccessible()) {
            throw notAccessible();
        }
        Object[] arguments = fillings.stream().map(Filling::get).toArray();
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw refused(Objects.requireNonNull(e.getCause()));
        } catch (LinkageError e) {
            // A static initialiser that failed, now or earlier: both quote what it said.
            throw refused(e);
        } catch (ReflectiveOperationException e) {
            throw notAccessible();
        }
    }

    /** The constructor had the secrets, so its words stay behind. */
    private SecretBindingException refused(Throwable failure) {
        return SecretBindingException.thrownBy(constructor.getDeclaringClass(), failure);
    }

    private IllegalArgumentException notAccessible() {
        Class<T> model = constructor.getDeclaringClass();
        Module module = model.getModule();
        return new IllegalArgumentException(
                module.isNamed()
                        ? "Add to the module-info.java of " + module.getName() + ": `opens " + model.getPackageName()
                                + " to dev.modelsecrets.inject;` so that " + model.getName() + " can be constructed"
                        : model.getName() + " cannot be constructed");
    }

    @Override
    public int compareTo(ModelConstructor<T> other) {
        int bySize = Integer.compare(other.size(), size());
        return bySize == 0 ? signature().compareTo(other.signature()) : bySize;
    }

    private String signature() {
        List<String> types = new ArrayList<>();
        for (Class<?> type : constructor.getParameterTypes()) {
            types.add(type.getSimpleName());
        }
        return constructor.getDeclaringClass().getSimpleName() + "(" + String.join(", ", types) + ")";
    }

    /** Returns the signature and what is wrong with it. */
    @Override
    public String toString() {
        List<String> problems = new ArrayList<>();
        for (Filling filling : fillings) {
            if (filling.problem != null && !problems.contains(filling.problem)) {
                problems.add(filling.problem);
            }
        }
        return signature() + ": " + (problems.isEmpty() ? "can be filled" : String.join("; ", problems));
    }

    /** How one parameter is filled, or why it is not. */
    private record Filling(
            @Nullable Supplier<Object> value,
            boolean ambiguous,
            @Nullable String problem) {

        static Filling with(Supplier<Object> value) {
            return new Filling(value, false, null);
        }

        static Filling impossible(String problem) {
            return new Filling(null, false, problem);
        }

        static Filling ambiguous(String problem) {
            return new Filling(null, true, problem);
        }

        Object get() {
            if (value == null) {
                throw new IllegalStateException(problem);
            }
            return value.get();
        }
    }
}
