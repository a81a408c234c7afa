package dev.modelsecrets.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.LoopbackServer.Request;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * AWS Secrets Manager in memory, for a {@link LoopbackServer}: AWS JSON 1.1 with the field names, error codes and
 * number timestamps of the real one.
 */
final class FakeSecretsManager {

    static final String ACCOUNT = "000000000000";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A secret: its versions, the oldest first, the last of which is current. */
    private static final class Stored {
        final String name;
        final String arn;
        final Map<String, ObjectNode> versions = new LinkedHashMap<>();
        boolean deleted;

        Stored(String name, String account) {
            this.name = name;
            this.arn = "arn:aws:secretsmanager:us-east-1:" + account + ":secret:" + name + "-AbCd12";
        }
    }

    /** A refusal, as AWS words it; {@code __type} is the code. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int status;
        final String code;

        Refused(int status, String code) {
            super(code);
            this.status = status;
            this.code = code;
        }
    }

    private final Map<String, Stored> secrets = new ConcurrentHashMap<>();
    final Map<String, String> refused = new ConcurrentHashMap<>();
    final Set<String> busyOnce = ConcurrentHashMap.newKeySet();
    final Set<String> expiredKeys = ConcurrentHashMap.newKeySet();
    volatile String batchRefused;
    volatile int batchRefusedStatus = 400;
    volatile int pageSize = 20;

    Response handle(Request request) {
        try {
            return answer(request);
        } catch (Refused e) {
            ObjectNode body = JSON.createObjectNode();
            body.put("__type", e.code);
            body.put("Message", "a message that may quote test-sentinel");
            return response(e.status, body);
        } catch (IOException e) {
            return Response.json(400, "{\"__type\": \"SerializationException\"}");
        }
    }

    private synchronized Response answer(Request request) throws IOException {
        checkSignature(request);
        JsonNode body = JSON.readTree(request.body().getBytes(StandardCharsets.UTF_8));
        ObjectNode answer = switch (request.header("X-Amz-Target")) {
            case "secretsmanager.CreateSecret" -> create(body);
            case "secretsmanager.PutSecretValue" -> put(stored(id(body)), body);
            case "secretsmanager.DeleteSecret" -> delete(body);
            case "secretsmanager.GetSecretValue" -> get(body);
            case "secretsmanager.BatchGetSecretValue" -> batch(body);
            default -> throw new Refused(400, "UnknownOperationException");
        };
        return response(200, answer);
    }

    private void checkSignature(Request request) {
        String authorization = request.header("Authorization");
        if (!authorization.matches(
                "AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/us-east-1/secretsmanager/aws4_request, .*")) {
            throw new Refused(400, "InvalidSignatureException");
        }
        String key = authorization.replaceFirst(".*Credential=([^/]+)/.*", "$1");
        if (expiredKeys.contains(key)) {
            throw new Refused(400, "ExpiredTokenException");
        }
    }

    /** Stores a text in another account, where only its ARN leads to it; returns that. */
    synchronized String storeElsewhere(String name, String value) {
        Stored secret = new Stored(name, "999999999999");
        secrets.put(secret.arn, secret);
        put(secret, JSON.createObjectNode().put("SecretString", value));
        return secret.arn;
    }

    private ObjectNode create(JsonNode body) {
        String name = body.path("Name").asText();
        if (secrets.containsKey(name)) {
            throw new Refused(400, "ResourceExistsException");
        }
        Stored secret = new Stored(name, ACCOUNT);
        secrets.put(name, secret);
        return put(secret, body);
    }

    private static ObjectNode put(Stored secret, JsonNode body) {
        String text = body.path("SecretString").asText("x");
        if (text.isEmpty() || text.length() > 65_536) {
            throw new Refused(400, "InvalidParameterException");
        }
        ObjectNode version = JSON.createObjectNode();
        version.put("ARN", secret.arn);
        version.put("Name", secret.name);
        version.put("CreatedDate", 1.760000000123E9);
        for (String field : List.of("SecretString", "SecretBinary")) {
            if (body.has(field)) {
                version.set(field, body.get(field));
            }
        }
        String id = body.path("ClientRequestToken").asText(UUID.randomUUID().toString());
        version.put("VersionId", id);
        secret.versions.put(id, version);
        ObjectNode answer = JSON.createObjectNode();
        return answer.put("ARN", secret.arn).put("Name", secret.name).put("VersionId", id);
    }

    private ObjectNode delete(JsonNode body) {
        Stored secret = stored(id(body));
        if (body.path("ForceDeleteWithoutRecovery").asBoolean()) {
            secrets.values().remove(secret);
        }
        secret.deleted = true;
        ObjectNode answer = JSON.createObjectNode();
        return answer.put("ARN", secret.arn).put("Name", secret.name).put("DeletionDate", 1.76E9);
    }

    private ObjectNode get(JsonNode body) {
        return value(
                id(body),
                body.path("VersionId").asText(""),
                body.path("VersionStage").asText("AWSCURRENT"));
    }

    private ObjectNode batch(JsonNode body) {
        if (batchRefused != null) {
            throw new Refused(batchRefusedStatus, batchRefused);
        }
        List<String> ids = new ArrayList<>();
        body.path("SecretIdList").forEach(id -> ids.add(id.asText()));
        if (ids.size() > 20 || ids.isEmpty() || ids.stream().anyMatch(id -> id.contains(" "))) {
            throw new Refused(400, "InvalidParameterException");
        }
        int first = Integer.parseInt(body.path("NextToken").asText("0"));
        int next = Math.min(ids.size(), first + pageSize);
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode values = answer.putArray("SecretValues");
        ArrayNode errors = answer.putArray("Errors");
        for (String id : ids.subList(first, next)) {
            try {
                ObjectNode value = value(id, "", "AWSCURRENT").deepCopy();
                value.putArray("VersionStages").add("AWSCURRENT");
                values.add(value);
            } catch (Refused e) {
                ObjectNode error = errors.addObject();
                error.put("SecretId", id).put("ErrorCode", e.code).put("Message", "may quote test-sentinel");
            }
        }
        if (next < ids.size()) {
            answer.put("NextToken", String.valueOf(next));
        }
        return answer;
    }

    private ObjectNode value(String id, String versionId, String stage) {
        if (id.contains(" ")) {
            throw new Refused(400, "ValidationException");
        }
        if (busyOnce.remove(id)) {
            throw new Refused(500, "InternalServiceError");
        }
        if (refused.containsKey(id)) {
            throw new Refused(400, refused.get(id));
        }
        Stored secret = stored(id);
        if (secret.deleted) {
            throw new Refused(400, "InvalidRequestException");
        }
        List<ObjectNode> versions = new ArrayList<>(secret.versions.values());
        int age = stage.equals("AWSCURRENT") ? 1 : stage.equals("AWSPREVIOUS") ? 2 : 99;
        ObjectNode version = !versionId.isEmpty()
                ? secret.versions.get(versionId)
                : age <= versions.size() ? versions.get(versions.size() - age) : null;
        if (version == null) {
            throw new Refused(400, "ResourceNotFoundException");
        }
        return version;
    }

    private Stored stored(String id) {
        for (Stored secret : secrets.values()) {
            boolean arn = id.equals(secret.arn) || secret.arn.equals(id + "-AbCd12");
            if (arn || (id.equals(secret.name) && secret.arn.contains(ACCOUNT))) {
                return secret;
            }
        }
        throw new Refused(400, "ResourceNotFoundException");
    }

    private static String id(JsonNode body) {
        return body.path("SecretId").asText();
    }

    private static Response response(int status, ObjectNode body) {
        return new Response(status, Map.of("Content-Type", "application/x-amz-json-1.1"), body.toString());
    }
}
