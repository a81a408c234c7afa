package dev.modelsecrets.inject;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a path below a directory of secret files may look like. */
final class RelativePath {

    private static final String LAYOUT_PREFIX = "..";

    private RelativePath() {}

    /** Returns what is wrong with a path, or null. */
    static @Nullable String problem(String path) {
        if (path.isEmpty()) {
            return "is empty; give a path below the directory";
        }
        if (path.startsWith("/")) {
            return "is absolute; give a path below the directory";
        }
        if (path.indexOf('\0') >= 0) {
            return "has a NUL character";
        }
        String[] segments = path.split("/", -1);
        for (String segment : segments) {
            if (segment.isEmpty()) {
                return "has an empty segment";
            }
            if (segment.equals(".")) {
                return "has the segment \".\"";
            }
            if (segment.equals("..")) {
                return "has the segment \"..\", which could lead out of the directory";
            }
        }
        if (segments[0].startsWith(LAYOUT_PREFIX)) {
            return "starts with \"..\", which is reserved for the layout (..data)";
        }
        return isUnderstoodAlike(path, segments) ? null : "is not a plain relative path on this file system";
    }

    /** Tells whether the file system sees the same segments: on Windows a backslash and a drive are more than names. */
    private static boolean isUnderstoodAlike(String path, String[] segments) {
        Path parsed;
        try {
            parsed = Path.of(path);
        } catch (InvalidPathException e) {
            return false;
        }
        if (parsed.isAbsolute() || parsed.getRoot() != null || parsed.getNameCount() != segments.length) {
            return false;
        }
        for (int i = 0; i < segments.length; i++) {
            if (!parsed.getName(i).toString().equals(segments[i])) {
                return false;
            }
        }
        return true;
    }
}
