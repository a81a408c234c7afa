package dev.modelsecrets.standard.internal;

import dev.modelsecrets.standard.internal.FilesSeen.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * <p>In a directory as a kubelet lays it out, the target of {@code ..data} and the time of the directory say it; files beside
 * that are looked at one by one, and so are the published ones of a small secret, which somebody may edit in place.
 * Thread-safe.
 */
final class MountState {

    private static final int MOST_OF_A_GENERATION = 16;
    private static final int MOST_BESIDE = 256;

    private final Map<String, Stamp> stamps = new HashMap<>();
    private final Set<String> unsettled = new HashSet<>();
    private long edition;

    /** Takes over what a look saw. */
    synchronized void remember(Set<String> names, FilesSeen seen) {
        unsettled.removeAll(names);
        unsettled.addAll(seen.unsettled());
        Map<String, Stamp> files = new HashMap<>(seen.beside());
        if (seen.inGeneration().size() <= MOST_OF_A_GENERATION) {
            files.putAll(seen.inGeneration());
        }
        for (Map.Entry<String, Stamp> file : files.entrySet()) {
            Stamp before = stamps.put(file.getKey(), file.getValue());
            if (before != null && !before.equals(file.getValue())) {
                edition++;
            }
        }
        for (String name : names) {
            if (!files.containsKey(name) && stamps.remove(name) != null) {
                edition++;
            }
        }
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
            return FilesSeen.isRecent(modified) ? Optional.empty() : token(directory, target, modified);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private synchronized Optional<Object> token(Path directory, Path target, FileTime modified) throws IOException {
        if (!unsettled.isEmpty() || stamps.size() > MOST_BESIDE) {
            return Optional.empty();
        }
        for (Map.Entry<String, Stamp> file : stamps.entrySet()) {
            Stamp now = Stamp.of(directory.resolve(file.getKey()));
            if (!now.equals(file.getValue())) {
                file.setValue(now);
                edition++;
            }
        }
        return Optional.of(List.of(target, modified, edition));
    }
}
