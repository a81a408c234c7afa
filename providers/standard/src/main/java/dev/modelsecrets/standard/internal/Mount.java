package dev.modelsecrets.standard.internal;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProviderException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One look at one generation of a directory of secret files.
 *
 * <p>A kubelet publishes new contents by renaming the link {@code ..data} and then removes the old ones. So {@code
 * ..data} is resolved once, every file is read below what it led to, and when one of them is gone while {@code ..data}
 * leads elsewhere by now, the whole look starts again.
 */
public final class Mount {

    private static final int LARGEST_FILE = 1 << 20;
    private static final int MOST_ATTEMPTS = 1_000;

    /** From here on files are read by more than one thread. */
    private static final int LARGE_BATCH = 256;

    /** Linux stamps files with the time of the last clock tick, at most 10 ms old; this leaves a margin. */
    private static final long CLOCK_TICK_MILLIS = 100;

    private static final String DATA = "..data";

    private final String provider;
    private final Path directory;
    private final Path root;
    private final @Nullable Path generation;
    private final @Nullable Path data;

    /** Set once a link was followed that may lead through the {@code ..data} of the moment, not the resolved one. */
    private volatile boolean tookOtherLinks;

    private Mount(String provider, Path directory, Path root) {
        this.provider = provider;
        this.directory = directory;
        this.root = root;
        generation = generation(root);
        data = dataOf(root, generation);
    }

    /**
     * Reads files, all of one generation.
     *
     * @param provider the provider's name, for exceptions
     * @param directory the absolute path as people know it
     * @param names valid secret names
     * @return an answer for each name
     * @throws SecretProviderException if one of them is there but cannot be handed over
     */
    public static Map<String, Lookup> read(String provider, Path directory, Set<String> names) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Path root;
            try {
                root = directory.toRealPath();
                if (!Files.isDirectory(root)) {
                    throw Failure.of(provider, directory + " is not a directory");
                }
            } catch (NoSuchFileException e) {
                return allAbsent(names, directory + " does not exist");
            } catch (IOException e) {
                throw Failure.of(provider, directory + " " + SecretFile.describe(e));
            }
            Map<String, Lookup> answers = new Mount(provider, directory, root).read(names);
            if (answers != null) {
                return answers;
            }
        }
        throw Failure.of(
                provider, directory + " was replaced " + MOST_ATTEMPTS + " times while it was being read; try again");
    }

    /**
     * Returns a token that changes whenever a kubelet publishes: the target of {@code ..data} and the modification time
     * of the directory, which the new link and each added or removed name renew.
     *
     * <p>A directory that was changed just now has no token: one more change within the same clock tick would not show.
     *
     * @param directory the directory
     * @return the token; empty where there is no such link
     */
    public static Optional<Object> version(Path directory) {
        try {
            Path target = Files.readSymbolicLink(directory.resolve(DATA));
            FileTime modified = Files.getLastModifiedTime(directory);
            long age = System.currentTimeMillis() - modified.toMillis();
            return Math.abs(age) < CLOCK_TICK_MILLIS ? Optional.empty() : Optional.of(List.of(target, modified));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Lookup> allAbsent(Set<String> names, String reason) {
        Lookup absent = Lookup.absent(reason);
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            answers.put(name, absent);
        }
        return answers;
    }

    /**
     * Returns where {@code ..data} leads to, or null where the mount has no such link. It is read in one step, so that
     * two looks that see the same have had one generation between them, even if that was removed meanwhile.
     */
    private static @Nullable Path generation(Path root) {
        Path link = root.resolve(DATA);
        try {
            return Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Returns the real directory of a generation, or null if it cannot be reached. */
    private static @Nullable Path dataOf(Path root, @Nullable Path generation) {
        try {
            return generation == null ? null : root.resolve(generation).toRealPath();
        } catch (IOException e) {
            return null;
        }
    }

    /** Returns the answers, or null if the generation was replaced meanwhile. */
    private @Nullable Map<String, Lookup> read(Set<String> names) {
        String[] order = names.toArray(new String[0]);
        Object[] results = new Object[order.length];
        if (order.length < LARGE_BATCH) {
            for (int i = 0; i < order.length; i++) {
                results[i] = look(order[i]);
            }
        } else {
            Arrays.parallelSetAll(results, i -> look(order[i]));
        }
        Map<String, Lookup> answers = new HashMap<>(order.length * 2);
        boolean whole = !tookOtherLinks;
        for (int i = 0; i < order.length; i++) {
            Object result = results[i];
            if (result instanceof Lookup lookup) {
                answers.put(order[i], lookup);
                whole &= lookup.isFound();
            } else if (wasReplaced()) {
                return null;
            } else {
                throw Failure.of(provider, order[i], directory.resolve(order[i]) + " " + result);
            }
        }
        return whole || !wasReplaced() ? answers : null;
    }

    private boolean wasReplaced() {
        return !Objects.equals(generation, generation(root));
    }

    /** Looks at one file: a {@link Lookup}, or a string that says what is wrong with the file. */
    private Object look(String name) {
        try {
            String value = withoutFinalLineBreak(read(root.resolve(name), name));
            return Lookup.found(value, directory + "/" + name);
        } catch (NoSuchFileException e) {
            return Lookup.absent(new NoFile(directory, name));
        } catch (IOException e) {
            return SecretFile.describe(e);
        }
    }

    private String read(Path file, String name) throws IOException {
        BasicFileAttributes attributes = null;
        if (data == null) {
            attributes = attributes(file);
            if (!attributes.isSymbolicLink()) {
                return SecretFile.read(file, attributes, LARGEST_FILE);
            }
        }
        Path target;
        try {
            target = Files.readSymbolicLink(file);
        } catch (NotLinkException e) {
            return SecretFile.read(file, attributes(file), LARGEST_FILE);
        }
        if (data != null && target.getNameCount() > 1 && target.startsWith(DATA)) {
            target = data.resolve(target.subpath(1, target.getNameCount()));
            attributes = attributes(target);
            if (attributes.isRegularFile() && target.equals(data.resolve(name)) && data.startsWith(root)) {
                // The kubelet's own layout: the link leads to a file of the generation, inside the mount.
                return SecretFile.read(target, attributes, LARGEST_FILE);
            }
        }
        tookOtherLinks = true;
        Path real = root.resolve(target).toRealPath();
        if (!real.startsWith(root)) {
            throw UnfitFileException.of(real, "is a link that leads out of the directory, to " + real);
        }
        return SecretFile.read(real, attributes(real), LARGEST_FILE);
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Takes one final line break off a text of one line; more lines (a certificate, a service account) stay whole. */
    static String withoutFinalLineBreak(String text) {
        int end = text.indexOf('\n');
        if (end < 0 || end != text.length() - 1) {
            return text;
        }
        return text.substring(0, end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end);
    }

    /** The reason of an absent file, worked out only for a person to read. */
    private record NoFile(Path directory, String name) implements Supplier<String> {

        private static final int MOST_FILES = 10_000;

        @Override
        public String get() {
            Path file = directory.resolve(name);
            if (Files.isSymbolicLink(file)) {
                return file + " is a link to a file that does not exist";
            }
            List<String> present = listing();
            String remark = NearMiss.remark(name, present);
            for (String other : present) {
                if (remark.isEmpty() && other.startsWith(name + ".")) {
                    remark = " (" + other + " is there: the file name must be the secret's name, without an extension)";
                }
            }
            return file + " does not exist" + remark;
        }

        private List<String> listing() {
            List<String> names = new ArrayList<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                for (Path file : files) {
                    if (names.size() < MOST_FILES) {
                        names.add(String.valueOf(file.getFileName()));
                    }
                }
            } catch (IOException | RuntimeException e) {
                // Only a hint is lost: the directory may be searchable but not readable.
            }
            return names;
        }
    }
}
