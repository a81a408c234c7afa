package dev.modelsecrets.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import dev.modelsecrets.remote.testing.LoopbackServer.Request;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Baseten's management API as its OpenAPI document has it: {@code UpsertSecretRequestV1}, {@code SecretV1}, {@code
 * SecretsV1}, no values in answers, and names that differ in other characters only taken for one.
 */
final class BasetenDouble implements Function<Request, Response> {

    static final String KEY = "test-key-of-baseten";

    private static final Pattern PATH = Pattern.compile("/v1/(?:teams/([^/]+)/)?secrets(?:/([^/]+))?");
    private static final String CREATED = "2026-01-02T03:04:05Z";

    /** For each team its secrets; the team "default" is that of the key's owner. */
    final Map<String, Map<String, String>> values = new ConcurrentHashMap<>(Map.of("default", new TreeMap<>()));

    BasetenDouble team(String name) {
        values.put(name, new TreeMap<>());
        return this;
    }

    @Override
    public synchronized Response apply(Request request) {
        if (!List.of("Api-Key " + KEY, "Bearer " + KEY).contains(request.header("Authorization"))) {
            return Response.json(401, "{\"error\":\"" + request.header("Authorization") + "\"}");
        }
        Matcher path = PATH.matcher(request.uri().getPath());
        if (!path.matches() || request.uri().getQuery() != null) {
            return Response.json(404, "{\"error\":\"no such path\"}");
        }
        String team = Optional.ofNullable(path.group(1)).orElse("default");
        Map<String, String> secrets = values.get(team);
        if (secrets == null) {
            return Response.json(404, "{\"error\":\"no such team\"}");
        }
        return switch (request.method()) {
            case "GET" -> list(path.group(1));
            case "POST" -> upsert(team, secrets, request);
            case "DELETE" ->
                secrets.remove(path.group(2)) == null
                        ? Response.json(404, "{\"error\":\"no such secret\"}")
                        : Response.json(200, "{\"name\":\"" + path.group(2) + "\"}");
            default -> Response.json(405, "{}");
        };
    }

    private Response list(String team) {
        StringBuilder list = new StringBuilder();
        values.forEach((name, secrets) -> {
            if (team == null || team.equals(name)) {
                secrets.keySet()
                        .forEach(
                                secret -> list.append(list.isEmpty() ? "" : ",").append(describe(secret, name)));
            }
        });
        return Response.json(200, "{\"secrets\":[" + list + "]}");
    }

    private Response upsert(String team, Map<String, String> secrets, Request request) {
        JsonNode body =
                Json.parse(request.body().getBytes(StandardCharsets.UTF_8)).orElse(null);
        if (!request.header("Content-Type").equals("application/json")
                || body == null
                || body.size() != 2
                || !body.path("name").isTextual()
                || !body.path("value").isTextual()) {
            return Response.json(400, "{\"error\":" + request.body() + "}");
        }
        String name = body.get("name").textValue();
        String stored = secrets.keySet().stream()
                .filter(other -> plain(other).equals(plain(name)))
                .findFirst()
                .orElse(name);
        secrets.put(stored, body.get("value").textValue());
        return Response.json(200, describe(stored, team));
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "-");
    }

    private static String describe(String name, String team) {
        return "{\"created_at\":\"" + CREATED + "\",\"name\":\"" + name + "\",\"team_name\":\"" + team + "\"}";
    }
}
