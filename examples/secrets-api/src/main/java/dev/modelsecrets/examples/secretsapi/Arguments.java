package dev.modelsecrets.examples.secretsapi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of the command, taken apart.
 *
 * @param words what is no option: the command and what it is for
 * @param options the options and their values
 */
record Arguments(List<String> words, Map<String, String> options) {

    private static final Set<String> WITH_VALUE = Set.of("--host", "--port", "--key", "--tls", "--tls-password");
    private static final Set<String> WITHOUT_VALUE = Set.of("--behind-proxy");

    static Arguments parse(String... arguments) throws UsageException {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String next = rest.pop();
            if (WITH_VALUE.contains(next)) {
                if (rest.isEmpty()) {
                    throw new UsageException(next + " needs a value");
                }
                options.put(next, rest.pop());
            } else if (WITHOUT_VALUE.contains(next)) {
                options.put(next, "");
            } else if (next.startsWith("--")) {
                throw new UsageException("there is no option " + next);
            } else {
                words.add(next);
            }
        }
        return new Arguments(List.copyOf(words), Map.copyOf(options));
    }

    Path directory() throws UsageException {
        return path(words.get(1));
    }

    Optional<Path> file(String option) throws UsageException {
        return options.containsKey(option) ? Optional.of(path(options.get(option))) : Optional.empty();
    }

    private static Path path(String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("not a path: " + text);
        }
    }

    /** Where to listen: not in the clear beyond this machine, unless something else speaks TLS. */
    InetSocketAddress address() throws UsageException {
        InetAddress host;
        try {
            host = options.containsKey("--host")
                    ? InetAddress.getByName(options.get("--host"))
                    : InetAddress.getLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new UsageException("--host is not an address of this machine");
        }
        if (!host.isLoopbackAddress() && !options.containsKey("--tls") && !options.containsKey("--behind-proxy")) {
            throw new UsageException("beyond this machine, use --tls, or --behind-proxy if a proxy speaks TLS");
        }
        String port = options.getOrDefault("--port", "8080");
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new UsageException("--port is a number up to 65535");
        }
        return new InetSocketAddress(host, Integer.parseInt(port));
    }
}
