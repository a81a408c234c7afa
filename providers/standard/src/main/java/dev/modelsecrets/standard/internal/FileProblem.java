package dev.modelsecrets.standard.internal;

import dev.modelsecrets.SecretProviderException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What went wrong with a file: words for it, and whether the file is missing at all. */
public final class FileProblem {

    private static final int MOST_LINKS = 40;

    static final String INTERRUPTED = "was not read: the thread was interrupted. Resolve again";
    static final String CIRCLE = "is a link that leads in a circle";

    /** What is said of a file that another one takes the place of with every look. */
    static final String RESTLESS = "keeps being replaced while it is read; try again";

    private FileProblem() {}

    // The callers name IOException only, and no class of ours that extends it: before a method runs for the first
    // time, the JVM loads each exception class that its class throws or catches, and a cold start pays for it.

    /**
     * Returns the exception for a file that is there but holds nothing to hand over.
     *
     * @param problem what is wrong, worded to follow the file's path
     */
    static IOException unfit(String problem) {
        return new UnfitFileException(problem);
    }

    /**
     * Returns the exception for something else that took the place of a file between the look at it and its opening.
     */
    static IOException swapped() {
        return new SwappedException();
    }

    static boolean isSwapped(IOException failure) {
        return failure instanceof SwappedException;
    }

    static boolean isMissing(IOException failure) {
        return failure instanceof NoSuchFileException;
    }

    /**
     * Tells whether there is no such file, although links on the way to it may be changed at any time.
     *
     * <p>A kubelet publishes by renaming a link and then removes what it led to before. The system, asked for a file
     * behind it, may end in what is being removed, and say that there is none. So the links on the way are read twice:
     * nothing is there if they led to nothing, and still lead to the same. What may not be looked at is not gone.
     */
    public static boolean isGone(Path file) {
        if (Files.exists(file)) {
            return false;
        }
        List<Path> links = linksToNothing(file.toAbsolutePath());
        return links != null && (links.isEmpty() || links.equals(linksToNothing(file.toAbsolutePath())));
    }

    /** Returns the links on the way to what does not exist, each with where it leads; null if something is there. */
    private static @Nullable List<Path> linksToNothing(Path file) {
        List<Path> links = new ArrayList<>();
        Deque<Path> rest = new ArrayDeque<>();
        push(file, rest);
        Path at = file.getRoot();
        try {
            while (!rest.isEmpty() && links.size() <= 2 * MOST_LINKS) {
                Path next = at.resolve(rest.pop()).normalize();
                if (!Files.readAttributes(next, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isSymbolicLink()) {
                    at = next;
                    continue;
                }
                Path target = Files.readSymbolicLink(next);
                links.add(next);
                links.add(target);
                push(target, rest);
                if (target.isAbsolute()) {
                    at = target.getRoot();
                }
            }
            return null;
        } catch (IOException e) {
            return isMissing(e) || !Files.isDirectory(at) ? links : null;
        }
    }

    private static void push(Path path, Deque<Path> rest) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            rest.push(path.getName(i));
        }
    }

    /**
     * Returns the exception for a directory that cannot be read as a whole.
     *
     * @param provider the name of the provider
     * @param problem what is wrong, with the path of the directory
     */
    static RuntimeException ofProvider(String provider, String problem) {
        return new SecretProviderException(provider, problem);
    }

    /**
     * Says what went wrong, worded to follow the file's path.
     *
     * @param failure what the file system threw
     * @return words that hold a reason of the operating system, and nothing of the file
     */
    static String of(IOException failure) {
        if (failure instanceof UnfitFileException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof ClosedByInterruptException) {
            return INTERRUPTED;
        }
        if (failure instanceof AccessDeniedException) {
            return "cannot be read: permission denied for " + user();
        }
        if (failure instanceof FileSystemLoopException) {
            return CIRCLE;
        }
        if (failure instanceof NotDirectoryException) {
            return "is not a directory";
        }
        @Nullable String reason = failure instanceof FileSystemException e ? e.getReason() : null;
        if (reason == null) {
            return "cannot be read: " + failure.getClass().getSimpleName();
        }
        return reason.contains("symbolic links") ? CIRCLE : "cannot be read: " + Printable.line(reason);
    }

    /** Returns the user of this process; its number where it has no name, as in many containers. */
    private static String user() {
        String name = System.getProperty("user.name", "?");
        return name.isBlank() || name.equals("?") ? "uid " + uid() : "user " + name;
    }

    private static String uid() {
        try {
            return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | RuntimeException e) {
            return "?";
        }
    }
}
