package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.HttpReply;
import java.time.Duration;
import java.util.Optional;

/**
 * What of an error answer may be told: nothing that is free text.
 *
 * @param status the HTTP status
 * @param ofKubernetes false if the body is of something else than an API server
 * @param missingKind which kind of object does not exist, such as {@code namespaces}; empty if the server does not say
 * @param retryAfter how long the server asks to be left alone
 */
record KubernetesError(int status, boolean ofKubernetes, String missingKind, Optional<Duration> retryAfter) {

    static KubernetesError of(HttpReply reply) {
        JsonObject body = JsonObject.parse(reply.text()).orElse(JsonObject.EMPTY);
        return new KubernetesError(
                reply.status(),
                reply.text().isBlank() || body.text("kind").equals("Status"),
                body.text("details", "kind"),
                reply.retryAfter());
    }

    boolean isRedirect() {
        return status / 100 == 3;
    }
}
