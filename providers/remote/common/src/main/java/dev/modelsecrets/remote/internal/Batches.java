package dev.modelsecrets.remote.internal;

import dev.modelsecrets.remote.internal.Answer.Busy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads many remote secrets: in as few calls as the system allows, side by side, with retries, by the deadline.
 *
 * <p>Only answers that say "busy" are tried again, each time after a longer pause, with jitter so that the replicas of a
 * model do not come back together. The calls run on daemon threads of their own, since not every client keeps to its
 * time-outs; at the deadline they are interrupted and left behind.
 */
final class Batches {

    private static final int MAX_THREADS = 8;
    private static final long FIRST_PAUSE = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(2).toNanos();

    private final RemoteService service;
    private final Deadline deadline;

    /** What to say at the deadline of a secret that was busy so far, and is being tried once more. */
    private final Map<String, Answer> busyUntilNow = new ConcurrentHashMap<>();

    Batches(RemoteService service, Deadline deadline) {
        this.service = service;
        this.deadline = deadline;
    }

    /**
     * Returns an answer for each secret, none of them "busy".
     *
     * @throws InterruptedException if the caller's thread is interrupted
     */
    Map<String, Answer> read(Collection<String> secrets) throws InterruptedException {
        List<Set<String>> batches = split(secrets);
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(MAX_THREADS, batches.size()), task -> {
            Thread thread = new Thread(task, "model-secrets-remote");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Map<String, Answer>>> calls = new ArrayList<>();
            for (Set<String> batch : batches) {
                calls.add(threads.submit(() -> persist(batch)));
            }
            Map<String, Answer> answers = new HashMap<>();
            for (int i = 0; i < calls.size(); i++) {
                answers.putAll(await(calls.get(i), batches.get(i)));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Set<String>> split(Collection<String> secrets) {
        int size = service.batchSize();
        List<Set<String>> batches = new ArrayList<>();
        Set<String> batch = new LinkedHashSet<>();
        for (String secret : secrets) {
            batch.add(secret);
            if (batch.size() == size) {
                batches.add(batch);
                batch = new LinkedHashSet<>();
            }
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private Map<String, Answer> await(Future<Map<String, Answer>> call, Set<String> batch) throws InterruptedException {
        Answer otherwise = Answer.failed(service.description() + " gave an answer without what it was asked for");
        @Nullable Map<String, Answer> answered = null;
        try {
            answered = call.get(Math.max(0, deadline.nanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            otherwise = Answer.unavailable(service.description() + " did not answer within " + deadline);
        } catch (ExecutionException failure) {
            throw unchecked(failure.getCause());
        }
        Map<String, Answer> answers = new HashMap<>();
        for (String secret : batch) {
            @Nullable Answer answer = answered == null ? busyUntilNow.get(secret) : answered.get(secret);
            answers.put(secret, answer == null ? otherwise : answer);
        }
        return answers;
    }

    private static RuntimeException unchecked(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException exception ? exception : new IllegalStateException("interrupted");
    }

    /** Reads one batch again and again until nothing in it is busy, or the deadline leaves no time for another try. */
    private Map<String, Answer> persist(Set<String> batch) throws InterruptedException {
        Map<String, Answer> answers = new HashMap<>();
        Set<String> open = batch;
        for (int attempt = 1; ; attempt++) {
            answers.putAll(service.read(open, deadline));
            Map<String, Busy> busy = busy(answers, open);
            if (busy.isEmpty()) {
                return answers;
            }
            for (Map.Entry<String, Busy> entry : busy.entrySet()) {
                busyUntilNow.put(entry.getKey(), exhausted(entry.getValue(), attempt));
            }
            long pause = pause(attempt, busy.values());
            if (pause >= deadline.nanos()) {
                busy.keySet().forEach(secret -> answers.put(secret, busyUntilNow.get(secret)));
                return answers;
            }
            TimeUnit.NANOSECONDS.sleep(pause);
            open = busy.keySet();
        }
    }

    private static Map<String, Busy> busy(Map<String, Answer> answers, Set<String> asked) {
        Map<String, Busy> busy = new LinkedHashMap<>();
        for (String secret : asked) {
            if (answers.get(secret) instanceof Busy answer) {
                busy.put(secret, answer);
            }
        }
        return busy;
    }

    /** Returns a pause that doubles with each attempt, between its half and its whole, or what the system asked for. */
    private static long pause(int attempt, Collection<Busy> busy) {
        long longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(attempt - 1, 10));
        long pause = ThreadLocalRandom.current().nextLong(longest / 2, longest);
        for (Busy answer : busy) {
            if (answer.wait != null) {
                pause = Math.max(pause, Deadline.nanos(answer.wait));
            }
        }
        return pause;
    }

    private Answer exhausted(Busy answer, int attempts) {
        return Answer.unavailable(answer.problem + " (tried " + (attempts == 1 ? "once" : attempts + " times")
                + "; the time limit is " + deadline + ")");
    }
}
