package dev.modelsecrets.vault;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The paths that Vault can have: segments with slashes between them. */
final class VaultNames {

    private VaultNames() {}

    /** Says what is wrong with a path; empty if nothing is. */
    static Optional<String> problem(String path) {
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return Optional.of("Vault can have no path \"" + path + "\": a segment is empty, or leads elsewhere");
            }
            if (segment.codePoints().anyMatch(Character::isISOControl)) {
                return Optional.of("Vault can have no path with a control character");
            }
        }
        return Optional.empty();
    }

    /**
     * Checks a path that somebody chose.
     *
     * @return the path, without a slash at the end
     * @throws IllegalArgumentException if Vault cannot have it
     */
    static String checked(String path) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        problem(plain).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return plain;
    }

    /** Encodes a path for an address, segment by segment. */
    static String encoded(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
