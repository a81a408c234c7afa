package dev.modelsecrets.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.modelsecrets.remote.testing.LoopbackServer.Request;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets of OCI AI Blueprints as its documents and its JSON schema have them: a login by a form, a token, batches
 * with a status for each operation, 400 if one failed, and the rules of Kubernetes for names.
 */
final class OciDouble implements Function<Request, Response> {

    static final String PASSWORD = "test-password of \u00e4dmin";
    static final String TOKEN = "test-token-of-oci";

    private static final Set<String> REGISTRY = Set.of("registry_server", "username", "password", "email");

    /** What is there in the namespace "default": {@code type} and {@code data} as sent. */
    final Map<String, JsonNode> secrets = new LinkedHashMap<>();

    int logins;

    @Override
    public synchronized Response apply(Request request) {
        String path = request.uri().getPath();
        if (path.equals("/login/") && request.method().equals("POST")) {
            logins++;
            Map<String, String> form = form(request);
            return form.equals(Map.of("username", "admin", "password", PASSWORD))
                    ? Response.json(200, "{\"token\":\"" + TOKEN + "\",\"is_new\":true}")
                    : Response.json(
                            400, "{\"non_field_errors\":[\"" + request.body().length() + "\"]}");
        }
        if (!request.header("Authorization").equals("Token " + TOKEN)) {
            return Response.json(401, "{\"detail\":\"Invalid token.\"}");
        }
        if (path.equals("/secrets/")) {
            return request.method().equals("POST") ? batch(request) : list(request);
        }
        Matcher named = Pattern.compile("/secrets/([^/]+)/").matcher(path);
        return named.matches() && secrets.containsKey(named.group(1))
                ? Response.json(
                        200,
                        describe(named.group(1), "default", secrets.get(named.group(1)))
                                .toString())
                : Response.json(404, "{\"detail\":\"Not found.\"}");
    }

    private static Map<String, String> form(Request request) {
        Map<String, String> form = new LinkedHashMap<>();
        String type = request.header("Content-Type");
        if (type.startsWith("multipart/form-data; boundary=")) {
            Pattern field = Pattern.compile("Content-Disposition: form-data; name=\"(.+?)\"\r\n\r\n(.*?)\r\n--"
                    + Pattern.quote(type.substring(type.indexOf('=') + 1)));
            field.matcher(request.body()).results().forEach(result -> form.put(result.group(1), result.group(2)));
        }
        return form;
    }

    private Response list(Request request) {
        ArrayNode list = Json.object().putArray("list");
        secrets.forEach((name, secret) -> list.add(describe(name, "default", secret)));
        if (request.uri().getQuery() == null) {
            list.add(describe("elsewhere", "kube-system", Json.object().put("type", "opaque")));
        }
        return Response.json(200, list.toString());
    }

    private static ObjectNode describe(String name, String namespace, JsonNode secret) {
        boolean registry = secret.path("type").asText().equals("container_registry");
        ObjectNode shown = Json.object()
                .put("name", name)
                .put("namespace", namespace)
                .put("type", registry ? "kubernetes.io/dockerconfigjson" : "Opaque")
                .put("creation_timestamp", "2026-01-02 03:04 AM UTC");
        ArrayNode keys = shown.putArray("data_keys");
        if (registry) {
            keys.add(".dockerconfigjson");
        } else {
            secret.path("data").fieldNames().forEachRemaining(keys::add);
        }
        return shown;
    }

    private Response batch(Request request) {
        JsonNode body =
                Json.parse(request.body().getBytes(StandardCharsets.UTF_8)).orElse(Json.object());
        if (body.size() != 1 || body.path("secrets_payload").isEmpty()) {
            return Response.json(400, request.body());
        }
        ArrayNode results = Json.object().putArray("results");
        boolean failed = false;
        for (JsonNode operation : body.path("secrets_payload")) {
            boolean done = carryOut(operation);
            failed |= !done;
            results.addObject()
                    .put("action", operation.path("action").asText())
                    .put("name", operation.path("name").asText())
                    .put("namespace", "default")
                    .put("status", done ? "success" : "error")
                    .put("message", operation.toString());
        }
        ObjectNode answer = Json.object().put("operations_processed", results.size());
        answer.set("results", results);
        return Response.json(failed ? 400 : 200, answer.toString());
    }

    private boolean carryOut(JsonNode operation) {
        Set<String> fields = new HashSet<>();
        operation.fieldNames().forEachRemaining(fields::add);
        String name = operation.path("name").asText();
        String action = operation.path("action").asText();
        if (action.equals("delete")) {
            return fields.equals(Set.of("name", "action")) && secrets.remove(name) != null;
        }
        boolean create = action.equals("create");
        boolean valid = (create || action.equals("update"))
                && fields.equals(Set.of("name", "action", "type", "data"))
                && isData(operation.path("type").asText(), operation.path("data"))
                && name.matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
        if (!valid || create == secrets.containsKey(name)) {
            return false;
        }
        secrets.put(name, operation);
        return true;
    }

    private static boolean isData(String type, JsonNode data) {
        Set<String> fields = new HashSet<>();
        boolean texts = data.isObject();
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            fields.add(entry.getKey());
            texts &= entry.getValue().isTextual();
        }
        return texts && (type.equals("opaque") || (type.equals("container_registry") && fields.equals(REGISTRY)));
    }
}
