package dev.modelsecrets.spark;

import dev.modelsecrets.DelegatingSecretProvider;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Announces a change where a streak of failures begins: a refresh then never pauses for longer than its interval,
 * however long the streak, so that a value that was replaced right after an outage is not used for longer than the
 * interval.
 */
final class PromptRetryProvider extends DelegatingSecretProvider {

    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean failing = new AtomicBoolean();

    PromptRetryProvider(SecretProvider delegate) {
        super(delegate);
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        boolean ok = false;
        try {
            Map<String, Lookup> answers = super.find(names);
            ok = answers.values().stream().noneMatch(Lookup::isFailed);
            return answers;
        } finally {
            boolean wasFailing = failing.getAndSet(!ok);
            if (!ok && !wasFailing) {
                watchers.forEach(Runnable::run);
            }
        }
    }

    @Override
    public Subscription watch(Set<String> names, Runnable changed) {
        Runnable own = changed::run;
        watchers.add(own);
        Subscription inner = super.watch(names, changed);
        return () -> {
            watchers.remove(own);
            inner.close();
        };
    }
}
