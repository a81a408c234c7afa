package dev.modelsecrets.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * All that a command sees of the machine; a test gives its own.
 *
 * @param environment the variables
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param terminal the terminal of the user
 * @param secretsDirectory where mounted secrets are looked for unless an option says otherwise
 * @param vendors where {@code --probe} asks in place of a vendor's own address; empty but in tests
 */
record Machine(
        Map<String, String> environment,
        InputStream in,
        OutputStream out,
        OutputStream err,
        Terminal terminal,
        Path secretsDirectory,
        Optional<URI> vendors) {

    static final Path SECRETS = Path.of("/secrets");

    Machine {
        environment = Map.copyOf(environment);
    }

    /** Returns a variable, or an empty text if it is not set. */
    String variable(String name) {
        return environment.getOrDefault(name, "");
    }
}
