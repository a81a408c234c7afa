package dev.modelsecrets;

import dev.modelsecrets.internal.Text;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The one place through which code that is not ours is called: providers, reason suppliers, listeners, constructors of
 * records, loggers.
 *
 * <p>Whatever that code throws stays here, except for a {@link VirtualMachineError}. What a stranger's exception says
 * may quote a secret, so its class is named and its message, causes and suppressed exceptions are withheld. The message
 * of a {@link SecretsException} is passed on: its type promises that it holds no value. No lock is held while foreign
 * code runs.
 */
final class Gate {

    private static final String INTERRUPTED = "was not read: the thread was interrupted. Resolve again";

    private Gate() {}

    /**
     * Calls foreign code.
     *
     * @param call the call
     * @param otherwise gives the result if the call throws; {@link #problem} says in words what it threw
     * @return what the call returned, which may be null whatever its type says, or the other result
     */
    static <T> T call(Callable<T> call, Function<Throwable, T> otherwise) {
        try {
            return call.call();
        } catch (Throwable failure) {
            contain(failure);
            return otherwise.apply(failure);
        }
    }

    /**
     * Calls foreign code that returns nothing; where it throws, a WARN says so.
     *
     * @param call the call
     * @param subject gives the subject of the warning's sentence
     */
    static void run(Runnable call, Supplier<String> subject) {
        try {
            call.run();
        } catch (Throwable failure) {
            warn(subject.get() + " " + problem(failure));
        }
    }

    /** Returns what a supplier of words says, as one line. */
    static String words(Supplier<@Nullable String> supplier, String otherwise) {
        try {
            String words = supplier.get();
            return words == null ? otherwise : Text.line(words);
        } catch (Throwable failure) {
            return otherwise + " (why could not be worked out: it " + problem(failure) + ")";
        }
    }

    /** Tells a listener. */
    static <T> void tell(Consumer<? super T> listener, T event) {
        run(
                () -> listener.accept(event),
                () -> "The listener " + listener.getClass().getName());
    }

    /**
     * Makes a record that takes secrets.
     *
     * @param refused makes the exception to throw in place of what the constructor throws
     * @throws ReflectiveOperationException if the constructor cannot be called
     */
    static <T> T construct(
            Constructor<T> constructor,
            BiFunction<Class<?>, Throwable, ? extends SecretsException> refused,
            @Nullable Object... arguments)
            throws ReflectiveOperationException {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException failure) {
            Throwable cause = failure.getCause();
            throw refused.apply(constructor.getDeclaringClass(), cause == null ? failure : cause);
        } catch (LinkageError failure) {
            // A static initialiser that failed, now or earlier: both quote what it said.
            throw refused.apply(constructor.getDeclaringClass(), failure);
        }
    }

    /**
     * Runs one step of a thread that must live on: what throws, even an error of the JVM, ends the step alone.
     *
     * @param step the step
     * @param subject gives the subject of the warning's sentence
     */
    static void outlive(Runnable step, Supplier<String> subject) {
        try {
            run(step, subject);
        } catch (VirtualMachineError error) {
            // The next step may have the memory, or the stack, that this one had not.
            try {
                warn(subject.get() + " stopped with " + error.getClass().getName());
            } catch (VirtualMachineError again) {
                // Then without a warning.
            }
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
     * Says what was thrown, after containing it: the words of our own exceptions, the class of others.
     *
     * @throws VirtualMachineError if that was thrown
     */
    static String problem(Throwable failure) {
        contain(failure);
        if (isInterrupt(failure)) {
            return INTERRUPTED;
        }
        if (failure instanceof SecretsException ours) {
            try {
                return Text.line(ours.problem());
            } catch (Throwable hostile) {
                contain(hostile);
            }
        }
        return "failed with " + failure.getClass().getName()
                + " (its message is withheld, because it may quote a secret)";
    }

    /** Returns where a failure happened; nothing if it does not say. */
    static StackTraceElement[] stackTrace(Throwable failure) {
        return call(failure::getStackTrace, hostile -> new StackTraceElement[0]);
    }

    private static boolean isInterrupt(Throwable failure) {
        return failure instanceof InterruptedException || failure instanceof ClosedByInterruptException;
    }

    /** Rethrows the errors of the JVM itself, and keeps an interrupt visible to the caller. */
    static void contain(Throwable failure) {
        if (failure instanceof VirtualMachineError error) {
            throw error;
        }
        if (isInterrupt(failure)) {
            Thread.currentThread().interrupt();
        }
    }
}
