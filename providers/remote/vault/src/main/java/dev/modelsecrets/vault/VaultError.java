package dev.modelsecrets.vault;

import dev.modelsecrets.remote.HttpReply;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Vault said instead of a secret: a status, and which of its known words; never the body.
 *
 * @param status the HTTP status
 * @param kind what it is about
 * @param retryAfter how long it asked to be left alone; null if it did not say
 * @param redirect scheme and host that it sends to; null if it does not
 */
record VaultError(
        int status,
        Kind kind,
        @Nullable Duration retryAfter,
        @Nullable String redirect) {

    enum Kind {
        /** Not JSON, so it comes from something else than Vault. */
        FOREIGN,
        /** Vault's own, without words that are known here. */
        PLAIN,
        /** Nothing there, and no words at all. */
        EMPTY,
        SEALED,
        INVALID_TOKEN,
        /** Nothing is mounted at the path. */
        NO_MOUNT,
        /** A path of KV version 1 in a mount of version 2. */
        VERSIONED_MOUNT,
        /** Plain HTTP where HTTPS is spoken. */
        HTTPS_WANTED
    }

    static VaultError of(VaultReply reply, HttpReply http) {
        return new VaultError(
                reply.status(),
                kind(reply),
                http.retryAfter().orElse(null),
                http.header("Location").flatMap(VaultError::host).orElse(null));
    }

    private static Kind kind(VaultReply reply) {
        if (reply.says("Vault is sealed")) {
            return Kind.SEALED;
        }
        if (reply.says("HTTP request to an HTTPS server")) {
            return Kind.HTTPS_WANTED;
        }
        if (!reply.isJson()) {
            return Kind.FOREIGN;
        }
        if (reply.says("invalid token")) {
            return Kind.INVALID_TOKEN;
        }
        if (reply.says("Invalid path for a versioned")) {
            return Kind.VERSIONED_MOUNT;
        }
        if (reply.says("no handler for route")) {
            return Kind.NO_MOUNT;
        }
        return reply.value("errors").filter("[]"::equals).isPresent() ? Kind.EMPTY : Kind.PLAIN;
    }

    private static Optional<String> host(String location) {
        try {
            URI uri = URI.create(location);
            return uri.getHost() == null
                    ? Optional.empty()
                    : Optional.of(
                            uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Tells whether another attempt may succeed. */
    boolean isPassing() {
        return kind != Kind.SEALED && (status == 412 || status == 429 || (status >= 500 && status != 501));
    }

    /** Tells whether Vault itself refused what was sent. */
    boolean isRefusal() {
        return kind != Kind.FOREIGN && (status == 400 || status == 403 || status == 404);
    }
}
