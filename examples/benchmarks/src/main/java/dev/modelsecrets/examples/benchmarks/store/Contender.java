package dev.modelsecrets.examples.benchmarks.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A store of named secrets, encrypted with AES-256-GCM under a key file, whose changes are on the disk when a method
 * returns. Used by one thread.
 */
public interface Contender extends AutoCloseable {

    /** Makes one, or opens one that exists. */
    @FunctionalInterface
    interface Opener {

        /**
         * Makes a store in an empty directory, with the key file {@code key}, or opens the one that is there.
         *
         * @param directory where its files are
         */
        Contender open(Path directory) throws IOException;
    }

    /** Adds many secrets in one transaction. */
    void createAll(Map<String, String> secrets);

    /** Adds one secret. */
    void create(String name, String value);

    /** Reads some values. */
    Map<String, String> resolve(List<String> names);

    @Override
    void close();
}
