package dev.modelsecrets.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.platforms.PushPlan.Action;
import dev.modelsecrets.platforms.PushPlan.Step;
import dev.modelsecrets.platforms.PushReport.Entry;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * BentoCloud's secrets: each has keys, which become variables or files while images are built, while they run, or both.
 *
 * <pre>{@code
 * Endpoint endpoint = Endpoint.of(URI.create("https://acme.cloud.bentoml.com"));
 * try (SecretPlatform bento = BentoCloudPlatform.builder(endpoint, Secret.of(token)).build()) {
 *     PushPlan plan = bento.plan(List.of(WantedSecret.of("my-model", secrets)));
 *     System.out.println(bento.push(plan));
 * }
 * }</pre>
 *
 * <p>The API is that of the command {@code bentoml secret}: {@code /api/v1/org_secrets}, where a change sends the whole
 * list of keys. Settings that the builder does not name stay as they are on the platform; a new secret becomes
 * variables at run time, as with that command. A deployment sees a new value after a restart, and new keys once it is
 * created again. Thread-safe.
 */
public final class BentoCloudPlatform extends HttpPlatform<BentoSecret> {

    private static final String SECRETS = "/api/v1/org_secrets";

    private static final int PAGE = 100;

    /** When a secret is available. */
    public enum Stage {

        /** While an image is built. */
        BUILD,

        /** While a deployment runs. */
        RUNTIME,

        /** In both. */
        ALL
    }

    private final Header authorization;
    private final @Nullable String cluster;
    private final BentoSettings settings;
    private final boolean replaceKeys;

    private BentoCloudPlatform(Builder builder, PlatformClient client) {
        super("BentoCloud", Set.of(Capability.KEYS), client);
        this.authorization = builder.authorization;
        this.cluster = builder.cluster;
        this.settings = new BentoSettings(builder.type, builder.path, builder.stage, Map.copyOf(builder.subPaths));
        this.replaceKeys = builder.replaceKeys;
    }

    /**
     * Starts a client.
     *
     * @param endpoint the account's own address, such as {@code https://acme.cloud.bentoml.com}
     * @param apiToken an API token of BentoCloud
     * @return a builder, not thread-safe
     * @throws IllegalArgumentException if the token is blank, or no HTTP header can carry it
     */
    public static Builder builder(Endpoint endpoint, Secret apiToken) {
        return new Builder(endpoint, Header.of("X-YATAI-API-TOKEN", "", apiToken));
    }

    @Override
    String place() {
        return "BentoCloud at " + client.endpoint() + (cluster == null ? "" : ", cluster " + cluster);
    }

    @Override
    List<BentoSecret> read() {
        List<BentoSecret> secrets = new ArrayList<>();
        int read = 0;
        while (true) {
            Call call = Call.get(SECRETS + "?count=" + PAGE + "&start=" + read + "&all=true", "the list of secrets");
            JsonNode page = client.json(call, authorization);
            JsonNode items = page.path("items");
            if (!items.isArray()) {
                throw client.failures().unlikeDocuments(call, "list of items");
            }
            for (JsonNode item : items) {
                secrets.add(secret(call, item));
            }
            read += items.size();
            if (items.isEmpty() || read >= page.path("total").asInt(read)) {
                return secrets.stream()
                        .filter(secret -> cluster == null || cluster.equals(secret.cluster()))
                        .toList();
            }
        }
    }

    private BentoSecret secret(Call call, JsonNode item) {
        return BentoSecret.of(item)
                .orElseThrow(() -> client.failures().unlikeDocuments(call, "name and keys for a secret"));
    }

    @Override
    PlatformSecret describe(BentoSecret secret) {
        return secret.describe();
    }

    @Override
    public Optional<PlatformSecret> find(String name) {
        Call call = Call.get(SECRETS + "/" + SecretDeclarations.checkName(name) + query(cluster), "the secret " + name);
        HttpResponse<byte[]> answer = client.attempt(call, authorization);
        if (isNotFound(answer)) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw client.failures().status(call, answer);
        }
        JsonNode item =
                Json.parse(answer.body()).orElseThrow(() -> client.failures().notJson(call));
        return Optional.of(secret(call, item).describe());
    }

    /** Tells whether there is no such secret; some versions of the platform say so with 400 and these words. */
    private static boolean isNotFound(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 404
                || (answer.statusCode() == 400
                        && new String(answer.body(), StandardCharsets.UTF_8).contains("record not found"));
    }

    @Override
    Step compare(WantedSecret wanted, List<BentoSecret> there, Collection<WantedSecret> allWanted) {
        List<BentoSecret> same = named(wanted.name(), there);
        if (same.size() > 1) {
            String clusters = same.stream().map(BentoSecret::cluster).collect(Collectors.joining(", "));
            return Step.of(wanted, Action.CONFLICT, "it is there in the clusters " + clusters + ": name the cluster");
        }
        BentoSettings target = settings.over(
                same.isEmpty() ? BentoSettings.DEFAULT : same.get(0).settings());
        Optional<String> problem = target.problem();
        if (problem.isPresent()) {
            return Step.of(wanted, Action.CONFLICT, problem.get());
        }
        if (same.isEmpty()) {
            return Step.of(wanted, Action.CREATE, target.words());
        }
        BentoSecret found = same.get(0);
        KeyDifference keys = KeyDifference.of(found.keys(), wanted.keys());
        if (!keys.removed().isEmpty() && !replaceKeys) {
            return Step.of(wanted, Action.CONFLICT, keys.removalProblem("BentoCloud"));
        }
        String changes = Stream.concat(
                        keys.changes().stream(), target.changes(found.settings(), wanted.keys()).stream())
                .filter(change -> !change.isEmpty())
                .collect(Collectors.joining("; "));
        return changes.isEmpty()
                ? Step.of(wanted, Action.SAME_NAME, "it is there with these keys, whether with other values is unknown")
                : Step.of(wanted, Action.UPDATE, changes + "; values are written again");
    }

    private static List<BentoSecret> named(String name, List<BentoSecret> secrets) {
        return secrets.stream().filter(secret -> secret.name().equals(name)).toList();
    }

    @Override
    List<Entry> write(List<Step> steps, List<BentoSecret> there) {
        return oneByOne(steps, wanted -> write(wanted, there));
    }

    private String write(WantedSecret wanted, List<BentoSecret> there) {
        Optional<BentoSecret> found = named(wanted.name(), there).stream().findFirst();
        BentoSettings target = settings.over(found.map(BentoSecret::settings).orElse(BentoSettings.DEFAULT));
        ObjectNode body = Json.object();
        wanted.description()
                .or(() -> found.map(BentoSecret::description).filter(text -> !text.isEmpty()))
                .ifPresent(text -> body.put("description", text));
        body.set("content", content(wanted, target));
        String subject = "the secret " + wanted.name();
        // Updated in the cluster in which it is, because without one the platform would take its first.
        Call call = found.isEmpty()
                ? Call.send(
                        "POST", SECRETS + query(cluster), body.put("name", wanted.name()), Call.Effect.WRITE, subject)
                : Call.send(
                        "PATCH",
                        SECRETS + "/" + wanted.name() + query(found.get().cluster()),
                        body,
                        Call.Effect.IDEMPOTENT_WRITE,
                        subject);
        BentoSecret written = secret(
                call,
                Json.parse(send(call).body())
                        .orElseThrow(() -> client.failures().notJson(call)));
        return written.cluster().isEmpty() ? "" : "in the cluster " + written.cluster();
    }

    private static ObjectNode content(WantedSecret wanted, BentoSettings target) {
        ObjectNode content = Json.object().put("type", target.type()).put("stage", target.stage());
        if (target.path() != null) {
            content.put("path", target.path());
        }
        ArrayNode items = content.putArray("items");
        wanted.values().forEach((key, value) -> {
            ObjectNode item = items.addObject().put("key", key).put("value", value.reveal());
            String subPath = target.subPaths().get(key);
            if (subPath != null) {
                item.put("sub_path", subPath);
            }
        });
        return content;
    }

    @Override
    public void delete(String name) {
        Call call =
                Call.delete(SECRETS + "/" + SecretDeclarations.checkName(name) + query(cluster), "the secret " + name);
        send(call);
    }

    private HttpResponse<byte[]> send(Call call) {
        HttpResponse<byte[]> answer = client.attempt(call, authorization);
        if (isNotFound(answer)) {
            throw client.failures().notFound(call);
        }
        if (answer.statusCode() != 200) {
            throw client.failures().status(call, answer);
        }
        return answer;
    }

    private static String query(@Nullable String cluster) {
        return cluster == null || cluster.isEmpty()
                ? ""
                : "?cluster=" + URLEncoder.encode(cluster, StandardCharsets.UTF_8);
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private final Endpoint endpoint;
        private final Header authorization;
        private final Map<String, String> subPaths = new LinkedHashMap<>();
        private @Nullable String cluster;
        private @Nullable String type;
        private @Nullable String path;
        private @Nullable String stage;
        private boolean replaceKeys;

        private Builder(Endpoint endpoint, Header authorization) {
            this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
            this.authorization = authorization;
        }

        /**
         * Works on the secrets of one cluster; without it the platform chooses where to create a secret.
         *
         * @param name the cluster's name
         * @return this builder
         */
        public Builder cluster(String name) {
            this.cluster = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Says when the secrets are available.
         *
         * @param stage while an image is built, while it runs, or both
         * @return this builder
         */
        public Builder stage(Stage stage) {
            this.stage = stage.name().toLowerCase(Locale.ROOT);
            return this;
        }

        /**
         * Makes each key a variable.
         *
         * @return this builder
         */
        public Builder asVariables() {
            this.type = BentoSettings.VARIABLES;
            this.path = null;
            return this;
        }

        /**
         * Makes each key a file in a directory.
         *
         * @param path the directory, {@code $BENTOML_HOME} or below it, such as {@code $BENTOML_HOME/secrets}
         * @return this builder
         * @throws IllegalArgumentException if it lies elsewhere
         */
        public Builder asFiles(String path) {
            if (!path.matches("\\$BENTOML_HOME(/.+)?") || hasParent(path)) {
                throw new IllegalArgumentException("BentoCloud mounts files in $BENTOML_HOME or below it:"
                        + " the path has to begin with $BENTOML_HOME");
            }
            this.type = BentoSettings.FILES;
            this.path = path;
            return this;
        }

        /**
         * Puts one key's file into a directory below that of the others.
         *
         * @param key the key
         * @param subPath the directory, relative to that of {@link #asFiles}
         * @return this builder
         * @throws IllegalArgumentException if it is not a relative path, or leads upwards
         */
        public Builder subPath(String key, String subPath) {
            if (subPath.isBlank() || subPath.startsWith("/") || hasParent(subPath)) {
                throw new IllegalArgumentException(
                        "the sub path of " + key + " has to be relative, and must not lead upwards");
            }
            subPaths.put(SecretDeclarations.checkName(key), subPath);
            return this;
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

        private static boolean hasParent(String path) {
            return List.of(path.split("/")).contains("..");
        }

        /**
         * Returns the client, which contacts nothing yet.
         *
         * @return a thread-safe client
         */
        public BentoCloudPlatform build() {
            return new BentoCloudPlatform(this, new PlatformClient("BentoCloud", endpoint));
        }
    }
}
