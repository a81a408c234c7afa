package dev.modelsecrets.vault;

import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.Certificates;
import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.HttpConnection;
import dev.modelsecrets.remote.LazyClient;
import dev.modelsecrets.remote.SystemProxies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests to one Vault. Thread-safe. */
final class VaultConnection {

    private final @Nullable String namespace;
    private final LazyClient<HttpConnection> http;

    VaultConnection(URI address, @Nullable String namespace, @Nullable Path caCertificates, SystemProxies proxies) {
        this.namespace = namespace;
        this.http = LazyClient.made(() -> make(address, caCertificates, proxies), HttpConnection::close);
    }

    private static HttpConnection make(URI address, @Nullable Path caCertificates, SystemProxies proxies) {
        try {
            return new HttpConnection(
                    address, proxies, caCertificates == null ? null : Certificates.trusting(caCertificates));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Makes the client; the answer says why there can be none. */
    Optional<Answer> open() {
        try {
            http.get();
            return Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.of(Answer.unavailable(String.valueOf(e.getMessage())));
        }
    }

    VaultReply get(String path, String token, Deadline attempt) throws IOException, InterruptedException {
        return send(http.get().request("/v1/" + path).GET(), token, attempt);
    }

    /** Sends a JSON object; the token may be empty, for a login. */
    VaultReply put(String path, Map<String, String> object, String token, Deadline attempt)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = http.get()
                .request("/v1/" + path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JsonText.of(object)));
        return send(request, token, attempt);
    }

    private VaultReply send(HttpRequest.Builder request, String token, Deadline attempt)
            throws IOException, InterruptedException {
        request.header("X-Vault-Request", "true");
        if (namespace != null) {
            request.header("X-Vault-Namespace", namespace);
        }
        if (!token.isEmpty()) {
            request.header("X-Vault-Token", token);
        }
        return new VaultReply(http.get().send(request, attempt));
    }

    void close() {
        http.close();
    }
}
