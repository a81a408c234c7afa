package dev.modelsecrets.crac;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Gives the same answer for each name, and counts how often it is closed. */
final class ClosableProvider implements SecretProvider {

    private final AtomicReference<Lookup> answer;
    private final AtomicInteger closed;

    ClosableProvider(AtomicReference<Lookup> answer, AtomicInteger closed) {
        this.answer = answer;
        this.closed = closed;
    }

    @Override
    public String name() {
        return "closable";
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Map<String, Lookup> answers = new HashMap<>();
        names.forEach(name -> answers.put(name, answer.get()));
        return answers;
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
