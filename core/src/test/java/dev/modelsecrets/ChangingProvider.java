package dev.modelsecrets;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A remote store in memory: its secrets change, it breaks and recovers, it has versions and it pushes. Thread-safe. */
final class ChangingProvider implements SecretProvider {

    /** What a call does after it has read the secrets and before it returns them. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final List<Set<String>> finds = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final AtomicInteger versionCalls = new AtomicInteger();
    private final AtomicInteger closedWatches = new AtomicInteger();
    private volatile Step step = () -> {};
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Object version;

    ChangingProvider set(String name, String value) {
        values.put(name, value);
        return this;
    }

    ChangingProvider remove(String name) {
        values.remove(name);
        return this;
    }

    /** Throws from now on, checked exceptions too; null ends it. */
    ChangingProvider fails(@Nullable Throwable thrown) {
        failure = thrown;
        return this;
    }

    /** Has a version from now on; null ends it. */
    ChangingProvider at(@Nullable Object newVersion) {
        version = newVersion;
        return this;
    }

    ChangingProvider does(Step newStep) {
        step = newStep;
        return this;
    }

    void push() {
        watchers.forEach(Runnable::run);
    }

    /** Returns the names of each call so far. */
    List<Set<String>> finds() {
        return finds;
    }

    /** Returns the thread of each call so far. */
    List<Thread> threads() {
        return threads;
    }

    int versionCalls() {
        return versionCalls.get();
    }

    int watches() {
        return watchers.size();
    }

    int closedWatches() {
        return closedWatches.get();
    }

    @Override
    public String name() {
        return "remote";
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        finds.add(Set.copyOf(names));
        threads.add(Thread.currentThread());
        Throwable thrown = failure;
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            String value = values.get(name);
            if (value != null) {
                answers.put(name, Lookup.found(value, "/remote/" + name));
            }
        }
        try {
            step.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        if (thrown != null) {
            ChangingProvider.<RuntimeException>sneak(thrown);
        }
        return answers;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Override
    public Optional<Object> version() {
        versionCalls.incrementAndGet();
        Object now = version;
        if (now instanceof RuntimeException exception) {
            throw exception;
        }
        return Optional.ofNullable(now);
    }

    @Override
    public Subscription watch(Set<String> names, Runnable changed) {
        watchers.add(changed);
        return closedWatches::incrementAndGet;
    }

    @Override
    public String toString() {
        return "remote";
    }
}
