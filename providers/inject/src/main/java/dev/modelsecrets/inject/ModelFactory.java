package dev.modelsecrets.inject;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.SecretBindingException;
import dev.modelsecrets.Secrets;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Makes a model from its class: it hands the secrets and a few other objects to the constructor that takes them.
 *
 * <p>A parameter is filled by its type, never by its name:
 *
 * <ul>
 *   <li>{@link Secrets}, {@code Map<String, String>} and the raw {@code Map} take the secrets;
 *   <li>a type that one of the context objects has, a configuration or a data directory for example, takes that object;
 *   <li>a record takes the secrets that its components name, see {@link Secrets#as};
 *   <li>a {@code String} and primitive types take nothing: nobody could tell which one.
 * </ul>
 *
 * <p>Of the public constructors that can be filled, the one with the most parameters is called, so a model gets what it
 * asks for and no more. Truss does the same with the keyword arguments of a Python model. Classes are not searched for.
 * Immutable and thread-safe if the context objects are; {@code toString} shows names and types only.
 */
public final class ModelFactory {

    private final Secrets secrets;
    private final List<Object> context;

    private ModelFactory(Secrets secrets, List<Object> context) {
        this.secrets = secrets;
        this.context = context;
    }

    /**
     * Creates a factory.
     *
     * @param secrets the resolved secrets of the model
     * @param context what else a constructor may ask for by type; at most one object should fit a parameter
     * @return the factory
     */
    public static ModelFactory of(Secrets secrets, Object... context) {
        return new ModelFactory(Objects.requireNonNull(secrets, "secrets"), List.of(context));
    }

    /**
     * Makes a model.
     *
     * @param model a class with a public constructor; in a named module its package must be exported or opened to
     *     {@code dev.modelsecrets.inject}
     * @param <T> the model
     * @return a new instance
     * @throws IllegalArgumentException if no public constructor can be filled, if two with the same number of
     *     parameters can, if two context objects fit a parameter, or if the class cannot be made; the message lists the
     *     constructors and the parameters that cannot be filled
     * @throws MissingSecretsException if a secret of a record is not there
     * @throws SecretBindingException if a value does not fit a record, or if the constructor throws: the message names
     *     the class of what it threw and withholds its words, which may quote a secret; the stack trace is its own
     */
    public <T> T create(Class<T> model) {
        checkConcrete(model);
        return best(model, candidates(model)).create();
    }

    private static void checkConcrete(Class<?> model) {
        if (model.isInterface()) {
            throw new IllegalArgumentException(model.getName() + " is an interface; give a class that implements it");
        }
        if (model.isPrimitive() || model.isArray()) {
            throw new IllegalArgumentException(model.getTypeName() + " is not a class that can be made");
        }
        if (Modifier.isAbstract(model.getModifiers())) {
            throw new IllegalArgumentException(model.getName() + " is abstract; give a class that extends it");
        }
    }

    private <T> List<ModelConstructor<T>> candidates(Class<T> model) {
        List<ModelConstructor<T>> candidates = new ArrayList<>();
        for (Constructor<?> constructor : model.getConstructors()) {
            @SuppressWarnings("unchecked") // as getConstructors() promises
            Constructor<T> own = (Constructor<T>) constructor;
            candidates.add(new ModelConstructor<>(own, secrets, context));
        }
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException(model.getName() + " has no public constructor");
        }
        // The order of getConstructors() is not defined.
        Collections.sort(candidates);
        return candidates;
    }

    private <T> ModelConstructor<T> best(Class<T> model, List<ModelConstructor<T>> candidates) {
        List<ModelConstructor<T>> best = new ArrayList<>();
        for (ModelConstructor<T> candidate : candidates) {
            boolean asLong = best.isEmpty() || candidate.size() == best.get(0).size();
            if (asLong && !candidate.isOutOfTheQuestion()) {
                best.add(candidate);
            }
        }
        if (best.isEmpty()) {
            throw new IllegalArgumentException(
                    model.getName() + " has no public constructor that can be filled" + list(candidates));
        }
        if (best.get(0).isAmbiguous() || best.size() > 1) {
            throw new IllegalArgumentException(
                    "it is not clear which public constructor of " + model.getName() + " to call" + list(candidates));
        }
        return best.get(0);
    }

    private String list(List<? extends ModelConstructor<?>> candidates) {
        StringBuilder text = new StringBuilder(":");
        for (ModelConstructor<?> candidate : candidates) {
            text.append("\n  ").append(candidate);
        }
        return text.append("\nGiven are the secrets and ")
                .append(context.isEmpty() ? "no context objects." : "context objects of: " + contextTypes() + ".")
                .toString();
    }

    private String contextTypes() {
        return String.join(
                ", ",
                context.stream().map(each -> each.getClass().getTypeName()).toList());
    }

    /** Returns the names of the secrets and the types of the context objects. */
    @Override
    @JsonValue
    public String toString() {
        return "ModelFactory[" + secrets + ", context=[" + contextTypes() + "]]";
    }
}
