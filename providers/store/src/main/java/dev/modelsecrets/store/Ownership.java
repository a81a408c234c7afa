package dev.modelsecrets.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owner, group and mode of a file, so that whoever replaces it locks nobody out. */
final class Ownership {

    private Ownership() {}

    /** Returns what creates a file that nobody but its owner can read, where the system knows that. */
    static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /**
     * Gives a new file the owner, group and mode of the file that it is to replace.
     *
     * @throws FileSystemException if that is not allowed, and the owner of the old file could not use the new one
     */
    static void copy(Path from, Path to) throws IOException {
        if (isSame(from, to)) {
            return;
        }
        @Nullable PosixFileAttributeView source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        @Nullable PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (source == null || target == null) {
            return;
        }
        PosixFileAttributes wanted = source.readAttributes();
        PosixFileAttributes given = target.readAttributes();
        boolean sameGroup = wanted.group().equals(given.group());
        if (!sameGroup) {
            try {
                target.setGroup(wanted.group());
                sameGroup = true;
            } catch (IOException e) {
                // Only a member of a group can give a file to it; whether that matters is decided below.
            }
        }
        if (!wanted.owner().equals(given.owner())) {
            try {
                target.setOwner(wanted.owner());
            } catch (IOException e) {
                boolean shared = sameGroup
                        && wanted.permissions()
                                .containsAll(Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE));
                if (!shared) {
                    throw new FileSystemException(
                            to.toString(),
                            null,
                            "it belongs to the user " + wanted.owner().getName()
                                    + ", who could not read it afterwards; run this as that user or as root");
                }
            }
        }
        target.setPermissions(wanted.permissions());
    }

    /** Compares numbers, since a directory server may have to be asked for the name of a user or a group. */
    private static boolean isSame(Path from, Path to) throws IOException {
        if (!from.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return false;
        }
        String numbers = "unix:uid,gid,permissions";
        return Files.readAttributes(from, numbers).equals(Files.readAttributes(to, numbers));
    }
}
