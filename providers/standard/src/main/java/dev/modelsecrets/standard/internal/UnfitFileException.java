package dev.modelsecrets.standard.internal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file is there and could be read, but holds nothing to hand over; the reason is in words of our own. */
final class UnfitFileException extends FileSystemException {

    private static final long serialVersionUID = 1L;

    private UnfitFileException(Path file, String problem) {
        super(file.toString(), null, problem);
    }

    /**
     * Makes the exception, under a general type: then a start that goes well does not load this class.
     *
     * @param file the file
     * @param problem what is wrong, worded to follow the path: "is a directory, not a file"
     */
    static IOException of(Path file, String problem) {
        return new UnfitFileException(file, problem);
    }
}
