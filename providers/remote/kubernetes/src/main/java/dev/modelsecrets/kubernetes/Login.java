package dev.modelsecrets.kubernetes;

import java.io.IOException;
import java.net.http.HttpRequest;

/** Says who asks, with each request anew, as tokens are replaced while a program runs. Thread-safe. */
@FunctionalInterface
interface Login {

    /**
     * Adds the header that says who asks.
     *
     * @throws IOException if a token cannot be read; its message is for people
     */
    void authorize(HttpRequest.Builder request) throws IOException;
}
