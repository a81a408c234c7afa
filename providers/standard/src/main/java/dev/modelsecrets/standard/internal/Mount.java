package dev.modelsecrets.standard.internal;

import dev.modelsecrets.Lookup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A directory of secret files, which somebody may change at any time.
 *
 * <p>A kubelet publishes new contents by renaming a link and then removes the old ones. When a file is gone and a link
 * on the way to it leads elsewhere by now, everything is looked at again. Thread-safe.
 */
public final class Mount {

    private static final int MOST_ATTEMPTS = 1_000;

    private static final String LATE = " keeps whoever opens it waiting, as a FIFO does";

    private final String provider;
    private final Path directory;
    private final MountState state = new MountState();

    /** The threads that read, those included that were left behind waiting. */
    private final AtomicInteger threads = new AtomicInteger();

    /**
     * Takes a directory, which need not exist.
     *
     * @param provider the name of the provider that reads it
     * @param directory the absolute path as people know it
     */
    public Mount(String provider, Path directory) {
        this.provider = provider;
        this.directory = directory;
    }

    /**
     * Reads files, all of one generation.
     *
     * @param names valid secret names
     * @return an answer for each name
     * @throws dev.modelsecrets.SecretProviderException if the path is not a directory or cannot be read, or this
     *     thread was interrupted
     */
    public Map<String, Lookup> read(Set<String> names) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            MountLook look;
            try {
                look = new MountLook(directory);
            } catch (IOException e) {
                if (!FileProblem.isMissing(e)) {
                    throw failure(FileProblem.of(e));
                }
                if (!FileProblem.isGone(directory)) {
                    continue;
                }
                return allAbsent(names, directory + " does not exist");
            }
            Map<String, Lookup> answers = read(look, names);
            boolean isOneGeneration = !look.tookDetour() && areFound(answers);
            if (isOneGeneration || !look.wasReplaced()) {
                state.remember(names, look);
                return answers;
            }
        }
        throw failure("was replaced " + MOST_ATTEMPTS + " times while it was being read; try again");
    }

    private RuntimeException failure(String problem) {
        return FileProblem.ofProvider(provider, this + " " + problem);
    }

    private static boolean areFound(Map<String, Lookup> answers) {
        for (Lookup answer : answers.values()) {
            if (!answer.isFound()) {
                return false;
            }
        }
        return true;
    }

    private Map<String, Lookup> read(MountLook look, Set<String> names) {
        String[] order = names.toArray(new String[0]);
        Lookup late = Lookup.failed(directory + LATE);
        Lookup[] results;
        try {
            results = new MountReading(look, order, threads).read(late);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(FileProblem.INTERRUPTED);
        }
        Map<String, Lookup> answers = new HashMap<>(order.length * 2);
        for (int i = 0; i < order.length; i++) {
            answers.put(order[i], results[i]);
            if (results[i] == late) {
                look.addUnsettled(order[i]);
            }
        }
        return answers;
    }

    /** Answers that nothing is there. */
    public static Map<String, Lookup> allAbsent(Set<String> names, String reason) {
        Lookup absent = Lookup.absent(reason);
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            answers.put(name, absent);
        }
        return answers;
    }

    /** Returns the directory. */
    public Path directory() {
        return directory;
    }

    /**
     * Returns a token that is equal as long as reading would give the same.
     *
     * @return the token; empty where the directory is not laid out by a kubelet
     */
    public Optional<Object> version() {
        return state.token(directory);
    }

    /** Returns the directory's path, for a message. */
    @Override
    public String toString() {
        return Printable.path(directory);
    }
}
