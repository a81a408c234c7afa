package dev.modelsecrets.spark;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secrets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** The secrets of this JVM, and the generation that each running task has seen. Thread-safe. */
final class ExecutorSecrets implements AutoCloseable {

    /** The one of this JVM. Static, because Spark gives a task no other way to what a plugin holds. */
    private static final AtomicReference<@Nullable ExecutorSecrets> CURRENT = new AtomicReference<>();

    private final RefreshingSecrets refreshing;
    private final Runnable onClose;
    private final ConcurrentMap<Long, Secrets> byTask = new ConcurrentHashMap<>();

    ExecutorSecrets(RefreshingSecrets refreshing, Runnable onClose) {
        this.refreshing = refreshing;
        this.onClose = onClose;
    }

    static ExecutorSecrets install(ExecutorSecrets secrets) {
        CURRENT.set(secrets);
        return secrets;
    }

    /**
     * Returns the secrets of this JVM to code that may have them.
     *
     * @throws IllegalStateException if this is the driver outside a task, or the plugin does not run
     */
    static ExecutorSecrets here() {
        if (TaskContext.get() == null && onDriver()) {
            throw new IllegalStateException(
                    "The driver takes no secret for its executors: a value that is taken outside a task would be"
                            + " serialised with it. Call this inside the function that Spark ships, or ship a"
                            + " SecretReference. Spark computes a UDF on the driver if its rows were made there:"
                            + " repartition them first");
        }
        ExecutorSecrets here = CURRENT.get();
        if (here == null) {
            throw new IllegalStateException("No secrets were resolved on this executor: set spark.plugins to "
                    + ModelSecretsPlugin.class.getName());
        }
        return here;
    }

    private static boolean onDriver() {
        SparkEnv spark = SparkEnv.get();
        return spark != null && spark.executorId().equals("driver");
    }

    Secrets get() {
        TaskContext task = TaskContext.get();
        if (task == null) {
            return refreshing.get();
        }
        Secrets held = byTask.get(task.taskAttemptId());
        return held != null ? held : hold(task, refreshing.get());
    }

    /** Returns what the task has held before, if another of its threads was faster. */
    private Secrets hold(TaskContext task, Secrets newest) {
        Long id = task.taskAttemptId();
        Secrets held = byTask.putIfAbsent(id, newest);
        if (held == null) {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> byTask.remove(id));
        }
        return held != null ? held : newest;
    }

    Secrets refresh() {
        Secrets newest = refreshing.refresh();
        TaskContext task = TaskContext.get();
        if (task != null) {
            hold(task, newest);
            byTask.replace(task.taskAttemptId(), newest);
        }
        return newest;
    }

    Redactor redactor() {
        return refreshing.redactor();
    }

    /** How many tasks hold a generation. */
    int tasks() {
        return byTask.size();
    }

    @Override
    public void close() {
        CURRENT.compareAndSet(this, null);
        byTask.clear();
        onClose.run();
    }
}
