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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One look at a directory of secret files.
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
    private static final Duration CLOCK_TICK = Duration.ofMillis(100);

    private static final String DATA = "..data";

    private final String provider;
    private final Path directory;

    /**
     * Creates a look at a directory.
     *
     * @param provider the provider's name, for exceptions
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
     * @throws SecretProviderException if one of them is there but cannot be handed over
     */
    public Map<String, Lookup> read(Set<String> names) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Path root;
            try {
                root = directory.toRealPath();
                if (!Files.isDirectory(root)) {
                    throw new SecretProviderException(provider, directory + " is not a directory");
                }
            } catch (NoSuchFileException e) {
                return allAbsent(names, directory + " does not exist");
            } catch (IOException e) {
                throw new SecretProviderException(provider, directory + " " + SecretFile.describe(e));
            }
            Path data = currentData(root);
            Map<String, Lookup> answers = readGeneration(names, root, data);
            if (answers != null) {
                return answers;
            }
        }
        throw new SecretProviderException(
                provider, directory + " was replaced " + MOST_ATTEMPTS + " times while it was being read; try again");
    }

    /**
     * Returns a token that changes whenever a kubelet publishes: the target of {@code ..data} and the modification time
     * of the directory, which the new link and each added or removed name renew.
     *
     * <p>A directory that was changed just now has no token: one more change within the same clock tick would not show.
     *
     * @return the token; empty where there is no such link
     */
    public Optional<Object> version() {
        try {
            Path target = Files.readSymbolicLink(directory.resolve(DATA));
            FileTime modified = Files.getLastModifiedTime(directory);
            Duration age = Duration.between(modified.toInstant(), Instant.now());
            return age.abs().compareTo(CLOCK_TICK) < 0 ? Optional.empty() : Optional.of(List.of(target, modified));
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

    /** Returns the real directory of the current generation, or null where the mount has no {@code ..data}. */
    private static @Nullable Path currentData(Path root) {
        Path link = root.resolve(DATA);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Path target = target(link);
            try {
                return link.toRealPath();
            } catch (NoSuchFileException e) {
                if (target == null || target.equals(target(link))) {
                    return null;
                }
                // A generation was replaced between two steps on the way to it: the mount does have one.
            } catch (IOException e) {
                return null;
            }
        }
        return null;
    }

    private static @Nullable Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** Returns the answers, or null if the generation was replaced meanwhile. */
    private @Nullable Map<String, Lookup> readGeneration(Set<String> names, Path root, @Nullable Path data) {
        String[] order = names.toArray(new String[0]);
        Object[] results = new Object[order.length];
        IntFunction<Object> reader = new Reader(root, data, order);
        if (order.length < LARGE_BATCH) {
            for (int i = 0; i < order.length; i++) {
                results[i] = reader.apply(i);
            }
        } else {
            Arrays.parallelSetAll(results, reader);
        }
        Map<String, Lookup> answers = new HashMap<>(order.length * 2);
        boolean whole = true;
        for (int i = 0; i < order.length; i++) {
            Object result = results[i];
            if (result instanceof Lookup lookup) {
                answers.put(order[i], lookup);
                whole &= lookup.isFound();
            } else if (!sameGeneration(root, data)) {
                return null;
            } else {
                throw new SecretProviderException(provider, order[i], directory.resolve(order[i]) + " " + result);
            }
        }
        return whole || sameGeneration(root, data) ? answers : null;
    }

    private static boolean sameGeneration(Path root, @Nullable Path data) {
        Path now = currentData(root);
        return data == null ? now == null : data.equals(now);
    }

    /** Reads one file after the other: a {@link Lookup}, or a string that says what is wrong with the file. */
    private final class Reader implements IntFunction<Object> {

        private final Path root;
        private final @Nullable Path data;
        private final String[] names;

        Reader(Path root, @Nullable Path data, String[] names) {
            this.root = root;
            this.data = data;
            this.names = names;
        }

        @Override
        public Object apply(int index) {
            String name = names[index];
            try {
                String value = withoutFinalLineBreak(read(root.resolve(name), name));
                return Lookup.found(value, directory + "/" + name);
            } catch (NoSuchFileException e) {
                return Lookup.absent(new NoFile(directory, name));
            } catch (MalformedException e) {
                return e.problem();
            } catch (IOException e) {
                return SecretFile.describe(e);
            }
        }

        private String read(Path file, String name) throws IOException, MalformedException {
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
            Path real = root.resolve(target).toRealPath();
            if (!real.startsWith(root)) {
                throw new MalformedException("is a link that leads out of the directory, to " + real);
            }
            return SecretFile.read(real, attributes(real), LARGEST_FILE);
        }

        private BasicFileAttributes attributes(Path file) throws IOException {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }
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
