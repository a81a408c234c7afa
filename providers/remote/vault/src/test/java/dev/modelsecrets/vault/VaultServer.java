package dev.modelsecrets.vault;

import com.sun.net.httpserver.Headers;
import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.LoopbackServer.Request;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonArray;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * A small Vault: {@code secret/} is a KV engine of version 2, what is mounted is one of version 1; policies, tokens
 * with leases, AppRole and Kubernetes logins. Its clock moves only when it is told to.
 */
final class VaultServer implements AutoCloseable {

    static final String ROOT = "test-root-token";

    final LoopbackServer http;
    final AtomicLong nanos = new AtomicLong(1);

    /** What a login gives: the seconds that a token lives, whether it can be renewed, its policy. */
    volatile long lease = 3600;

    volatile boolean renewable = true;
    volatile String loginPolicy = "root";

    /** Up to 1.16, Vault said "permission denied" to bad tokens too, and nothing else. */
    volatile boolean saysInvalidToken = true;

    volatile boolean sealed;

    /** For how many requests a token of a login does; 0 for any. */
    volatile int uses;

    final LeaseEngine leases = new LeaseEngine(nanos);
    final TransitEngine transit = new TransitEngine();
    private final Map<String, AtomicInteger> usesLeft = new ConcurrentHashMap<>();

    private final Map<String, List<JsonObject>> versioned = new ConcurrentHashMap<>();
    private final Set<String> plainMounts = ConcurrentHashMap.newKeySet();
    private final Map<String, JsonObject> plain = new ConcurrentHashMap<>();
    private final Map<String, JsonObject> policies = new ConcurrentHashMap<>();
    private final Map<String, String> rolePolicies = new ConcurrentHashMap<>();
    private final Map<String, Grant> tokens = new ConcurrentHashMap<>();

    private record Grant(String policy, long expires, boolean renewable) {}

    VaultServer() throws IOException {
        http = LoopbackServer.http(this::handle);
        tokens.put(ROOT, new Grant("root", Long.MAX_VALUE, false));
    }

    VaultServer(SSLContext context) throws IOException {
        http = LoopbackServer.https(context, this::handle);
        tokens.put(ROOT, new Grant("root", Long.MAX_VALUE, false));
    }

    /** Stores the key {@code value} of a secret in {@code secret/}. */
    void put(String secret, String value) {
        JsonObject body = Json.object().add("data", Json.object().add("value", value));
        versioned(new Request("POST", http.address(), new Headers(), ""), secret, body);
    }

    String address() {
        return http.address().toString();
    }

    /** Returns how many requests there were below a path. */
    long requests(String path) {
        return http.requests().stream()
                .filter(request -> request.uri().getPath().startsWith("/v1/" + path))
                .count();
    }

    /** Moves the clock. */
    void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    /** Makes a token. */
    String token(String policy, long leaseSeconds, boolean canRenew) {
        String token = "test-" + UUID.randomUUID();
        long expires = leaseSeconds == 0 ? Long.MAX_VALUE : nanos.get() + TimeUnit.SECONDS.toNanos(leaseSeconds);
        tokens.put(token, new Grant(policy, expires, canRenew));
        return token;
    }

    /** Takes all tokens back but the root's. */
    void revokeAll() {
        tokens.keySet().retainAll(List.of(ROOT));
    }

    private void mark(String path, String name, JsonValue value) {
        List<JsonObject> versions = versioned.get(path);
        versions.get(versions.size() - 1).get("metadata").asObject().set(name, value);
    }

    private synchronized Response handle(Request request) {
        String path = request.uri().getPath().replaceFirst("^/v1/", "");
        JsonObject body = request.body().isEmpty()
                ? new JsonObject()
                : Json.parse(request.body()).asObject();
        if (sealed) {
            return errors(503, "Vault is sealed");
        }
        if (path.matches("auth/[^/]+/login") && body.get("role_id") != null) {
            boolean known = body.getString("role_id", "").equals("test-role")
                    && body.getString("secret_id", "").equals("test-secret-id");
            return known ? login(authMount(path)) : errors(400, "invalid role or secret ID");
        }
        if (path.equals("auth/kubernetes/login")) {
            boolean known = body.getString("role", "").equals("models")
                    && body.getString("jwt", "").startsWith("test-jwt");
            return known ? login(authMount(path)) : errors(403, "permission denied");
        }
        String token = request.header("X-Vault-Token");
        Grant grant = tokens.get(token);
        AtomicInteger left = usesLeft.get(token);
        if (grant == null || grant.expires <= nanos.get() || (left != null && left.getAndDecrement() <= 0)) {
            return saysInvalidToken
                    ? errors(403, "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n")
                    : errors(403, "permission denied");
        }
        if (path.equals("auth/token/lookup-self") || path.equals("auth/token/renew-self")) {
            return grant.policy.equals("no-default")
                    ? errors(403, "permission denied")
                    : own(token, grant, path.endsWith("renew-self"));
        }
        if (!grant.policy.equals("root") && !allowed(grant.policy, path)) {
            return errors(403, "1 error occurred:\n\t* permission denied\n\n");
        }
        return route(request, path, body);
    }

    private Response route(Request request, String path, JsonObject body) {
        if (request.method().equals("DELETE") && path.startsWith("sys/")) {
            return Response.json(204, "");
        }
        if (path.startsWith("sys/policies/acl/")) {
            policies.put(
                    path.substring(17), Json.parse(body.getString("policy", "")).asObject());
            return Response.json(204, "");
        }
        if (path.startsWith("sys/mounts/")) {
            plainMounts.add(path.substring(11));
            return Response.json(204, "");
        }
        if (path.startsWith("sys/auth/")) {
            return Response.json(204, ""); // an AppRole can log in anywhere
        }
        if (path.endsWith("/role/models")) {
            rolePolicies.put(authMount(path), body.getString("token_policies", ""));
            return Response.json(204, "");
        }
        if (path.endsWith("/role-id") || path.endsWith("/secret-id")) {
            JsonObject data = Json.object().add("role_id", "test-role").add("secret_id", "test-secret-id");
            return Response.json(200, Json.object().add("data", data).toString());
        }
        if (path.equals("auth/token/create")) {
            String policy = body.get("policies").asArray().get(0).asString();
            return auth(token(policy, 3600, true), 3600, true);
        }
        if (path.equals("auth/token/revoke")) {
            tokens.remove(body.getString("token", ""));
            return Response.json(204, "");
        }
        if (path.startsWith("transit/")) {
            return transit.call(path.substring("transit/".length()), body);
        }
        if (path.startsWith("database/")) {
            return leases.credentials(path);
        }
        if (path.equals("sys/leases/renew")) {
            return leases.renew(body.getString("lease_id", ""));
        }
        if (path.equals("sys/leases/revoke")) {
            return leases.revoke(body.getString("lease_id", ""));
        }
        if (path.startsWith("sys/internal/ui/mounts/")) {
            String version = plainMounts.contains(path.substring(23)) ? "1" : "2";
            return Response.json(200, "{\"data\":{\"type\":\"kv\",\"options\":{\"version\":\"" + version + "\"}}}");
        }
        if (path.startsWith("secret/data/")) {
            return versioned(request, path.substring(12), body);
        }
        if (path.startsWith("secret/metadata/")) {
            versioned.remove(path.substring(16));
            return Response.json(204, "");
        }
        if (path.startsWith("secret/destroy/")) {
            mark(path.substring(15), "destroyed", Json.TRUE);
            return Response.json(204, "");
        }
        if (path.startsWith("secret/")) {
            return Response.json(
                    404,
                    "{\"request_id\":\"1\",\"data\":null,\"warnings\":[\"Invalid path for a versioned K/V secrets engine."
                            + " See the API docs for the appropriate API endpoints to use.\"],\"auth\":null}");
        }
        if (plainMounts.stream().anyMatch(mount -> path.startsWith(mount + "/"))) {
            return plain(request, path, body);
        }
        return errors(404, "no handler for route \"" + path + "\". route entry not found.");
    }

    private Response versioned(Request request, String path, JsonObject body) {
        if (request.method().equals("DELETE")) {
            mark(path, "deletion_time", Json.value("2026-01-01T00:00:00Z"));
            return Response.json(204, "");
        }
        if (!request.method().equals("GET")) {
            List<JsonObject> versions = versioned.computeIfAbsent(path, ignored -> new ArrayList<>());
            JsonObject metadata = Json.object()
                    .add("created_time", "2026-01-01T00:00:00Z")
                    .add("deletion_time", "")
                    .add("destroyed", false)
                    .add("version", versions.size() + 1);
            versions.add(Json.object().add("data", body.get("data")).add("metadata", metadata));
            return Response.json(200, Json.object().add("data", metadata).toString());
        }
        List<JsonObject> versions = versioned.getOrDefault(path, List.of());
        String query = request.uri().getQuery();
        int version = query == null ? 0 : Integer.parseInt(query.replace("version=", ""));
        int index = version == 0 ? versions.size() : version;
        if (index == 0 || index > versions.size()) {
            return Response.json(404, "{\"errors\":[]}");
        }
        JsonObject found = versions.get(index - 1);
        JsonObject metadata = found.get("metadata").asObject();
        boolean gone = metadata.getBoolean("destroyed", false)
                || !metadata.getString("deletion_time", "").isEmpty();
        JsonValue data = gone ? Json.NULL : found.get("data");
        JsonObject answer = Json.object().add("data", data).add("metadata", metadata);
        return Response.json(
                gone ? 404 : 200,
                Json.object()
                        .add("request_id", "1")
                        .add("renewable", false)
                        .add("data", answer)
                        .toString());
    }

    private Response plain(Request request, String path, JsonObject body) {
        if (!request.method().equals("GET")) {
            plain.put(path, body); // a write replaces all keys
            return Response.json(204, "");
        }
        JsonObject found = plain.get(path);
        return found == null
                ? Response.json(404, "{\"errors\":[]}")
                : Response.json(200, Json.object().add("data", found).toString());
    }

    /** The most specific path of a policy decides: an exact one, else the longest that ends in a star. */
    private boolean allowed(String policy, String path) {
        JsonObject rules = policies.getOrDefault(policy, new JsonObject());
        JsonValue paths = rules.get("path");
        String best = "";
        JsonArray capabilities = new JsonArray();
        for (JsonObject.Member rule : paths == null ? new JsonObject() : paths.asObject()) {
            String name = rule.getName();
            boolean glob = name.endsWith("*") && path.startsWith(name.substring(0, name.length() - 1));
            boolean exact = name.equals(path);
            if (exact || (glob && !best.equals(path) && name.length() > best.length())) {
                best = exact ? path : name;
                capabilities = rule.getValue().asObject().get("capabilities").asArray();
            }
        }
        return capabilities.values().stream()
                .anyMatch(capability -> capability.asString().equals("read"));
    }

    private static String authMount(String path) {
        return path.replaceFirst("^auth/([^/]+)/.*", "$1");
    }

    private Response login(String authMount) {
        String policy = rolePolicies.getOrDefault(authMount, loginPolicy);
        String token = token(policy, lease, renewable);
        if (uses > 0) {
            usesLeft.put(token, new AtomicInteger(uses));
        }
        return auth(token, lease, renewable);
    }

    private Response own(String token, Grant grant, boolean renew) {
        if (!renew) {
            long left =
                    grant.expires == Long.MAX_VALUE ? 0 : TimeUnit.NANOSECONDS.toSeconds(grant.expires - nanos.get());
            JsonObject data = Json.object()
                    .add("ttl", left)
                    .add("renewable", grant.renewable)
                    .add("policies", Json.array("default"));
            return Response.json(200, Json.object().add("data", data).toString());
        }
        if (!grant.renewable) {
            return errors(400, "lease is not renewable");
        }
        tokens.put(token, new Grant(grant.policy, nanos.get() + TimeUnit.SECONDS.toNanos(lease), true));
        return auth(token, lease, true);
    }

    private Response auth(String token, long lease, boolean renewable) {
        JsonObject auth = Json.object()
                .add("client_token", token)
                .add("policies", Json.array("default"))
                .add("lease_duration", lease)
                .add("num_uses", usesLeft.containsKey(token) ? uses : 0)
                .add("renewable", renewable);
        return Response.json(
                200, Json.object().add("renewable", false).add("auth", auth).toString());
    }

    private static Response errors(int status, String error) {
        return Response.json(
                status, Json.object().add("errors", Json.array(error)).toString());
    }

    @Override
    public void close() {
        http.close();
    }
}
