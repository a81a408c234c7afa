package dev.modelsecrets.inject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The generations of files in one directory, and everything that was created there for them. Not thread-safe.
 *
 * <p>All links exist before {@code ..data} does, so that all files of the first generation appear at once too.
 */
final class Publication {

    /** Starts the names of the layout: {@code ..data}, and each generation, with or without a link to it. */
    private static final String LAYOUT_PREFIX = "..";

    private static final String DATA = "..data";
    private static final String NEXT = "..next";

    private final Path directory;
    private final Path data;

    /** Directories that did not exist before, the deepest one first. */
    private final Deque<Path> createdDirectories = new ArrayDeque<>();

    /** The links from top-level names into {@code ..data}. */
    private final Set<Path> links = new LinkedHashSet<>();

    /** The generation that {@code ..data} leads to. */
    private @Nullable Path current;

    /** Generations that are not, or no longer, published, and have to go. */
    private final Set<Path> stale = new LinkedHashSet<>();

    Publication(Path directory) {
        this.directory = directory;
        data = directory.resolve(DATA);
    }

    /**
     * Publishes the first generation or the next one.
     *
     * @param files the value of each path; the paths are the same each time
     * @throws SecretInjectionException if it cannot be written; then nothing has changed
     */
    void publish(Map<String, String> files) {
        if (current == null) {
            publishFirst(files);
        } else {
            publishNext(files, current);
        }
    }

    private void publishFirst(Map<String, String> files) {
        Set<String> names = topLevelNames(files.keySet());
        refuseWhatIsInTheWay(names);
        try {
            OwnerOnly.createDirectories(directory, createdDirectories);
            Path generation = write(files);
            for (String name : names) {
                Path link = directory.resolve(name);
                OwnerOnly.createLink(link, dataEntry(link));
                links.add(link);
            }
            OwnerOnly.createLink(data, generation.getFileName());
            published(generation);
        } catch (RuntimeException | Error failure) {
            reportLeftovers(failure, remove());
            throw failure;
        }
    }

    private void publishNext(Map<String, String> files, Path former) {
        try {
            Path generation = write(files);
            if (!leadsTo(data, former.getFileName())) {
                throw new SecretInjectionException(
                        data + " no longer leads to " + former.getFileName() + ": something else has changed it");
            }
            // Below the generation it is removed together with it if the swap fails.
            Path next = generation.resolve(NEXT);
            OwnerOnly.createLink(next, generation.getFileName());
            OwnerOnly.swapLink(next, data);
            published(generation);
        } catch (RuntimeException | Error failure) {
            reportLeftovers(failure, removeStale());
            throw failure;
        }
        stale.add(former);
        List<String> problems = removeStale();
        if (!problems.isEmpty()) {
            throw new SecretInjectionException(
                    "the new secrets are published, but former ones could not be removed:\n  "
                            + String.join("\n  ", problems));
        }
    }

    private static Set<String> topLevelNames(Set<String> paths) {
        Set<String> names = new LinkedHashSet<>();
        for (String path : paths) {
            int end = path.indexOf('/');
            names.add(end < 0 ? path : path.substring(0, end));
        }
        return names;
    }

    private void refuseWhatIsInTheWay(Set<String> names) {
        Set<String> present = new LinkedHashSet<>();
        for (String name : names) {
            if (Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                present.add(name);
            }
        }
        for (String name : OwnerOnly.namesThatStartWith(LAYOUT_PREFIX, directory)) {
            present.add(Quoted.ifNeeded(name));
        }
        if (!present.isEmpty()) {
            throw new SecretInjectionException(
                    directory + " already has entries of these names, nothing was written:\n  "
                            + String.join("\n  ", present)
                            + "\nRemove them (a process that was killed may have left them),"
                            + " or use another directory.");
        }
    }

    /** Writes a generation that nothing leads to yet. */
    private Path write(Map<String, String> files) {
        Path generation = OwnerOnly.createUniqueDirectory(directory, LAYOUT_PREFIX);
        stale.add(generation);
        Set<Path> directories = new HashSet<>();
        directories.add(generation);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = generation.resolve(file.getKey());
            createDirectoriesUpTo(path.getParent(), directories);
            OwnerOnly.writeFile(path, file.getValue());
        }
        return generation;
    }

    private static void createDirectoriesUpTo(@Nullable Path directory, Set<Path> present) {
        if (directory != null && !present.contains(directory)) {
            createDirectoriesUpTo(directory.getParent(), present);
            OwnerOnly.createDirectory(directory);
            present.add(directory);
        }
    }

    /** Returns what a link of the directory leads to, relative to the directory. */
    private Path dataEntry(Path link) {
        return data.getFileName().resolve(link.getFileName());
    }

    private void published(Path generation) {
        stale.remove(generation);
        current = generation;
    }

    /**
     * Removes everything.
     *
     * @return what could not be removed, and why
     */
    List<String> remove() {
        List<String> problems = new ArrayList<>();
        Path published = current;
        if (published != null) {
            stale.add(published);
            if (!leadsTo(data, published.getFileName())) {
                if (Files.exists(data, LinkOption.NOFOLLOW_LINKS)) {
                    // Somebody else publishes here by now, and the links into ..data are theirs.
                    links.clear();
                }
                current = null;
            } else if (OwnerOnly.delete(data, problems)) {
                current = null;
            }
        }
        links.removeIf(link -> !leadsTo(link, dataEntry(link)) || OwnerOnly.delete(link, problems));
        problems.addAll(removeStale());
        if (problems.isEmpty()) {
            createdDirectories.removeIf(created -> OwnerOnly.deleteIfEmpty(created, problems));
        }
        return problems;
    }

    private List<String> removeStale() {
        List<String> problems = new ArrayList<>();
        stale.removeIf(generation -> OwnerOnly.deleteTree(generation, problems));
        return problems;
    }

    private static boolean leadsTo(Path link, Path target) {
        try {
            return Files.readSymbolicLink(link).equals(target);
        } catch (IOException | UnsupportedOperationException e) {
            // Gone, or replaced by somebody else's file.
            return false;
        }
    }

    /** Throws an exception of its own if cleaning up after a failure had to leave something behind. */
    private static void reportLeftovers(Throwable failure, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new SecretInjectionException(failure.getMessage() + "\nand what was written could not be removed:\n  "
                    + String.join("\n  ", problems));
        }
    }
}
