package dev.modelsecrets.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.modelsecrets.Secret;
import dev.modelsecrets.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A KV engine of version 2 in Vault or OpenBao: one secret for each name with the key {@code value}, as
 * {@code VaultSecretProvider} reads them, or one whose keys are the names.
 *
 * <p>Other keys of a secret are kept. A write carries the version that was looked at, so that nobody's change in
 * between is lost.
 */
final class VaultTarget implements PushTarget {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ONLY_KEY = "value";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String engine;
    private final Secret token;
    private final Optional<String> joined;
    private final Map<String, Step> steps = new LinkedHashMap<>();

    VaultTarget(URI address, Secret token, String mount, Optional<String> joined) {
        if (!"https".equals(address.getScheme()) && !PushOptions.isLoopback(address)) {
            throw CommandException.usage("the endpoint has to be an https address");
        }
        this.engine = address.toString().replaceFirst("/+$", "") + "/v1/" + mount + "/data/";
        this.token = token;
        this.joined = joined;
    }

    /** A write that is planned; prints no value. */
    private static final class Step {

        private final transient ObjectNode body;
        private final Row row;

        Step(ObjectNode body, Row row) {
            this.body = body;
            this.row = row;
        }
    }

    @Override
    public String name() {
        return "vault " + engine;
    }

    @Override
    public List<Row> plan(Secrets secrets) throws IOException {
        if (joined.isPresent()) {
            steps.put(joined.get(), step(joined.get(), secrets));
        } else {
            for (Map.Entry<String, String> secret : secrets.entrySet()) {
                steps.put(secret.getKey(), step(secret.getKey(), Map.of(ONLY_KEY, secret.getValue())));
            }
        }
        return steps.values().stream().map(step -> step.row).toList();
    }

    private Step step(String name, Map<String, String> values) throws IOException {
        HttpResponse<byte[]> answer = send(name, null);
        boolean absent = answer.statusCode() == 404;
        if (!absent && answer.statusCode() != 200) {
            throw CommandException.failed(name() + name + " answered " + status(answer.statusCode()));
        }
        JsonNode data = parsed(answer.body()).path("data");
        ObjectNode body = JSON.createObjectNode();
        body.putObject("options")
                .put("cas", data.path("metadata").path("version").asLong(0));
        ObjectNode written = body.putObject("data");
        if (data.path("data") instanceof ObjectNode present) {
            written.setAll(present);
        }
        boolean same = !absent;
        for (Map.Entry<String, String> value : values.entrySet()) {
            same &= value.getValue().equals(written.path(value.getKey()).asText(""));
            written.put(value.getKey(), value.getValue());
        }
        return new Step(body, new Row(name, absent ? CREATE : WRITE, same ? "it has the same value" : ""));
    }

    @Override
    public List<Row> push(boolean onlyMissing) throws IOException {
        List<Row> results = new ArrayList<>();
        for (Step step : steps.values()) {
            if (!onlyMissing || step.row.word().equals(CREATE)) {
                int status = send(step.row.name(), step.body).statusCode();
                results.add(
                        status == 200 || status == 204
                                ? new Row(step.row.name(), WRITTEN, "")
                                : new Row(step.row.name(), FAILED, "answered " + status(status)));
            }
        }
        return results;
    }

    private static String status(int status) {
        return switch (status) {
            case 400 -> "400: somebody has changed it meanwhile, or it is no KV engine of version 2";
            case 403 -> "403: the token may not do that";
            default -> Integer.toString(status);
        };
    }

    private HttpResponse<byte[]> send(String name, @Nullable ObjectNode body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(engine + name))
                .timeout(TIMEOUT)
                .header("X-Vault-Token", token.reveal())
                .header("X-Vault-Request", "true");
        if (body != null) {
            request.POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted");
        } catch (IOException e) {
            throw CommandException.failed(
                    name() + " cannot be reached (" + e.getClass().getSimpleName() + ")");
        }
    }

    private JsonNode parsed(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            // Its message quotes the body.
            throw CommandException.failed(name() + " answered with something that is no JSON");
        }
    }

    @Override
    public void close() {
        // The client of the JDK ends with the process.
    }
}
