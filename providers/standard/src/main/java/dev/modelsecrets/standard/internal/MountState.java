package dev.modelsecrets.standard.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider remembers of the files it read, to tell cheaply whether reading them again would give the same.
 *
 * <p>In a directory as a kubelet lays it out, the target of {@code ..data} and the time of the directory say it; files
 * beside that are looked at one by one, and so are the published ones of a small secret, which somebody may edit in
 * place. Thread-safe.
 */
final class MountState {

    private static final int MOST_OF_A_GENERATION = 16;
    private static final int MOST_BESIDE = 256;

    /** Linux stamps files with the time of the last clock tick, at most 10 ms old; this leaves a margin. */
    private static final long CLOCK_TICK_MILLIS = 100;

    /** The files as they were right before they were read. */
    private final Map<String, BasicFileAttributes> files = new HashMap<>();

    private final Set<String> unsettled = new HashSet<>();
    private long edition;

    /** Takes over what a look saw. */
    synchronized void remember(Set<String> names, MountLook look) {
        unsettled.removeAll(names);
        unsettled.addAll(look.unsettled());
        boolean withGeneration = look.inGeneration().size() <= MOST_OF_A_GENERATION;
        for (String name : names) {
            BasicFileAttributes seen = look.beside().get(name);
            if (seen == null && withGeneration) {
                seen = look.inGeneration().get(name);
            }
            BasicFileAttributes before = seen == null ? files.remove(name) : files.put(name, seen);
            if (before != null && (seen == null || !isSame(before, seen))) {
                edition++;
            }
        }
    }

    /** Tells whether a file is still the one that was seen, with the same contents. */
    private static boolean isSame(BasicFileAttributes before, BasicFileAttributes now) {
        return Folder.keyOf(before).equals(Folder.keyOf(now))
                && before.size() == now.size()
                && before.lastModifiedTime().equals(now.lastModifiedTime());
    }

    /** Tells whether something was changed so recently that one more change would have the same time. */
    static boolean isRecent(FileTime modified) {
        return Math.abs(System.currentTimeMillis() - modified.toMillis()) < CLOCK_TICK_MILLIS;
    }

    /**
     * Returns a token that is equal as long as reading would give the same.
     *
     * <p>A directory that was changed just now has no token: one more change within the same clock tick would not show.
     *
     * @return the token; empty where there is no {@code ..data}, or too much to look at
     */
    Optional<Object> token(Path directory) {
        try {
            Path target = Files.readSymbolicLink(directory.resolve(MountLook.DATA));
            FileTime modified = Files.getLastModifiedTime(directory);
            return isRecent(modified) ? Optional.empty() : token(directory, target, modified);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private synchronized Optional<Object> token(Path directory, Path target, FileTime modified) throws IOException {
        if (!unsettled.isEmpty() || files.size() > MOST_BESIDE) {
            return Optional.empty();
        }
        for (Map.Entry<String, BasicFileAttributes> file : files.entrySet()) {
            BasicFileAttributes now = Files.readAttributes(directory.resolve(file.getKey()), BasicFileAttributes.class);
            if (!isSame(file.getValue(), now)) {
                file.setValue(now);
                edition++;
            }
        }
        return Optional.of(List.of(target, modified, edition));
    }
}
