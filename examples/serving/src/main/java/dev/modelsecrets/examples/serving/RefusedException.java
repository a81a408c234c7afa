package dev.modelsecrets.examples.serving;

import java.io.IOException;

/** A service answered 401: the secrets may have been rotated. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedException() {
        super("the service refused the keys with 401");
    }
}
