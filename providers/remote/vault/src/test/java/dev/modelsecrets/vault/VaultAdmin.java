package dev.modelsecrets.vault;

import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What an administrator of Vault does, by its HTTP API: the same for a real server and ours.
 *
 * <p>All secrets are below a prefix of their own, and what was made is deleted by {@link #cleanUp}.
 */
final class VaultAdmin {

    /** Begins and names all that is made. */
    final String id = "model-secrets-test-" + UUID.randomUUID();

    final String address;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String rootToken;
    private final Set<String> written = new LinkedHashSet<>();
    private final Set<String> made = new LinkedHashSet<>();

    VaultAdmin(String address, String rootToken) {
        this.address = address.replaceFirst("/+$", "");
        this.rootToken = rootToken;
    }

    /** Returns the path of a secret: below the prefix. */
    String path(String name) {
        return id + "/" + name;
    }

    /** Writes a version of a secret. */
    void write(String name, Map<String, String> values) throws IOException, InterruptedException {
        JsonObject data = Json.object();
        values.forEach(data::add);
        write(name, data.toString());
    }

    void write(String name, String json) throws IOException, InterruptedException {
        written.add(name);
        call("POST", "secret/data/" + path(name), "{\"data\":" + json + "}");
    }

    /** Deletes the latest version of a secret, so that it can be undeleted. */
    void softDelete(String name) throws IOException, InterruptedException {
        call("DELETE", "secret/data/" + path(name), "");
    }

    /** Destroys a version of a secret for good. */
    void destroy(String name, int version) throws IOException, InterruptedException {
        call("POST", "secret/destroy/" + path(name), "{\"versions\":[" + version + "]}");
    }

    /** Deletes all secrets with all their versions. */
    void deleteSecrets() throws IOException, InterruptedException {
        for (String name : written) {
            call("DELETE", "secret/metadata/" + path(name), "");
        }
        written.clear();
    }

    /**
     * Sets the one policy: it lets read all that is below the prefix, except one secret; an empty name excepts none.
     */
    void policy(String denied) throws IOException, InterruptedException {
        JsonObject paths =
                Json.object().add("secret/data/" + path("*"), Json.object().add("capabilities", Json.array("read")));
        if (!denied.isEmpty()) {
            paths.add("secret/data/" + path(denied), Json.object().add("capabilities", Json.array("deny")));
        }
        String policy = Json.object().add("path", paths).toString();
        make("sys/policies/acl/" + id, Json.object().add("policy", policy).toString());
    }

    /** Makes a token with that policy, beside the default one. */
    String token() throws IOException, InterruptedException {
        policy("");
        JsonObject request = Json.object().add("policies", Json.array(id)).add("ttl", "10m");
        return Json.parse(call("POST", "auth/token/create", request.toString()))
                .asObject()
                .get("auth")
                .asObject()
                .getString("client_token", "");
    }

    void revoke(String token) throws IOException, InterruptedException {
        call("POST", "auth/token/revoke", Json.object().add("token", token).toString());
    }

    /** Makes something, until {@link #cleanUp}. */
    void make(String path, String json) throws IOException, InterruptedException {
        made.add(path);
        call("POST", path, json);
    }

    /** Makes a call that must succeed, and returns the answer. */
    String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/v1/" + path))
                .header("X-Vault-Token", rootToken)
                .method(method, BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + " was answered by " + response.statusCode());
        }
        return response.body();
    }

    /** Deletes all that was made. */
    void cleanUp() throws IOException, InterruptedException {
        deleteSecrets();
        for (String path : made) {
            call("DELETE", path, "");
        }
    }
}
