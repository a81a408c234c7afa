package dev.modelsecrets.standard.internal;

import java.io.IOException;

/** Something else took the place of a file between the look at it and its opening. */
final class SwappedException extends IOException {

    private static final long serialVersionUID = 1L;

    SwappedException() {
        super("was replaced while it was being read; try again");
    }
}
