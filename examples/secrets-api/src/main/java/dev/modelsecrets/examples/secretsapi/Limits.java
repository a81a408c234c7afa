package dev.modelsecrets.examples.secretsapi;

import java.time.Duration;

/**
 * What one client may cost the server.
 *
 * @param bodyBytes the largest body; larger ones are a 413
 * @param time how long a body may take to arrive, and a connection may be idle; a slower body is a 408
 * @param requestsPerSecond the requests of one token, and those without a token of one address; more are a 429
 * @param connections the connections at one time; further ones wait until others end
 */
record Limits(int bodyBytes, Duration time, int requestsPerSecond, int connections) {

    static final Limits DEFAULT = new Limits(1 << 20, Duration.ofSeconds(30), 100, 2000);
}
