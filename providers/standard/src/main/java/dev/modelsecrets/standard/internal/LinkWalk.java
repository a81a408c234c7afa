package dev.modelsecrets.standard.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
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

    LinkWalk(MountLook look) {
        this.look = look;
        isOfWindows = look.root().getFileSystem().getSeparator().equals("\\");
    }

    /**
     * What a name leads to: an entry of a directory, which is no link.
     *
     * @param isInGeneration whether it was reached as a kubelet lays it out, through {@code ..data} and no other link
     */
    record End(Folder folder, String name, BasicFileAttributes attributes, boolean isInGeneration) {}

    /**
     * Follows a name.
     *
     * @throws UnfitFileException if it leads out of the root, to a directory or in a circle
     * @throws IOException if something on the way is not there, cannot be read or is being swapped
     */
    End follow(String name) throws IOException {
        rest.push(name);
        while (true) {
            if (rest.isEmpty()) {
                throw new UnfitFileException("is a directory, not a file");
            }
            String part = rest.pop();
            if (part.equals("..") && at.isEmpty()) {
                End end = leave(look.root().resolve("..").resolve(String.join("/", rest)));
                if (end != null) {
                    return end;
                }
            } else if (part.equals("..")) {
                at = MountLook.parentOf(at);
            } else if (!part.isEmpty() && !part.equals(".")) {
                End end = step(part, MountLook.child(at, part));
                if (end != null) {
                    return end;
                }
            }
        }
    }

    /** Goes into a directory, follows a link, or returns the end of the way. */
    private @Nullable End step(String part, String path) throws IOException {
        boolean isLast = rest.isEmpty();
        if (!isLast && look.isOpen(path)) {
            at = path;
            return null;
        }
        Path known = isLast ? null : look.knownTarget(path);
        if (known != null) {
            return followLink(known);
        }
        Folder folder = look.folder(at);
        BasicFileAttributes attributes = folder.attributes(part);
        if (attributes.isSymbolicLink()) {
            return followLink(look.target(path, isLast));
        }
        if (isLast) {
            return new End(folder, part, attributes, links == 2 && look.isInGeneration(at));
        }
        if (!attributes.isDirectory()) {
            throw new UnfitFileException("cannot be read: Not a directory");
        }
        at = path;
        return null;
    }

    private @Nullable End followLink(Path target) throws IOException {
        if (++links > MOST_LINKS) {
            throw new UnfitFileException(FileProblem.CIRCLE);
        }
        Path path = target;
        if (hasBackslashes(target)) {
            isOfWindows = true;
            path = look.root().getFileSystem().getPath(target.toString().replace('\\', '/'));
        }
        if (path.isAbsolute()) {
            return leave(path.resolve(String.join("/", rest)));
        }
        push(path);
        return null;
    }

    /** Tells whether a target is written with backslashes, as Docker writes it on Windows, and not a name that has one. */
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
     * Follows an absolute path, or one that leaves the root: it may lead back in. Whether something exists outside is not
     * told.
     */
    private @Nullable End leave(Path path) throws IOException {
        Path plain = path.normalize();
        Path inside = look.inside(plain);
        if (inside == null && isOfWindows) {
            End stored = look.inStoreOfDocker(plain);
            if (stored != null) {
                return stored;
            }
        }
        if (inside == null) {
            inside = look.reallyInside(path);
        }
        if (inside == null) {
            throw new UnfitFileException("is a link that leads out of the directory, to " + Printable.path(plain));
        }
        if (++links > MOST_LINKS) {
            throw new UnfitFileException(FileProblem.CIRCLE);
        }
        at = "";
        rest.clear();
        push(inside);
        return null;
    }
}
