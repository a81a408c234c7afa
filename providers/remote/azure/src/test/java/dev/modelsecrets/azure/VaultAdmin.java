package dev.modelsecrets.azure;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/**
 * Sets and deletes secrets by the REST API: the client library takes offence at what test doubles leave out of their
 * answers to that.
 */
final class VaultAdmin {

    private final HttpClient http;
    private final String url;
    private final String token;

    VaultAdmin(HttpClient http, String url, String token) {
        this.http = http;
        this.url = url;
        this.token = token;
    }

    /** Sets a secret, and returns its new version. */
    String set(String name, String value, Map<String, Object> attributes) throws IOException, InterruptedException {
        StringWriter body = new StringWriter();
        try (JsonWriter writer = JsonProviders.createWriter(body)) {
            writer.writeUntyped(Map.of("value", value, "attributes", attributes));
        }
        HttpResponse<String> answer = send("PUT", "/secrets/" + name, body.toString());
        if (answer.statusCode() != 200) {
            throw new IOException("setting " + name + " was answered with " + answer.statusCode());
        }
        try (JsonReader reader = JsonProviders.createReader(answer.body())) {
            reader.nextToken();
            String id = (String) reader.readMap(JsonReader::readUntyped).get("id");
            return id.substring(id.lastIndexOf('/') + 1);
        }
    }

    /** Deletes a secret for good, where the vault allows that at once; else it does it in due time. */
    void delete(String name) throws IOException, InterruptedException {
        send("DELETE", "/secrets/" + name, "");
        send("DELETE", "/deletedsecrets/" + name, "");
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path + "?api-version=7.4"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
