package dev.modelsecrets.examples.benchmarks.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** A map of H2's MVStore: commit and sync after each change. */
public final class MvStore implements Contender {

    private final Values values;
    private final MVStore store;
    private final MVMap<String, byte[]> secrets;

    private MvStore(Path directory) throws IOException {
        values = Values.of(directory);
        store = new MVStore.Builder()
                .fileName(directory.resolve("secrets.mv").toString())
                .autoCommitDisabled()
                .open();
        secrets = store.openMap("secrets");
    }

    /** Makes or opens a file. */
    public static Contender open(Path directory) throws IOException {
        return new MvStore(directory);
    }

    @Override
    public void createAll(Map<String, String> all) {
        all.forEach((name, value) -> secrets.put(name, values.seal(name, value)));
        force();
    }

    @Override
    public void create(String name, String value) {
        secrets.put(name, values.seal(name, value));
        force();
    }

    private void force() {
        store.commit();
        store.sync();
    }

    @Override
    public Map<String, String> resolve(List<String> names) {
        Map<String, String> found = new HashMap<>();
        for (String name : names) {
            byte[] value = secrets.get(name);
            if (value != null) {
                found.put(name, values.open(name, value));
            }
        }
        return found;
    }

    @Override
    public void close() {
        store.close();
    }
}
