package dev.modelsecrets.kubernetes;

import java.net.http.HttpRequest;

/** Says who asks, with each request anew, as tokens are replaced while a program runs. Thread-safe. */
@FunctionalInterface
interface Login {

    /**
     * Adds the headers that say who asks.
     *
     * @throws UnusableConfigurationException if there is no usable token
     */
    void authorize(HttpRequest.Builder request);
}
