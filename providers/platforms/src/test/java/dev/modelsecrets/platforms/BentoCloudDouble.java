package dev.modelsecrets.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.modelsecrets.remote.testing.LoopbackServer.Request;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * BentoCloud's secrets as the schemas of its client have them: {@code CreateSecretSchema}, {@code UpdateSecretSchema},
 * {@code SecretListSchema} in pages; a change sends all keys, and no value comes back.
 */
final class BentoCloudDouble implements Function<Request, Response> {

    static final String TOKEN = "test-token-of-bentocloud";

    private static final String PATH = "/api/v1/org_secrets";

    /** The secrets as they were sent, each with the cluster it is in. */
    final List<ObjectNode> secrets = new ArrayList<>();

    @Override
    public synchronized Response apply(Request request) {
        if (!request.header("X-YATAI-API-TOKEN").equals(TOKEN)) {
            return Response.json(401, "{\"error\":\"token\"}");
        }
        Map<String, String> query = query(request);
        String cluster = query.getOrDefault("cluster", "first");
        String path = request.uri().getPath();
        if (path.equals(PATH)) {
            return switch (request.method()) {
                case "GET" -> list(Integer.parseInt(query.get("start")), Integer.parseInt(query.get("count")));
                case "POST" -> create(request, cluster);
                default -> Response.json(405, "{}");
            };
        }
        if (!path.startsWith(PATH + "/")) {
            return Response.json(404, "{}");
        }
        ObjectNode found = find(path.substring(PATH.length() + 1), cluster);
        if (found == null) {
            return Response.json(400, "{\"error\":\"record not found\"}");
        }
        return switch (request.method()) {
            case "GET" -> Response.json(200, shown(found).toString());
            case "PATCH" -> update(request, found);
            case "DELETE" -> {
                secrets.remove(found);
                yield Response.json(200, shown(found).toString());
            }
            default -> Response.json(405, "{}");
        };
    }

    private static Map<String, String> query(Request request) {
        String query = Objects.requireNonNullElse(request.uri().getQuery(), "");
        return Arrays.stream(query.split("&"))
                .filter(part -> part.contains("="))
                .collect(Collectors.toMap(
                        part -> part.substring(0, part.indexOf('=')), part -> part.substring(part.indexOf('=') + 1)));
    }

    ObjectNode find(String name, String cluster) {
        return secrets.stream()
                .filter(secret -> secret.path("name").textValue().equals(name)
                        && secret.path("cluster").path("name").textValue().equals(cluster))
                .findFirst()
                .orElse(null);
    }

    private Response list(int start, int count) {
        ObjectNode list = Json.object().put("start", start).put("count", count).put("total", secrets.size());
        list.putArray("items")
                .addAll(secrets.stream()
                        .skip(start)
                        .limit(count)
                        .map(BentoCloudDouble::shown)
                        .toList());
        return Response.json(200, list.toString());
    }

    private Response create(Request request, String cluster) {
        ObjectNode body = object(request);
        if (body == null
                || !hasOnly(body, Set.of("name", "description", "content"))
                || !isContent(body.path("content"))) {
            return Response.json(400, request.body());
        }
        if (find(body.path("name").textValue(), cluster) != null) {
            return Response.json(400, "{\"error\":\"exists\"}");
        }
        body.putObject("cluster").put("name", cluster);
        body.put("created_at", "2026-01-02T03:04:05Z").putNull("updated_at");
        secrets.add(body);
        return Response.json(200, shown(body).toString());
    }

    private Response update(Request request, ObjectNode found) {
        ObjectNode body = object(request);
        if (body == null || !hasOnly(body, Set.of("description", "content")) || !isContent(body.path("content"))) {
            return Response.json(400, request.body());
        }
        found.setAll(body);
        return Response.json(200, shown(found).toString());
    }

    private static ObjectNode object(Request request) {
        boolean json = request.header("Content-Type").equals("application/json");
        return json
                        && Json.parse(request.body().getBytes(StandardCharsets.UTF_8))
                                        .orElse(null)
                                instanceof ObjectNode node
                ? node
                : null;
    }

    private static boolean isContent(JsonNode content) {
        boolean files = content.path("type").asText().equals("mountfile");
        boolean right = hasOnly(content, Set.of("type", "items", "path", "stage"))
                && (files || content.path("type").asText().equals("env"))
                && (!files || content.path("path").asText().startsWith("$BENTOML_HOME"))
                && Set.of("build", "runtime", "all")
                        .contains(content.path("stage").asText())
                && !content.path("items").isEmpty();
        for (JsonNode item : content.path("items")) {
            right &= hasOnly(item, Set.of("key", "value", "sub_path"))
                    && item.path("key").isTextual()
                    && item.path("value").isTextual();
        }
        return right;
    }

    private static boolean hasOnly(JsonNode node, Set<String> fields) {
        boolean only = node.isObject();
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            only &= fields.contains(names.next());
        }
        return only;
    }

    /** Returns a secret without its values. */
    private static ObjectNode shown(ObjectNode secret) {
        ObjectNode shown = secret.deepCopy();
        shown.path("content").path("items").forEach(item -> ((ObjectNode) item).remove("value"));
        return shown;
    }
}
