package dev.modelsecrets.standard.internal;

import java.io.IOException;

/** A file is there but holds nothing to hand over; the message is in words of our own that follow its path. */
final class UnfitFileException extends IOException {

    private static final long serialVersionUID = 1L;

    UnfitFileException(String problem) {
        super(problem);
    }
}
