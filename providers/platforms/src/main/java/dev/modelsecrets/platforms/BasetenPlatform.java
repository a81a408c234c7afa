package dev.modelsecrets.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.platforms.PushPlan.Action;
import dev.modelsecrets.platforms.PushPlan.Step;
import dev.modelsecrets.platforms.PushReport.Entry;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Baseten's secrets, through its management API: one value for each name, for the whole organization or a team.
 *
 * <pre>{@code
 * try (SecretPlatform baseten = BasetenPlatform.builder(Secret.of(apiKey)).team("abc123").build()) {
 *     System.out.println(baseten.push(baseten.plan(secrets)));
 * }
 * }</pre>
 *
 * <p>The API is documented at docs.baseten.co, "Management API": {@code POST /v1/secrets} creates or overwrites, {@code
 * GET /v1/secrets} lists names, teams and dates; below {@code /v1/teams/{id}} the same is done for a team. Baseten
 * takes names that differ in other characters than letters and digits only, such as {@code hf-token} and {@code
 * hf_token}, for one name: a plan reports them as a conflict. Thread-safe.
 */
public final class BasetenPlatform extends HttpPlatform<BasetenPlatform.Listed> {

    /** One secret, as Baseten lists it. */
    record Listed(String name, String team, String created) {}

    private final Header authorization;
    private final @Nullable String team;

    private BasetenPlatform(Builder builder, PlatformClient client) {
        super("Baseten", Set.of(), client);
        this.authorization = builder.authorization;
        this.team = builder.team;
    }

    /**
     * Starts a client.
     *
     * @param apiKey a Baseten API key that may manage secrets
     * @return a builder, not thread-safe
     * @throws IllegalArgumentException if the key is blank, or no HTTP header can carry it
     */
    public static Builder builder(Secret apiKey) {
        return new Builder(Header.of("Authorization", "Api-Key", apiKey));
    }

    private String secrets() {
        return team == null ? "/v1/secrets" : "/v1/teams/" + team + "/secrets";
    }

    @Override
    String place() {
        return "Baseten at " + client.endpoint() + (team == null ? "" : ", team " + team);
    }

    @Override
    List<Listed> read() {
        Call call = Call.get(secrets(), "the list of secrets");
        JsonNode secrets = client.json(call, authorization).path("secrets");
        if (!secrets.isArray()) {
            throw client.failures().unlikeDocuments(call, "list of secrets");
        }
        List<Listed> listed = new ArrayList<>();
        for (JsonNode secret : secrets) {
            String name = Json.text(secret, "name")
                    .orElseThrow(() -> client.failures().unlikeDocuments(call, "name for a secret"));
            listed.add(new Listed(
                    name,
                    Json.text(secret, "team_name").orElse(""),
                    Json.text(secret, "created_at").orElse("")));
        }
        return listed;
    }

    @Override
    PlatformSecret describe(Listed secret) {
        return new PlatformSecret(
                secret.name,
                secret.team,
                Set.of(),
                secret.created.isEmpty() ? List.of() : List.of("created " + secret.created));
    }

    @Override
    public Optional<PlatformSecret> find(String name) {
        SecretDeclarations.checkName(name);
        return list().stream().filter(secret -> secret.name().equals(name)).findFirst();
    }

    @Override
    Step compare(WantedSecret wanted, List<Listed> there, Collection<WantedSecret> allWanted) {
        String name = wanted.name();
        for (WantedSecret other : allWanted) {
            if (!other.name().equals(name) && isOneName(other.name(), name)) {
                return Step.of(wanted, Action.CONFLICT, "Baseten takes it and " + other.name() + " for one name");
            }
        }
        List<Listed> same =
                there.stream().filter(secret -> isOneName(secret.name, name)).toList();
        if (same.isEmpty()) {
            return Step.of(wanted, Action.CREATE, "");
        }
        Listed found = same.get(0);
        if (!found.name.equals(name)) {
            return Step.of(
                    wanted, Action.CONFLICT, "Baseten takes it and " + found.name + ", which is there, for one name");
        }
        if (team == null && there.stream().map(Listed::team).distinct().count() > 1) {
            return Step.of(
                    wanted,
                    Action.CONFLICT,
                    "it is there in the team " + found.team
                            + ", and Baseten writes to your default team: name the team");
        }
        return Step.of(
                wanted,
                Action.SAME_NAME,
                "it is there" + (found.created.isEmpty() ? "" : " since " + found.created)
                        + ", whether with another value is unknown");
    }

    private static boolean isOneName(String one, String other) {
        return one.replaceAll("[^A-Za-z0-9]", "_").equals(other.replaceAll("[^A-Za-z0-9]", "_"));
    }

    @Override
    List<Entry> write(List<Step> steps, List<Listed> there) {
        return oneByOne(steps, this::write);
    }

    private String write(WantedSecret wanted) {
        String value = wanted.values().values().iterator().next().reveal();
        Call call = Call.send(
                "POST",
                secrets(),
                Json.object().put("name", wanted.name()).put("value", value),
                Call.Effect.IDEMPOTENT_WRITE,
                "the secret " + wanted.name());
        JsonNode answer = client.json(call, authorization);
        String written =
                Json.text(answer, "name").orElseThrow(() -> client.failures().unlikeDocuments(call, "name"));
        return (written.equals(wanted.name()) ? "" : "as " + written + " ")
                + Json.text(answer, "team_name")
                        .map(name -> "in the team " + name)
                        .orElse("");
    }

    @Override
    public void delete(String name) {
        client.send(
                Call.delete(secrets() + "/" + SecretDeclarations.checkName(name), "the secret " + name), authorization);
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private final Header authorization;
        private Endpoint endpoint = Endpoint.of(URI.create("https://api.baseten.co"));
        private @Nullable String team;

        private Builder(Header authorization) {
            this.authorization = authorization;
        }

        /**
         * Works on the secrets of one team; without it Baseten writes to the default team of the key's owner.
         *
         * @param id the team's identifier
         * @return this builder
         * @throws IllegalArgumentException if it holds other characters than letters, digits, dashes and underscores
         */
        public Builder team(String id) {
            if (!id.matches("[A-Za-z0-9_-]+")) {
                throw new IllegalArgumentException(
                        "the identifier of a team has letters, digits, dashes and underscores only");
            }
            this.team = id;
            return this;
        }

        /**
         * Goes to another address than {@code https://api.baseten.co}.
         *
         * @param endpoint where the management API answers
         * @return this builder
         */
        public Builder endpoint(Endpoint endpoint) {
            this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
            return this;
        }

        /**
         * Returns the client, which contacts nothing yet.
         *
         * @return a thread-safe client
         */
        public BasetenPlatform build() {
            return new BasetenPlatform(this, new PlatformClient("Baseten", endpoint));
        }

        BasetenPlatform build(PlatformClient client) {
            return new BasetenPlatform(this, client);
        }
    }
}
