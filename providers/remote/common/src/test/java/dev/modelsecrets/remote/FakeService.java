package dev.modelsecrets.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A system in memory that remembers what it was asked. */
class FakeService implements RemoteService {

    final Map<String, Supplier<Answer>> secrets = new ConcurrentHashMap<>();
    final List<Set<String>> calls = Collections.synchronizedList(new ArrayList<>());
    final int batchSize;
    volatile boolean closed;
    volatile Duration attempt = Duration.ZERO;

    FakeService() {
        this(1);
    }

    FakeService(int batchSize) {
        this.batchSize = batchSize;
    }

    FakeService with(String secret, Answer answer) {
        secrets.put(secret, () -> answer);
        return this;
    }

    FakeService with(String secret, Supplier<Answer> answer) {
        secrets.put(secret, answer);
        return this;
    }

    @Override
    public String description() {
        return "Fake at nowhere";
    }

    @Override
    public String where(String secret) {
        return "fake/" + secret;
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public Map<String, Answer> read(Set<String> names, Deadline limit) {
        attempt = limit.remaining();
        calls.add(Set.copyOf(names));
        Map<String, Answer> answers = new HashMap<>();
        for (String name : names) {
            Supplier<Answer> answer = secrets.get(name);
            answers.put(name, answer == null ? Answer.absent(where(name) + " does not exist") : answer.get());
        }
        return answers;
    }

    @Override
    public void close() {
        closed = true;
    }
}
