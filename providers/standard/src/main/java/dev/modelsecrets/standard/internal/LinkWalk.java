package dev.modelsecrets.standard.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One way from a name to what its links lead to, inside the directory of a {@link MountLook}. Not thread-safe.
 */
final class LinkWalk {

    private static final int MOST_LINKS = 40;

    private final MountLook look;
    private final Deque<String> rest = new ArrayDeque<>();

    /** The directory reached, below the root; that of the root is empty. */
    private String at = "";

    private int links;

    /** Whether a link was written by Windows. */
    private boolean isOfWindows;

    // Where it ended: an entry of a directory, which is no link.
    private @Nullable Folder folder;
    private String name = "";
    private @Nullable BasicFileAttributes attributes;
    private boolean isInGeneration;

    LinkWalk(MountLook look) {
        this.look = look;
        isOfWindows = look.root().getFileSystem().getSeparator().equals("\\");
    }

    /**
     * Follows a name.
     *
     * @throws IOException if it leads out of the root, to a directory or in a circle
     * @throws IOException if something on the way is not there, cannot be read or is being swapped
     */
    void follow(String start) throws IOException {
        rest.push(start);
        while (folder == null) {
            if (rest.isEmpty()) {
                throw FileProblem.unfit("is a directory, not a file");
            }
            String part = rest.pop();
            if (part.equals("..") && at.isEmpty()) {
                leave(look.root().resolve("..").resolve(String.join("/", rest)));
            } else if (part.equals("..")) {
                at = MountLook.parentOf(at);
            } else if (!part.isEmpty() && !part.equals(".")) {
                step(part, MountLook.child(at, part));
            }
        }
    }

    /** Returns the directory that the file is in. */
    Folder folder() {
        return Objects.requireNonNull(folder);
    }

    /** Returns the name of the file in its directory. */
    String name() {
        return name;
    }

    /** Returns the file's attributes as they were right before it was reached. */
    BasicFileAttributes attributes() {
        return Objects.requireNonNull(attributes);
    }

    /** Tells whether it was reached as a kubelet lays it out, through {@code ..data} and no other link. */
    boolean isInGeneration() {
        return isInGeneration;
    }

    private void end(Folder directory, String entry, BasicFileAttributes found) {
        folder = directory;
        name = entry;
        attributes = found;
    }

    /** Goes into a directory, follows a link, or ends. */
    private void step(String part, String path) throws IOException {
        boolean isLast = rest.isEmpty();
        if (!isLast && look.isOpen(path)) {
            at = path;
            return;
        }
        Path known = isLast ? null : look.knownTarget(path);
        if (known != null) {
            followLink(known);
            return;
        }
        Folder directory = look.folder(at);
        BasicFileAttributes found = directory.attributes(part);
        if (found.isSymbolicLink()) {
            followLink(look.target(path, isLast));
            return;
        }
        if (isLast) {
            end(directory, part, found);
            isInGeneration = links == 2 && look.isInGeneration(at);
            return;
        }
        if (!found.isDirectory()) {
            throw FileProblem.unfit("cannot be read: Not a directory");
        }
        at = path;
    }

    private void followLink(Path target) throws IOException {
        if (++links > MOST_LINKS) {
            throw FileProblem.unfit(FileProblem.CIRCLE);
        }
        Path path = target;
        if (hasBackslashes(target)) {
            isOfWindows = true;
            path = look.root().getFileSystem().getPath(target.toString().replace('\\', '/'));
        }
        if (path.isAbsolute()) {
            leave(path.resolve(String.join("/", rest)));
        } else {
            push(path);
        }
    }

    /**
     * Tells whether a target is written with backslashes, as Docker writes it on Windows, and not a name that has one.
     */
    private boolean hasBackslashes(Path target) {
        if (isOfWindows || target.toString().indexOf('\\') < 0) {
            return false;
        }
        try {
            look.folder(at).attributes(target.getName(0).toString());
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private void push(Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            rest.push(path.getName(i).toString());
        }
    }

    /**
     * Follows an absolute path, or one that leaves the root: it may lead back in. Whether something exists outside is
     * not told.
     */
    private void leave(Path path) throws IOException {
        Path plain = path.normalize();
        Path inside = look.inside(plain);
        if (inside == null && isOfWindows) {
            Folder store = look.storeOfDocker(plain);
            if (store != null) {
                String id = String.valueOf(plain.getFileName());
                end(store, id, store.attributes(id));
                return;
            }
        }
        if (inside == null) {
            inside = look.reallyInside(path);
        }
        if (inside == null) {
            throw FileProblem.unfit("is a link that leads out of the directory, to " + Printable.path(plain));
        }
        if (++links > MOST_LINKS) {
            throw FileProblem.unfit(FileProblem.CIRCLE);
        }
        at = "";
        rest.clear();
        push(inside);
    }
}
