package dev.modelsecrets.standard.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The files of one look, as they were before they were read. Thread-safe. */
final class FilesSeen {

    /** Linux stamps files with the time of the last clock tick, at most 10 ms old; this leaves a margin. */
    private static final long CLOCK_TICK_MILLIS = 100;

    private final Map<String, Stamp> inGeneration = new ConcurrentHashMap<>();
    private final Map<String, Stamp> beside = new ConcurrentHashMap<>();
    private final Set<String> unsettled = ConcurrentHashMap.newKeySet();

    /** What changes when a file does. */
    record Stamp(Object key, long size, FileTime modified) {

        private static Stamp of(BasicFileAttributes attributes) {
            return new Stamp(Folder.keyOf(attributes), attributes.size(), attributes.lastModifiedTime());
        }

        static Stamp of(Path file) throws IOException {
            return of(Files.readAttributes(file, BasicFileAttributes.class));
        }
    }

    /** Tells whether something was changed so recently that one more change would have the same time. */
    static boolean isRecent(FileTime modified) {
        return Math.abs(System.currentTimeMillis() - modified.toMillis()) < CLOCK_TICK_MILLIS;
    }

    void add(String name, BasicFileAttributes attributes, boolean isInGeneration) {
        (isInGeneration ? inGeneration : beside).put(name, Stamp.of(attributes));
        if (!isInGeneration && isRecent(attributes.lastModifiedTime())) {
            unsettled.add(name);
        }
    }

    /** Adds a name whose file says nothing about its future: a link that leads nowhere, a failure. */
    void addUnsettled(String name) {
        unsettled.add(name);
    }

    /** Returns the files that a kubelet published. */
    Map<String, Stamp> inGeneration() {
        return inGeneration;
    }

    /** Returns the plain files and those behind other links. */
    Map<String, Stamp> beside() {
        return beside;
    }

    Set<String> unsettled() {
        return unsettled;
    }
}
