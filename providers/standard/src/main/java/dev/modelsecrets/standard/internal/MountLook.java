package dev.modelsecrets.standard.internal;

import dev.modelsecrets.Lookup;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One look at one generation of a directory of secret files.
 *
 * <p>Links are followed by hand, one component at a time, through directories that stay open, so that nothing outside
 * is ever opened, whoever swaps links meanwhile. A kubelet publishes by renaming the link {@code ..data}: where a link
 * leads that others go through is read once for a look, so that all names come from one generation. Thread-safe.
 */
final class MountLook implements Closeable {

    /** The link that a kubelet puts in place to publish. */
    static final String DATA = "..data";

    private static final int LARGEST_FILE = 1 << 20;
    private static final int MOST_TRIES = 10;

    private final Path directory;
    private final Path root;
    private final Object rootKey;

    /** The directories met so far, by their paths below the root. */
    private final Map<String, Folder> folders = new ConcurrentHashMap<>();

    /** Where the links lead that stand in the middle of a way, by their paths below the root. */
    private final Map<String, Path> links = new ConcurrentHashMap<>();

    // The files read so far, as they were before they were read.
    private final Map<String, BasicFileAttributes> inGeneration = new ConcurrentHashMap<>();
    private final Map<String, BasicFileAttributes> beside = new ConcurrentHashMap<>();
    private final Set<String> unsettled = ConcurrentHashMap.newKeySet();

    /** The names in the directory, once one is looked for among them. */
    private @Nullable FileNames fileNames;

    private @Nullable NearMiss nearMiss;
    private volatile boolean tookDetour;
    private volatile boolean wasSwapped;
    private volatile @Nullable Boolean ignoresCase;

    /**
     * Opens a directory.
     *
     * @param directory the absolute path as people know it
     * @throws IOException if it does not exist or cannot be opened
     */
    MountLook(Path directory) throws IOException {
        this.directory = directory;
        root = directory.toRealPath();
        if (!Files.readAttributes(root, BasicFileAttributes.class).isDirectory()) {
            throw FileProblem.unfit("is not a directory");
        }
        Folder folder = Folder.open(root);
        folders.put("", folder);
        rootKey = folder.key();
        Path data = root.resolve(DATA);
        if (Files.isSymbolicLink(data)) {
            links.put(DATA, Files.readSymbolicLink(data));
        }
    }

    Path root() {
        return root;
    }

    /** Returns the files read that a kubelet published. */
    Map<String, BasicFileAttributes> inGeneration() {
        return inGeneration;
    }

    /** Returns the plain files read and those behind other links. */
    Map<String, BasicFileAttributes> beside() {
        return beside;
    }

    /** Returns the names whose file says nothing about its future: a link that leads nowhere, a failure. */
    Set<String> unsettled() {
        return unsettled;
    }

    void addUnsettled(String name) {
        unsettled.add(name);
    }

    /** Tells whether one generation may not have been enough although every name was found. */
    boolean tookDetour() {
        return tookDetour;
    }

    /** Tells whether another directory has taken the place of this one, or another generation that of a link met. */
    boolean wasReplaced() {
        if (wasSwapped) {
            return true;
        }
        try {
            Path now = directory.toRealPath();
            BasicFileAttributes attributes =
                    Files.readAttributes(now, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!now.equals(root) || !rootKey.equals(Folder.keyOf(attributes))) {
                return true;
            }
            for (Map.Entry<String, Path> link : links.entrySet()) {
                if (!link.getValue().equals(Files.readSymbolicLink(root.resolve(link.getKey())))) {
                    return true;
                }
            }
            return !links.containsKey(DATA) && Files.isSymbolicLink(root.resolve(DATA));
        } catch (IOException e) {
            // Where no link is on the way, nothing else has taken the place of what is gone.
            boolean isJustGone = FileProblem.isMissing(e) && links.isEmpty() && root.equals(directory.normalize());
            return !isJustGone;
        }
    }

    /** Answers for one name. */
    Lookup find(String name) {
        try {
            for (int i = 1; ; i++) {
                try {
                    return read(name);
                } catch (IOException e) {
                    if (!FileProblem.isSwapped(e)) {
                        throw e;
                    }
                    if (i == MOST_TRIES) {
                        wasSwapped = true;
                        throw FileProblem.unfit(FileProblem.RESTLESS);
                    }
                }
            }
        } catch (IOException e) {
            if (FileProblem.isMissing(e)) {
                return absent(name);
            }
            unsettled.add(name);
            return Lookup.failed(directory + "/" + name + " " + FileProblem.of(e));
        }
    }

    private Lookup read(String name) throws IOException {
        LinkWalk end = new LinkWalk(this);
        end.follow(name);
        byte[] bytes = read(end);
        if (isInOtherCase(name)) {
            return absent(name);
        }
        note(name, end);
        String text = SecretFile.decode(bytes, "; store binary data as base64");
        return Lookup.found(withoutFinalLineBreak(text), directory + "/" + name);
    }

    private void note(String name, LinkWalk end) {
        (end.isInGeneration() ? inGeneration : beside).put(name, end.attributes());
        if (!end.isInGeneration() && MountState.isRecent(end.attributes().lastModifiedTime())) {
            unsettled.add(name);
        }
    }

    private static byte[] read(LinkWalk end) throws IOException {
        SecretFile.requireFit(end.attributes(), LARGEST_FILE);
        try (SeekableByteChannel channel = end.folder().file(end.name(), end.attributes())) {
            return SecretFile.read(channel, (int) end.attributes().size(), LARGEST_FILE);
        } catch (IOException e) {
            // What took the place of a file cannot be opened or read like one.
            boolean isSwapped = !FileProblem.isSwapped(e) && !FileProblem.isMissing(e) && isSwapped(end);
            throw isSwapped ? FileProblem.swapped() : e;
        }
    }

    private static boolean isSwapped(LinkWalk end) throws IOException {
        BasicFileAttributes now = end.folder().attributes(end.name());
        return !now.isRegularFile() || !Folder.keyOf(now).equals(Folder.keyOf(end.attributes()));
    }

    private Lookup absent(String name) {
        if (Files.isSymbolicLink(directory.resolve(name))) {
            unsettled.add(name);
            return Lookup.absent(directory + "/" + name + " is a link to a file that does not exist");
        }
        return Lookup.absent(new NoFile(directory, name, nearMiss()));
    }

    /** The reason of an absent file, worked out only for a person to read. */
    private record NoFile(Path directory, String name, NearMiss nearMiss) implements Supplier<String> {

        @Override
        public String get() {
            String remark = nearMiss.remark(name);
            String extended = remark.isEmpty() ? nearMiss.withExtension(name) : null;
            return directory + "/" + name + " does not exist"
                    + (extended == null
                            ? remark
                            : " (" + extended
                                    + " is there: the file name must be the secret's name, without an extension)");
        }
    }

    /** Takes one final line break off a text of one line; more lines (a certificate, a service account) stay whole. */
    private static String withoutFinalLineBreak(String text) {
        int end = text.indexOf('\n');
        if (end < 0 || end != text.length() - 1) {
            return text;
        }
        return text.substring(0, end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end);
    }

    /** Tells whether the file system takes one case for the other, and the file has another name than the secret. */
    private boolean isInOtherCase(String name) {
        Boolean known = ignoresCase;
        if (known == null) {
            String otherCase = otherCase(name);
            if (otherCase.equals(name)) {
                return false;
            }
            known = exists(otherCase);
            ignoresCase = known;
        }
        return known && !nearMiss().contains(name) && !fileNames().isCut();
    }

    private synchronized FileNames fileNames() {
        FileNames names = fileNames == null ? new FileNames(directory) : fileNames;
        fileNames = names;
        return names;
    }

    private synchronized NearMiss nearMiss() {
        NearMiss near = nearMiss == null ? new NearMiss(fileNames()) : nearMiss;
        nearMiss = near;
        return near;
    }

    private boolean exists(String name) {
        try {
            folder("").attributes(name);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String otherCase(String name) {
        StringBuilder other = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            other.append(Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
        }
        return other.toString();
    }

    // What a walk asks for.

    /** Returns the path of an entry below the root. */
    static String child(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    /** Returns the path of the directory that an entry is in. */
    static String parentOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    boolean isOpen(String path) {
        return folders.containsKey(path);
    }

    /** Opens a directory, unless it is open. */
    Folder folder(String path) throws IOException {
        Folder known = folders.get(path);
        if (known != null) {
            return known;
        }
        Folder parent = folder(parentOf(path));
        String name = path.substring(path.lastIndexOf('/') + 1);
        Folder opened;
        try {
            opened = parent.folder(name);
        } catch (IOException e) {
            throw parent.attributes(name).isDirectory() ? e : FileProblem.swapped();
        }
        Folder earlier = folders.putIfAbsent(path, opened);
        if (earlier != null) {
            opened.close();
            return earlier;
        }
        return opened;
    }

    /** Returns where a link in the middle of a way led when it was first met in this look, or null. */
    @Nullable
    Path knownTarget(String path) {
        return links.get(path);
    }

    /** Reads a link; one in the middle of a way leads where it led first. */
    Path target(String path, boolean isLast) throws IOException {
        try {
            Path target = Files.readSymbolicLink(root.resolve(path));
            if (isLast) {
                return target;
            }
            Path earlier = links.putIfAbsent(path, target);
            return earlier == null ? target : earlier;
        } catch (IOException e) {
            throw e instanceof NotLinkException ? FileProblem.swapped() : e;
        }
    }

    /** Tells whether a directory is the generation that a kubelet published, or in it. */
    boolean isInGeneration(String path) {
        Path data = links.get(DATA);
        return data != null && (path.equals(data.toString()) || path.startsWith(data + "/"));
    }

    /** Returns an absolute path below the root, by its text alone; null if it is not there. */
    @Nullable
    Path inside(Path absolute) {
        Path known = directory.normalize();
        return absolute.startsWith(root)
                ? root.relativize(absolute)
                : absolute.startsWith(known) ? known.relativize(absolute) : null;
    }

    /** Returns a path below the root, by the file system; null if it does not exist or is somewhere else. */
    @Nullable
    Path reallyInside(Path path) {
        try {
            Path real = path.toRealPath();
            if (real.startsWith(root)) {
                tookDetour = true;
                return root.relativize(real);
            }
        } catch (IOException e) {
            // Outside, what does not exist and what does are told apart by nothing.
        }
        return null;
    }

    /**
     * Returns the directory of a file that Docker on Windows keeps beside this one: {@code secrets\name} is a link to
     * {@code internal\secrets\id} there. Null for any other path.
     */
    @Nullable
    Folder storeOfDocker(Path path) throws IOException {
        Path store = root.resolveSibling("internal").resolve("secrets");
        if (!root.endsWith("secrets") || !store.equals(path.getParent())) {
            return null;
        }
        String key = "../internal/secrets";
        if (!isOpen(key)) {
            if (!store.toRealPath().equals(store)) {
                return null;
            }
            Folder opened = Folder.open(store);
            if (folders.putIfAbsent(key, opened) != null) {
                opened.close();
            }
        }
        return folder(key);
    }

    @Override
    public void close() {
        for (Folder folder : folders.values()) {
            try {
                folder.close();
            } catch (IOException e) {
                // It was only read from.
            }
        }
    }
}
