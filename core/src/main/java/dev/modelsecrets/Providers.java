package dev.modelsecrets;

import dev.modelsecrets.internal.Text;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Calls of providers through the {@link Gate}: each gives a sound answer, whatever the provider does. */
final class Providers {

    private Providers() {}

    // A lambda on the way of a first resolve would cost a cold start more than all classes of this library, so the
    // three calls that are on it stand here without Gate.call.

    /** Returns a provider's name as one line; its class if it has none. */
    static String name(SecretProvider provider) {
        String name;
        try {
            name = provider.name();
        } catch (Throwable failure) {
            Gate.contain(failure);
            name = null;
        }
        return name == null ? provider.getClass().getName() : Text.line(name);
    }

    /**
     * Asks a provider.
     *
     * @return an answer for each name, and for nothing else; a provider that fails as a whole fails for each name
     */
    static Map<String, Lookup> find(SecretProvider provider, Set<String> names) {
        Map<String, Lookup> answers;
        try {
            answers = provider.find(unmodifiable(names));
        } catch (Throwable failure) {
            return forEach(names, lookupOf(failure));
        }
        if (answers == null) {
            return forEach(names, Lookup.failed("find returned null instead of a map of answers"));
        }
        Map<String, Lookup> complete = new HashMap<>(2 * names.size());
        for (String name : names) {
            complete.put(name, get(answers, name));
        }
        return complete;
    }

    /** A provider that takes names out of the set it is given must not take them from those that are answered for. */
    private static Set<String> unmodifiable(Set<String> names) {
        return names instanceof NameSet ? names : Collections.unmodifiableSet(names);
    }

    private static Lookup get(Map<String, Lookup> answers, String name) {
        try {
            Lookup answer = answers.get(name);
            return answer == null ? Lookup.absent(Lookup.NO_SUCH_SECRET) : answer;
        } catch (Throwable failure) {
            return lookupOf(failure);
        }
    }

    /** Asks for one name. */
    static Lookup lookup(Function<String, Lookup> lookup, String name) {
        Lookup answer = Gate.call(() -> lookup.apply(name), Providers::lookupOf);
        return answer == null ? Lookup.absent(Lookup.NO_SUCH_SECRET) : answer;
    }

    private static Lookup lookupOf(Throwable failure) {
        String problem = Gate.problem(failure);
        return failure instanceof SecretAccessDeniedException ? Lookup.denied(problem) : Lookup.failed(problem);
    }

    /** Gives the same answer for each name. */
    static Map<String, Lookup> forEach(Set<String> names, Lookup answer) {
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            answers.put(name, answer);
        }
        return answers;
    }

    /** Returns how to set a secret; a provider that fails has no advice. */
    static Optional<String> remedy(SecretProvider provider, String name) {
        return Gate.call(() -> provider.remedy(name).map(Text::line), failure -> Optional.empty());
    }

    /** Returns the token of a provider's state; a provider that fails cannot tell. */
    static Optional<Object> version(SecretProvider provider) {
        Optional<Object> version = Gate.call(provider::version, failure -> Optional.empty());
        return Objects.requireNonNullElse(version, Optional.empty());
    }

    /** Tells whether both are there and equal: the token's class is not ours either. */
    static boolean sameVersion(Optional<Object> one, Optional<Object> other) {
        return one.isPresent() && Gate.call(() -> one.equals(other), failure -> false);
    }

    /** Begins a watch; where that fails, changes are seen at intervals only, and a WARN says so. */
    static Subscription watch(SecretProvider provider, Set<String> names, Runnable changed) {
        Subscription watch = Gate.call(() -> provider.watch(names, changed), failure -> {
            Gate.warn("The provider " + name(provider) + " announces no changes: " + Gate.problem(failure));
            return Subscription.none();
        });
        return watch == null ? Subscription.none() : watch;
    }

    static void expire(SecretProvider provider) {
        Gate.run(provider::expire, () -> "The provider " + name(provider) + " kept its cached answers: it");
    }

    static void close(SecretProvider provider) {
        Gate.run(provider::close, () -> "The provider " + name(provider) + " did not close: it");
    }

    static void close(Subscription watch) {
        Gate.run(watch::close, () -> "The watch of a provider did not close: it");
    }
}
