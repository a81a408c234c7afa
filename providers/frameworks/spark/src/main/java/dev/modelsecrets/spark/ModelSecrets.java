package dev.modelsecrets.spark;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.Secrets;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * The secrets of the executor that a task runs on, for code inside a task: a UDF, {@code mapPartitions}, a transformer.
 *
 * <p>All calls of one task attempt see one generation. On an executor, a thread that belongs to no task gets the newest
 * one. On the driver, outside a task, every method refuses: a value that is taken there would be serialised into a
 * closure. That holds in local mode, too, where driver and executor are one JVM. Thread-safe.
 *
 * <pre>{@code
 * rows.mapPartitions(part -> {
 *     Client client = new Client(ModelSecrets.get().require("hf_access_token"));
 *     return new Scores(client, part);
 * });
 * }</pre>
 */
public final class ModelSecrets {

    private ModelSecrets() {}

    /**
     * Returns the secrets, those that this task attempt has seen first.
     *
     * @return the secrets; not serializable, so take them inside the function that Spark ships
     * @throws IllegalStateException if this is the driver outside a task, or the plugin does not run
     */
    public static Secrets get() {
        return ExecutorSecrets.here().get();
    }

    /**
     * Looks again now, after a backend refused a secret (a 401); the rest of the task attempt uses what was found.
     *
     * <p>Tasks of one executor that ask together share one look. Where it fails, the last good secrets are returned.
     *
     * @return the newest secrets
     * @throws IllegalStateException if this is the driver outside a task, or the plugin does not run
     * @throws dev.modelsecrets.SecretAccessDeniedException if a secret is now denied
     */
    public static Secrets refresh() {
        return ExecutorSecrets.here().refresh();
    }

    /**
     * Runs code, and takes the secrets out of what it throws: Spark sends exceptions to the driver, its log and its UI.
     *
     * <p>An exception without a secret passes unchanged, so those that Spark itself acts on keep their type. One with a
     * secret, in a cause or a suppressed exception too, becomes a {@link RedactedTaskException}. Looked at is
     * what is printed: a field of an exception of your own that holds a value and is not printed is still serialised.
     *
     * @param <T> what the code returns
     * @param code the code
     * @return what the code returns
     * @throws Exception what the code throws, without secrets
     */
    public static <T> T redacting(Callable<T> code) throws Exception {
        Objects.requireNonNull(code, "code");
        Redactor redactor = ExecutorSecrets.here().redactor();
        try {
            return code.call();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            RedactedTaskException.throwIfRevealing(e, redactor);
            throw e;
        }
    }

    /**
     * Takes the secrets out of what an iterator throws, as {@link #redacting(Callable)} does.
     *
     * <p>{@code mapPartitions} returns an iterator that works when Spark reads it, after the function has returned.
     *
     * @param <T> what the iterator returns
     * @param rows the iterator; used by one thread at a time
     * @return an iterator over the same elements
     */
    public static <T> Iterator<T> redacting(Iterator<T> rows) {
        return new RedactingIterator<>(
                Objects.requireNonNull(rows, "rows"), ExecutorSecrets.here().redactor());
    }
}
