package dev.modelsecrets.standard.internal;

import dev.modelsecrets.Lookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A directory of secret files, which somebody may change at any time.
 *
 * <p>A kubelet publishes new contents by renaming a link and then removes the old ones. When a file is gone and a link on the
 * way to it leads elsewhere by now, everything is looked at again. Thread-safe.
 */
public final class Mount {

    private static final int MOST_ATTEMPTS = 1_000;

    private static final String LATE = " keeps whoever opens it waiting, as a FIFO does";

    /** The names of one look. */
    private static final class Reading extends PatientBatch {

        private final MountLook look;
        private final String[] names;

        Reading(MountLook look, String[] names, AtomicInteger threads) {
            super(names.length, threads);
            this.look = look;
            this.names = names;
        }

        @Override
        Lookup answer(int number) {
            return look.find(names[number]);
        }

        @Override
        void end() {
            look.close();
        }
    }

    private final Path directory;
    private final MountState state = new MountState();

    /** The threads that read, those included that were left behind waiting. */
    private final AtomicInteger threads = new AtomicInteger();

    /**
     * Takes a directory, which need not exist.
     *
     * @param directory the absolute path as people know it
     */
    public Mount(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads files, all of one generation.
     *
     * @param names valid secret names
     * @return an answer for each name
     * @throws MalformedException if the directory is there but is none, or cannot be read
     */
    public Map<String, Lookup> read(Set<String> names) throws MalformedException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            MountLook look;
            try {
                look = new MountLook(directory);
            } catch (NoSuchFileException e) {
                // It may have been replaced while it was being reached.
                if (Files.exists(directory)) {
                    continue;
                }
                return allAbsent(names, directory + " does not exist");
            } catch (IOException e) {
                throw new MalformedException(FileProblem.of(e));
            }
            Map<String, Lookup> answers = read(look, names);
            boolean isOneGeneration = !look.tookDetour() && areFound(answers);
            if (isOneGeneration || !look.wasReplaced()) {
                state.remember(names, look.seen());
                return answers;
            }
        }
        throw new MalformedException("was replaced " + MOST_ATTEMPTS + " times while it was being read; try again");
    }

    private static boolean areFound(Map<String, Lookup> answers) {
        for (Lookup answer : answers.values()) {
            if (!answer.isFound()) {
                return false;
            }
        }
        return true;
    }

    private Map<String, Lookup> read(MountLook look, Set<String> names) throws MalformedException {
        String[] order = names.toArray(new String[0]);
        Lookup late = Lookup.failed(directory + LATE);
        Lookup[] results;
        try {
            results = new Reading(look, order, threads).ask(late);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MalformedException(FileProblem.INTERRUPTED);
        }
        Map<String, Lookup> answers = new HashMap<>(order.length * 2);
        for (int i = 0; i < order.length; i++) {
            answers.put(order[i], results[i]);
            if (results[i] == late) {
                look.seen().addUnsettled(order[i]);
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
