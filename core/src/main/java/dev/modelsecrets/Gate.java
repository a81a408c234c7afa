package dev.modelsecrets;

import dev.modelsecrets.internal.Text;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.ClosedByInterruptException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The one place through which code that is not ours is called: providers, reason suppliers, listeners, constructors of
 * records, loggers.
 *
 * <p>Whatever that code throws stays here, except for a {@link VirtualMachineError}. What a stranger's exception says may
 * quote a secret, so its class is named and its message, causes and suppressed exceptions are withheld. The message of a
 * {@link SecretsException} is passed on: its type promises that it holds no value. No lock is held while foreign code
 * runs.
 */
final class Gate {

    static final String NO_SUCH_SECRET = "has no such secret";

    private static final String INTERRUPTED = "was not read: the thread was interrupted. Resolve again";

    private Gate() {}

    /** Returns a provider's name as one line; its class if it has none. */
    static String name(SecretProvider provider) {
        String name;
        try {
            name = provider.name();
        } catch (Throwable failure) {
            contain(failure);
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
            answers = provider.find(names);
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

    private static Lookup get(Map<String, Lookup> answers, String name) {
        try {
            Lookup answer = answers.get(name);
            return answer == null ? Lookup.absent(NO_SUCH_SECRET) : answer;
        } catch (Throwable failure) {
            return lookupOf(failure);
        }
    }

    static Map<String, Lookup> forEach(Set<String> names, Lookup answer) {
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            answers.put(name, answer);
        }
        return answers;
    }

    /** Asks for one name. */
    static Lookup lookup(Function<String, Lookup> lookup, String name) {
        try {
            Lookup answer = lookup.apply(name);
            return answer == null ? Lookup.absent(NO_SUCH_SECRET) : answer;
        } catch (Throwable failure) {
            return lookupOf(failure);
        }
    }

    private static Lookup lookupOf(Throwable failure) {
        String problem = problem(failure);
        return failure instanceof SecretAccessDeniedException ? Lookup.denied(problem) : Lookup.failed(problem);
    }

    /** Returns the name to ask for; empty if the renaming fails or gives something that is no secret name. */
    static Optional<String> rename(UnaryOperator<String> renaming, String name) {
        try {
            return Optional.of(SecretDeclarations.checkName(renaming.apply(name)));
        } catch (Throwable failure) {
            contain(failure);
            return Optional.empty();
        }
    }

    /** Returns how to set a secret; a provider that fails has no advice. */
    static Optional<String> remedy(SecretProvider provider, String name) {
        try {
            Optional<String> remedy = provider.remedy(name);
            return remedy == null ? Optional.empty() : remedy.map(Text::line);
        } catch (Throwable failure) {
            contain(failure);
            return Optional.empty();
        }
    }

    /** Returns the token of a provider's state; a provider that fails cannot tell. */
    static Optional<Object> version(SecretProvider provider) {
        try {
            Optional<Object> version = provider.version();
            return version == null ? Optional.empty() : version;
        } catch (Throwable failure) {
            contain(failure);
            return Optional.empty();
        }
    }

    /** Tells whether both are there and equal: the token's class is not ours either. */
    static boolean sameVersion(Optional<Object> one, Optional<Object> other) {
        try {
            return one.isPresent() && one.equals(other);
        } catch (Throwable failure) {
            contain(failure);
            return false;
        }
    }

    /** Begins a watch; where that fails, changes are seen at intervals only, and a WARN says so. */
    static Subscription watch(SecretProvider provider, Set<String> names, Runnable changed) {
        try {
            Subscription watch = provider.watch(names, changed);
            return watch == null ? Subscription.none() : watch;
        } catch (Throwable failure) {
            warn("The provider " + name(provider) + " announces no changes: " + problem(failure));
            return Subscription.none();
        }
    }

    static void expire(SecretProvider provider) {
        try {
            provider.expire();
        } catch (Throwable failure) {
            warn("The provider " + name(provider) + " kept its cached answers: " + problem(failure));
        }
    }

    static void close(SecretProvider provider) {
        try {
            provider.close();
        } catch (Throwable failure) {
            warn("The provider " + name(provider) + " did not close: " + problem(failure));
        }
    }

    static void close(Subscription subscription) {
        try {
            subscription.close();
        } catch (Throwable failure) {
            warn("The watch of a provider did not close: " + problem(failure));
        }
    }

    /** Returns what a supplier of a reason says, as one line. */
    static String words(Supplier<String> supplier) {
        try {
            String words = supplier.get();
            return words == null ? NO_SUCH_SECRET : Text.line(words);
        } catch (Throwable failure) {
            return NO_SUCH_SECRET + " (why could not be worked out: it " + problem(failure) + ")";
        }
    }

    /** Tells a listener. */
    static <T> void tell(Consumer<? super T> listener, T event) {
        try {
            listener.accept(event);
        } catch (Throwable failure) {
            warn("The listener " + listener.getClass().getName() + " " + problem(failure));
        }
    }

    /**
     * Makes a record or a model that takes secrets.
     *
     * @throws SecretBindingException if its constructor throws
     * @throws ReflectiveOperationException if it cannot be called
     */
    static <T> T construct(Constructor<T> constructor, @Nullable Object... arguments)
            throws ReflectiveOperationException {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException failure) {
            Throwable cause = failure.getCause();
            throw SecretBindingException.thrownBy(constructor.getDeclaringClass(), cause == null ? failure : cause);
        } catch (LinkageError failure) {
            // A static initialiser that failed, now or earlier: both quote what it said.
            throw SecretBindingException.thrownBy(constructor.getDeclaringClass(), failure);
        }
    }

    /** Logs a warning. The logging system is first touched here, so that a clean start does not pay for it. */
    static void warn(String message) {
        try {
            LoggerFactory.getLogger("dev.modelsecrets").warn(message);
        } catch (Throwable failure) {
            contain(failure);
        }
    }

    /**
     * Says what was thrown, after {@link #contain containing} it: the words of our own exceptions, the class of others.
     */
    static String problem(Throwable failure) {
        contain(failure);
        if (isInterrupt(failure)) {
            return INTERRUPTED;
        }
        if (failure instanceof SecretsException ours) {
            try {
                return Text.line(String.valueOf(ours.problem()));
            } catch (Throwable hostile) {
                contain(hostile);
            }
        }
        return "failed with " + failure.getClass().getName()
                + " (its message is withheld, because it may quote a secret)";
    }

    /** Returns where a failure happened; nothing if it does not say. */
    static StackTraceElement[] stackTrace(Throwable failure) {
        try {
            return failure.getStackTrace();
        } catch (Throwable hostile) {
            contain(hostile);
            return new StackTraceElement[0];
        }
    }

    private static boolean isInterrupt(Throwable failure) {
        return failure instanceof InterruptedException || failure instanceof ClosedByInterruptException;
    }

    /** Rethrows the errors of the JVM itself, and keeps an interrupt visible to the caller. */
    private static void contain(Throwable failure) {
        if (failure instanceof VirtualMachineError error) {
            throw error;
        }
        if (isInterrupt(failure)) {
            Thread.currentThread().interrupt();
        }
    }
}
