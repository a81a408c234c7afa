package dev.modelsecrets.remote;

import dev.modelsecrets.remote.Answer.Busy;
import dev.modelsecrets.remote.Answer.Silent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The reads of one find: in as few calls as the store allows, side by side, with retries, by the deadline.
 *
 * <p>An answer that says "busy" is tried again, each time after a longer pause, with jitter so that the replicas of a
 * model do not come back together. One that did not come is tried once more. The calls run on the provider's pool,
 * since not every client keeps to its time-outs; at the deadline they are interrupted and left behind.
 */
final class Reads {

    private static final int SIDE_BY_SIDE = 8;
    private static final long FIRST_PAUSE = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(2).toNanos();

    private final RemoteService service;
    private final ExecutorService pool;
    private final Deadline deadline;

    /**
     * The answers so far: those of the batches that are done, and what to say at the deadline of those that are not.
     */
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    Reads(RemoteService service, ExecutorService pool, Deadline deadline) {
        this.service = service;
        this.pool = pool;
        this.deadline = deadline;
    }

    /**
     * Returns an answer for each secret, none of them one to try again.
     *
     * @throws InterruptedException if the caller's thread is interrupted
     */
    Map<String, Answer> read(Collection<String> secrets) throws InterruptedException {
        Queue<Set<String>> batches = new ConcurrentLinkedQueue<>(split(secrets));
        List<Future<?>> workers = new ArrayList<>();
        try {
            for (int i = Math.min(SIDE_BY_SIDE, batches.size()); i > 0; i--) {
                workers.add(pool.submit(() -> work(batches)));
            }
            await(workers);
            Answer late = Answer.unavailable(service.description() + " did not answer within " + deadline);
            Map<String, Answer> all = new HashMap<>();
            secrets.forEach(secret -> all.put(secret, answers.getOrDefault(secret, late)));
            return all;
        } finally {
            workers.forEach(worker -> worker.cancel(true));
        }
    }

    /** Waits until all are done, or the deadline. */
    private void await(List<Future<?>> workers) throws InterruptedException {
        try {
            for (Future<?> worker : workers) {
                worker.get(Math.max(0, deadline.nanos()), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException e) {
            // What has no answer by now is late.
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
        }
    }

    private List<Set<String>> split(Collection<String> secrets) {
        int size = service.batchSize();
        List<Set<String>> batches = new ArrayList<>();
        for (String secret : new LinkedHashSet<>(secrets)) {
            if (batches.isEmpty() || batches.get(batches.size() - 1).size() == size) {
                batches.add(new LinkedHashSet<>());
            }
            batches.get(batches.size() - 1).add(secret);
        }
        return batches;
    }

    private Void work(Queue<Set<String>> batches) throws InterruptedException {
        for (Set<String> batch = batches.poll(); batch != null; batch = batches.poll()) {
            persist(batch);
        }
        return null;
    }

    /** Reads one batch again and again until nothing in it is to be tried again, or there is no time for that. */
    private void persist(Set<String> batch) throws InterruptedException {
        Set<String> silentOnce = new HashSet<>();
        Set<String> busyOnce = new HashSet<>();
        Set<String> open = batch;
        for (int attempt = 1; !open.isEmpty(); attempt++) {
            Map<String, Answer> again = new LinkedHashMap<>();
            Deadline limit = deadline.attempt();
            Map<String, Answer> answered = read(open, limit);
            for (String secret : open) {
                Answer answer = answered.getOrDefault(
                        secret, Answer.failed(service.description() + " gave an answer without what it was asked for"));
                // In the little time at the end no answer is no news: what the store said before is told.
                if (!(answer instanceof Silent && limit.isCutShort() && busyOnce.contains(secret))) {
                    answers.put(secret, lastWord(answer, attempt));
                }
                if (answer instanceof Busy) {
                    busyOnce.add(secret);
                }
                if (answer instanceof Busy || (answer instanceof Silent && silentOnce.add(secret))) {
                    again.put(secret, answer);
                }
            }
            long pause = pause(attempt, again.values());
            if (pause >= deadline.nanos()) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(pause);
            open = again.keySet();
        }
    }

    private Map<String, Answer> read(Set<String> secrets, Deadline limit) throws InterruptedException {
        try {
            return service.read(secrets, limit);
        } catch (RuntimeException e) {
            Answer failed = clientFailed(service, e);
            Map<String, Answer> all = new HashMap<>();
            secrets.forEach(secret -> all.put(secret, failed));
            return all;
        }
    }

    /** Names the class of what a client threw, and nothing of its words. */
    static Answer clientFailed(RemoteService service, @Nullable Throwable failure) {
        String type =
                failure == null ? "an unknown failure" : failure.getClass().getName();
        return Answer.failed(service.description() + " could not be asked: the client failed with " + type
                + " (its message is withheld, because it may quote a secret)");
    }

    /** Returns a pause that doubles with each attempt, between its half and its whole, or what the store asked for. */
    private static long pause(int attempt, Collection<Answer> again) {
        long longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(attempt - 1, 10));
        long pause = 0;
        for (Answer answer : again) {
            if (answer instanceof Busy busy) {
                pause = Math.max(pause, ThreadLocalRandom.current().nextLong(longest / 2, longest));
                pause = busy.wait == null ? pause : Math.max(pause, Deadline.nanos(busy.wait));
            }
        }
        return pause;
    }

    /** Says what an answer comes to if it is the last one. */
    private Answer lastWord(Answer answer, int attempts) {
        String tried = " (tried " + (attempts == 1 ? "once" : attempts == 2 ? "twice" : attempts + " times")
                + "; the time limit is " + deadline + ")";
        if (answer instanceof Busy busy) {
            return Answer.unavailable(busy.problem + tried);
        }
        return answer instanceof Silent silent ? Answer.unavailable(silent.problem + tried) : answer;
    }
}
