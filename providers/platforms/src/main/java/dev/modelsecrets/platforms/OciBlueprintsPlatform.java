package dev.modelsecrets.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.platforms.PushPlan.Action;
import dev.modelsecrets.platforms.PushPlan.Step;
import dev.modelsecrets.platforms.PushReport.Entry;
import dev.modelsecrets.platforms.PushReport.Outcome;
import dev.modelsecrets.platforms.SecretPlatformException.Effect;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The secrets of OCI AI Blueprints: opaque ones with keys, and logins to container registries, written in batches.
 *
 * <pre>{@code
 * Endpoint endpoint = Endpoint.of(URI.create("https://api.203.0.113.7.nip.io"));
 * try (SecretPlatform oci = OciBlueprintsPlatform.builder(endpoint, "admin", Secret.of(password)).build()) {
 *     PushPlan plan = oci.plan(List.of(WantedSecret.of("my-model", secrets)));
 *     System.out.println(oci.push(plan));
 * }
 * }</pre>
 *
 * <p>The API is that of the document "Secrets in AI Blueprints": {@code GET} and {@code POST /secrets/}, with the token
 * that {@code POST /login/} gives. The platform keeps them as secrets of Kubernetes, so that names are lower case, and
 * writes to its namespace {@code default}, as a {@code POST} cannot name another. Thread-safe.
 */
public final class OciBlueprintsPlatform extends HttpPlatform<OciBlueprintsPlatform.Listed> {

    private static final String SECRETS = "/secrets/";

    private static final String NAMESPACE = "default";

    private static final String REGISTRY_TYPE = "kubernetes.io/dockerconfigjson";

    /** What Kubernetes allows as the name of a secret: a DNS subdomain of RFC 1123. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    /** One secret, as the platform lists it. */
    record Listed(String name, String namespace, String type, Set<String> keys, String created) {}

    private final OciLogin login;
    private final boolean replaceKeys;

    private OciBlueprintsPlatform(Builder builder, PlatformClient client) {
        super("OCI AI Blueprints", Set.of(Capability.KEYS, Capability.CONTAINER_REGISTRY), client);
        this.login = builder.login;
        this.replaceKeys = builder.replaceKeys;
    }

    /**
     * Starts a client that logs in when it is first used.
     *
     * @param endpoint the address of the API, which the stack's application information gives
     * @param username the administrator's name
     * @param password the administrator's password
     * @return a builder, not thread-safe
     */
    public static Builder builder(Endpoint endpoint, String username, Secret password) {
        return new Builder(endpoint, OciLogin.of(username, password));
    }

    /**
     * Starts a client with a token that a login gave.
     *
     * @param endpoint the address of the API, which the stack's application information gives
     * @param token the token
     * @return a builder, not thread-safe
     * @throws IllegalArgumentException if the token is blank, or no HTTP header can carry it
     */
    public static Builder builder(Endpoint endpoint, Secret token) {
        return new Builder(endpoint, OciLogin.of(token));
    }

    @Override
    String place() {
        return "OCI AI Blueprints at " + client.endpoint();
    }

    @Override
    List<Listed> read() {
        return read(SECRETS + "?namespace=" + NAMESPACE);
    }

    /** Lists the secrets of all namespaces. */
    @Override
    public List<PlatformSecret> list() {
        return read(SECRETS).stream().map(this::describe).toList();
    }

    private List<Listed> read(String path) {
        Call call = Call.get(path, "the list of secrets");
        JsonNode answer = client.json(call, login.header(client));
        JsonNode secrets = answer.isArray() ? answer : answer.path("secrets");
        if (!secrets.isArray()) {
            throw client.failures().unlikeDocuments(call, "list of secrets");
        }
        List<Listed> listed = new ArrayList<>();
        for (JsonNode secret : secrets) {
            listed.add(listed(call, secret));
        }
        return listed;
    }

    private Listed listed(Call call, JsonNode secret) {
        String name = Json.text(secret, "name")
                .orElseThrow(() -> client.failures().unlikeDocuments(call, "name for a secret"));
        Set<String> keys = new LinkedHashSet<>();
        secret.path("data_keys").forEach(key -> keys.add(key.asText()));
        return new Listed(
                name,
                Json.text(secret, "namespace").orElse(NAMESPACE),
                Json.text(secret, "type").orElse("Opaque"),
                keys,
                Json.text(secret, "creation_timestamp").orElse(""));
    }

    @Override
    PlatformSecret describe(Listed secret) {
        List<String> details = new ArrayList<>();
        details.add(secret.type);
        if (!secret.created.isEmpty()) {
            details.add("created " + secret.created);
        }
        return new PlatformSecret(secret.name, secret.namespace, secret.keys, details);
    }

    @Override
    public Optional<PlatformSecret> find(String name) {
        Call call = Call.get(SECRETS + SecretDeclarations.checkName(name) + "/", "the secret " + name);
        HttpResponse<byte[]> answer = client.attempt(call, login.header(client));
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw client.failures().status(call, answer);
        }
        JsonNode secret =
                Json.parse(answer.body()).orElseThrow(() -> client.failures().notJson(call));
        return Optional.of(describe(listed(call, secret)));
    }

    @Override
    Step compare(WantedSecret wanted, List<Listed> there, Collection<WantedSecret> allWanted) {
        if (!NAME.matcher(wanted.name()).matches()) {
            return Step.of(
                    wanted,
                    Action.CONFLICT,
                    "its name cannot be one in Kubernetes: lower-case letters, digits, dashes and dots only,"
                            + " and a letter or"
                            + " digit at both ends; keys may have other characters");
        }
        Optional<Listed> same = there.stream()
                .filter(secret -> secret.name.equals(wanted.name()))
                .findFirst();
        if (same.isEmpty()) {
            return Step.of(wanted, Action.CREATE, "");
        }
        Listed found = same.get();
        boolean registry = wanted.kind() == WantedSecret.Kind.CONTAINER_REGISTRY;
        if (registry != found.type.equals(REGISTRY_TYPE)) {
            return Step.of(
                    wanted,
                    Action.CONFLICT,
                    "it is there with the type " + found.type + ", which an update cannot change");
        }
        KeyDifference keys = KeyDifference.of(registry ? Set.of() : found.keys, wanted.keys());
        if (!keys.removed().isEmpty() && !replaceKeys) {
            return Step.of(wanted, Action.CONFLICT, keys.removalProblem("OCI AI Blueprints"));
        }
        String changes =
                keys.changes().stream().filter(change -> !change.isEmpty()).collect(Collectors.joining("; "));
        return changes.isEmpty()
                ? Step.of(wanted, Action.SAME_NAME, "it is there, whether with other values is unknown")
                : Step.of(wanted, Action.UPDATE, changes + "; values are written again");
    }

    /** Sends all secrets as one batch, which the platform carries out one by one. */
    @Override
    List<Entry> write(List<Step> steps, List<Listed> there) {
        if (steps.isEmpty()) {
            return List.of();
        }
        ArrayNode operations = Json.object().putArray("secrets_payload");
        for (Step step : steps) {
            WantedSecret wanted = step.wanted();
            ObjectNode operation = operations
                    .addObject()
                    .put("name", wanted.name())
                    .put("action", step.item().action() == Action.CREATE ? "create" : "update")
                    .put("type", wanted.kind().name().toLowerCase(Locale.ROOT));
            ObjectNode data = operation.putObject("data");
            wanted.values().forEach((key, value) -> data.put(key, value.reveal()));
        }
        try {
            OciBatch batch = send(operations, "the batch of secrets");
            return steps.stream().map(step -> entry(step.wanted(), batch)).toList();
        } catch (SecretPlatformException e) {
            return steps.stream().map(step -> Entry.of(step.wanted(), e)).toList();
        }
    }

    private static Entry entry(WantedSecret wanted, OciBatch batch) {
        return switch (batch.resultOf(wanted.name())) {
            case SUCCESS -> Entry.of(wanted, Outcome.WRITTEN, "in the namespace " + NAMESPACE);
            case FAILURE ->
                Entry.of(wanted, Outcome.FAILED, "the platform reports that it was not written: plan again");
            case MISSING ->
                Entry.of(
                        wanted,
                        Outcome.UNKNOWN,
                        "the answer to the batch does not name it: plan again to see whether it is there");
        };
    }

    /** Sends a batch; an answer of 400 has results too, if the platform got as far as that. */
    private OciBatch send(ArrayNode operations, String subject) {
        ObjectNode body = Json.object();
        body.set("secrets_payload", operations);
        Call call = Call.send("POST", SECRETS, body, Call.Effect.WRITE, subject);
        HttpResponse<byte[]> answer = client.attempt(call, login.header(client));
        Optional<OciBatch> batch = answer.statusCode() == 200 || answer.statusCode() == 400
                ? Json.parse(answer.body()).flatMap(OciBatch::of)
                : Optional.empty();
        if (batch.isPresent()) {
            return batch.get();
        }
        throw answer.statusCode() == 200
                ? client.failures().unlikeDocuments(call, "list of results")
                : client.failures().status(call, answer);
    }

    @Override
    public void delete(String name) {
        ArrayNode operations = Json.object().putArray("secrets_payload");
        // Without a type: the platform's schema forbids one, although an example of its documents has it.
        operations.addObject().put("name", SecretDeclarations.checkName(name)).put("action", "delete");
        if (send(operations, "the secret " + name).resultOf(name) != OciBatch.Result.SUCCESS) {
            throw client.failures().of(Effect.NONE, "did not delete the secret " + name + ": see whether it is there");
        }
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private final Endpoint endpoint;
        private final OciLogin login;
        private boolean replaceKeys;

        private Builder(Endpoint endpoint, OciLogin login) {
            this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
            this.login = login;
        }

        /**
         * Lets a push remove the keys that a secret has on the platform and that are not wanted.
         *
         * @param replaceKeys false, as by default, to report such a secret as a conflict
         * @return this builder
         */
        public Builder replaceKeys(boolean replaceKeys) {
            this.replaceKeys = replaceKeys;
            return this;
        }

        /**
         * Returns the client, which contacts nothing yet.
         *
         * @return a thread-safe client
         */
        public OciBlueprintsPlatform build() {
            return new OciBlueprintsPlatform(this, new PlatformClient("OCI AI Blueprints", endpoint));
        }
    }
}
