package dev.modelsecrets.examples.benchmarks.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Three stores that do the same work in turns, in one process. Used by one thread. */
final class SideBySide implements AutoCloseable {

    static final String MODEL_SECRETS = "Model Secrets";
    static final String SQLITE = "SQLite";
    static final String MVSTORE = "H2 MVStore";

    private static final int CREATES = 5;
    private static final int RESOLVES = 200;

    /** One of the stores, and what was measured of it. */
    private static final class Entry {

        private final String name;
        private final Contender.Opener opener;
        private final Contender settled;
        private final Contender large;
        private final Map<Task, Samples> samples = new EnumMap<>(Task.class);

        Entry(String name, Contender.Opener opener, Contender settled, Contender large) {
            this.name = name;
            this.opener = opener;
            this.settled = settled;
            this.large = large;
            for (Task task : Task.values()) {
                samples.put(task, new Samples());
            }
        }
    }

    static Map<String, Contender.Opener> openers() {
        Map<String, Contender.Opener> openers = new LinkedHashMap<>();
        openers.put(SQLITE, Sqlite::open);
        openers.put(MVSTORE, MvStore::open);
        openers.put(MODEL_SECRETS, ModelSecrets::open);
        return openers;
    }

    private final Path directory;
    private final Map<String, String> secrets;
    private final List<String> asked;
    private final List<Entry> entries = new ArrayList<>();
    private int created;

    /**
     * Makes the stores.
     *
     * @param directory an empty one
     * @param count how many secrets most stores have; the large ones have ten times as many
     */
    SideBySide(Path directory, int count) throws IOException {
        this.directory = directory;
        this.secrets = Fixture.secrets(count);
        this.asked = Fixture.some(secrets, Fixture.ASKED);
        for (Map.Entry<String, Contender.Opener> opener : openers().entrySet()) {
            Contender settled = opener.getValue().open(Files.createTempDirectory(directory, "settled"));
            settled.createAll(secrets);
            Contender large = opener.getValue().open(Files.createTempDirectory(directory, "large"));
            large.createAll(Fixture.secrets(10 * count));
            entries.add(new Entry(opener.getKey(), opener.getValue(), settled, large));
        }
    }

    /** Lets each store do everything once, in the reverse order of the last time. */
    void round() throws IOException {
        for (Entry entry : entries) {
            Path place = Files.createTempDirectory(directory, "round");
            try (Contender fresh = entry.opener.open(place)) {
                samples(entry, Task.BULK).time(1, () -> fresh.createAll(secrets));
                samples(entry, Task.CREATE).time(CREATES, () -> createOne(fresh));
                samples(entry, Task.RESOLVE_CHANGED).time(CREATES, () -> fresh.resolve(asked));
            }
            Fixture.delete(place);
            samples(entry, Task.RESOLVE).time(RESOLVES, () -> entry.settled.resolve(asked));
            samples(entry, Task.CREATE_LARGE).time(CREATES, () -> createOne(entry.large));
        }
        Collections.reverse(entries);
    }

    private void createOne(Contender store) {
        created++;
        store.create("more-" + created, "test-token-of-one-more");
    }

    /** Forgets the rounds so far. */
    void clear() {
        for (Entry entry : entries) {
            entry.samples.values().forEach(Samples::clear);
        }
    }

    Samples samples(String name, Task task) {
        for (Entry entry : entries) {
            if (entry.name.equals(name)) {
                return samples(entry, task);
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static Samples samples(Entry entry, Task task) {
        Samples samples = entry.samples.get(task);
        if (samples == null) {
            throw new IllegalArgumentException(task.words);
        }
        return samples;
    }

    @Override
    public void close() {
        for (Entry entry : entries) {
            entry.settled.close();
            entry.large.close();
        }
    }
}
