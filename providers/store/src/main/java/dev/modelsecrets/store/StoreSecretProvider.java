package dev.modelsecrets.store;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.store.EnvironmentSecrets.Reference;
import dev.modelsecrets.store.internal.Json.MalformedJsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets models resolve from a store: the one way out for its values.
 *
 * <pre>{@code
 * store.put("hf_access_token", token);
 * Secrets secrets = SecretsResolver.of(StoreSecretProvider.of(store)).resolve("hf_access_token");
 * }</pre>
 *
 * <p>Models ask for flat names; a store has secrets with keys. A provider maps one to the other: secrets that are a
 * single value under their own names, keys as {@code <secret>.<key>}, all keys of a secret or of a deployment's secrets
 * under theirs, single keys under other names, the keys of a stored JSON text, and container registries as the {@code
 * config.json} of Docker. A name that is mapped by itself wins over the others. Immutable and thread-safe; all names of
 * a {@code find} come from one state of the store, which is not read again while its file is unchanged.
 */
public final class StoreSecretProvider implements SecretProvider {

    private static final String NAME = "store";

    private final SecretStore store;
    private final boolean all;
    private final Map<String, Reference> references;
    private final Map<String, List<String>> dockerConfigs;
    private final Set<String> secrets;
    private final Set<String> deployments;
    private final Set<Reference> documents;

    private StoreSecretProvider(Builder builder) {
        this.store = builder.store;
        this.all = builder.all;
        this.references = Map.copyOf(builder.references);
        this.dockerConfigs = Map.copyOf(builder.dockerConfigs);
        this.secrets = new LinkedHashSet<>(builder.secrets);
        this.deployments = new LinkedHashSet<>(builder.deployments);
        this.documents = new LinkedHashSet<>(builder.documents);
    }

    /**
     * Creates a provider for all secrets: one that is a single value has its own name, as in Baseten, and each key has
     * the name {@code <secret>.<key>}.
     *
     * @param store the store
     * @return a provider
     * @see SecretStore#put(String, String)
     */
    public static StoreSecretProvider of(SecretStore store) {
        return builder(store).all().build();
    }

    /**
     * Creates a provider for the keys of one secret, under their own names.
     *
     * @param store the store
     * @param secret the secret's name
     * @return a provider
     */
    public static StoreSecretProvider ofSecret(SecretStore store, String secret) {
        return builder(store).secret(secret).build();
    }

    /**
     * Creates a provider for the keys of all secrets that are attached to a deployment, under their own names.
     *
     * @param store the store
     * @param deployment the deployment's name
     * @return a provider
     */
    public static StoreSecretProvider ofDeployment(SecretStore store, String deployment) {
        return builder(store).deployment(deployment).build();
    }

    /**
     * Creates a provider for what goes to the variables and files of a deployment, each under the name of its
     * placement.
     *
     * @param store the store
     * @param placements what {@link SecretStore#placements} told
     * @return a provider
     */
    public static StoreSecretProvider ofPlacements(SecretStore store, List<Placement> placements) {
        Builder builder = builder(store);
        for (Placement placement : placements) {
            if (placement instanceof Placement.Variable variable) {
                builder.map(variable.name(), variable.secret(), variable.key());
            } else if (placement instanceof Placement.File file) {
                builder.map(file.name(), file.secret(), file.key());
            } else if (placement instanceof Placement.DockerConfig config) {
                builder.dockerConfig(config.name(), config.secrets().toArray(new String[0]));
            }
        }
        return builder.build();
    }

    /**
     * Starts a provider.
     *
     * @param store the store
     * @return a builder; not thread-safe
     */
    public static Builder builder(SecretStore store) {
        return new Builder(store);
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Decrypts the values of the names that the store has; two different values for one name are a failure of that
     * name.
     *
     * @throws SecretProviderException if the store cannot be opened
     */
    @Override
    public Map<String, Lookup> find(Set<String> names) {
        try {
            return store.readValues(transaction -> {
                Finder finder = new Finder(transaction);
                Map<String, Lookup> answers = new HashMap<>();
                for (String name : names) {
                    answers.put(name, finder.lookup(SecretDeclarations.checkName(name)));
                }
                return answers;
            });
        } catch (SecretStoreException e) {
            throw new SecretProviderException(NAME, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns a token of the state of the store's file, without reading it.
     *
     * @return the token; empty if the store has no such thing, or its file changed in the last seconds
     */
    @Override
    public Optional<Object> version() {
        try {
            return store.version();
        } catch (SecretStoreException e) {
            // The next find says what is wrong.
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> remedy(String name) {
        Reference reference = references.get(name);
        if (reference != null) {
            return Optional.of("put the key " + reference.key() + " into the secret " + reference.secret() + " of the "
                    + store.location());
        }
        if (!secrets.isEmpty()) {
            return Optional.of("put the key " + name + " into the secret "
                    + secrets.iterator().next() + " of the " + store.location());
        }
        return all ? Optional.of("put the secret " + name + " into the " + store.location()) : Optional.empty();
    }

    /** Answers for several names from one state of the store. */
    private final class Finder {

        private final SecretStore.Transaction transaction;

        /** The secrets whose keys are all handed out under their own names. */
        private final List<SecretMetadata> whole = new ArrayList<>();

        Finder(SecretStore.Transaction transaction) {
            this.transaction = transaction;
            Set<String> names = new LinkedHashSet<>(secrets);
            for (String deployment : deployments) {
                for (SecretMetadata secret : transaction.attached(deployment)) {
                    if (secret.isForModel()) {
                        names.add(secret.name());
                    }
                }
            }
            for (String name : names) {
                transaction.metadata(name).ifPresent(whole::add);
            }
        }

        Lookup lookup(String name) {
            Reference reference = references.get(name);
            if (reference != null) {
                return value(reference);
            }
            List<String> registries = dockerConfigs.get(name);
            if (registries != null) {
                return DockerConfig.lookup(registries, transaction, store.location());
            }
            List<Lookup> found = ofKeys(name);
            for (Reference document : documents) {
                ofDocument(document, name).ifPresent(found::add);
            }
            if (found.isEmpty()) {
                found.addAll(ofSecret(name));
            }
            if (found.isEmpty() && all) {
                found.addAll(ofSecretAndKey(name));
            }
            if (found.isEmpty() && name.equals(MountPlan.DOCKER_CONFIG)) {
                ofRegistries().ifPresent(found::add);
            }
            return found.isEmpty() ? Lookup.absent(() -> absence(name)) : onlyOne(name, found);
        }

        private Lookup onlyOne(String name, List<Lookup> found) {
            Lookup first = found.get(0);
            for (Lookup other : found) {
                if (!other.isFound()) {
                    return other;
                }
                if (!other.value().equals(first.value())) {
                    return Lookup.failed(first.location() + " and " + other.location()
                            + " have different values; map the name " + name + " to one of them");
                }
            }
            return first;
        }

        private List<Lookup> ofKeys(String key) {
            List<Lookup> found = new ArrayList<>();
            for (SecretMetadata secret : whole) {
                if (secret.keys().contains(key)) {
                    found.add(found(secret, key));
                }
            }
            return found;
        }

        /** A secret that is a single value has that value under its own name too. */
        private List<Lookup> ofSecret(String name) {
            SecretMetadata secret = single(name);
            Optional<String> key = secret == null ? Optional.empty() : secret.singleKey();
            return secret == null || key.isEmpty() ? List.of() : List.of(found(secret, key.get()));
        }

        private @Nullable SecretMetadata single(String name) {
            if (all) {
                SecretMetadata secret = transaction.metadata(name).orElse(null);
                return secret == null || secret.stage() == SecretStage.BUILD ? null : secret;
            }
            for (SecretMetadata secret : whole) {
                if (secret.name().equals(name)) {
                    return secret;
                }
            }
            return null;
        }

        /** Looks at every dot: names of secrets and of keys may have some of their own. */
        private List<Lookup> ofSecretAndKey(String name) {
            List<Lookup> found = new ArrayList<>();
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                String key = name.substring(dot + 1);
                transaction
                        .metadata(name.substring(0, dot))
                        .filter(secret -> secret.keys().contains(key))
                        .ifPresent(secret -> found.add(found(secret, key)));
            }
            return found;
        }

        private Optional<Lookup> ofDocument(Reference document, String name) {
            Lookup text = value(document);
            if (!text.isFound()) {
                return Optional.empty();
            }
            try {
                return Optional.ofNullable(JsonDocument.values(text.value()).get(name))
                        .map(value -> Lookup.found(value, text.location() + ", " + name));
            } catch (MalformedJsonException e) {
                return Optional.of(Lookup.failed(text.location() + " " + e.problem()));
            }
        }

        private Optional<Lookup> ofRegistries() {
            List<String> registries = whole.stream()
                    .filter(secret -> secret.type() == SecretType.CONTAINER_REGISTRY)
                    .map(SecretMetadata::name)
                    .toList();
            return registries.isEmpty()
                    ? Optional.empty()
                    : Optional.of(DockerConfig.lookup(registries, transaction, store.location()));
        }

        private Lookup value(Reference reference) {
            Optional<SecretMetadata> secret = transaction.metadata(reference.secret());
            if (secret.isEmpty()) {
                return Lookup.absent(() -> "the " + store.location() + " has no secret " + reference.secret()
                        + NearMiss.of(reference.secret(), transaction.names()));
            }
            if (!secret.get().keys().contains(reference.key())) {
                return Lookup.absent("the secret " + reference.secret() + " of the " + store.location()
                        + " has no key " + reference.key()
                        + NearMiss.of(reference.key(), secret.get().keys()));
            }
            return found(secret.get(), reference.key());
        }

        private Lookup found(SecretMetadata secret, String key) {
            String value = transaction.value(secret.name(), key);
            String location = "secret " + secret.name() + ", key " + key + " of the " + store.location();
            @Nullable Instant expires = secret.expires().orElse(null);
            if (expires == null) {
                return Lookup.found(value, location);
            }
            return expires.isAfter(store.now())
                    ? Lookup.found(value, location, expires)
                    : Lookup.found(value, location + " (expired since " + expires + ")");
        }

        /** Says why a name has no value; names that a person may have meant are pointed out. */
        private String absence(String name) {
            Set<String> present = new TreeSet<>();
            whole.forEach(secret -> present.addAll(secret.keys()));
            if (all) {
                present.addAll(transaction.names());
            }
            present.addAll(references.keySet());
            return absenceOfKey(name).orElseGet(() -> reason(name) + NearMiss.of(name, present));
        }

        /** Tells that a name is {@code <secret>.<key>} of a secret that has no such key. */
        private Optional<String> absenceOfKey(String name) {
            for (int dot = name.indexOf('.'); all && dot >= 0; dot = name.indexOf('.', dot + 1)) {
                String secret = name.substring(0, dot);
                if (transaction.metadata(secret).isPresent()) {
                    return Optional.of(value(new Reference(secret, name.substring(dot + 1)))
                            .reason());
                }
            }
            return Optional.empty();
        }

        private String reason(String name) {
            String where = "the " + store.location();
            List<String> missing = new ArrayList<>(secrets);
            whole.forEach(secret -> missing.remove(secret.name()));
            if (!missing.isEmpty()) {
                return where + " has no secret " + String.join(", ", missing);
            }
            if (all) {
                return transaction
                        .metadata(name)
                        .map(secret -> "the secret " + name + " of " + where
                                + (secret.stage() == SecretStage.BUILD
                                        ? " is for stage build only"
                                        : " has several keys and none is called " + SecretMetadata.SINGLE_KEY)
                                + "; ask for " + name + ".<key>")
                        .orElse(where + " has no secret " + name);
            }
            if (whole.isEmpty()) {
                return deployments.isEmpty()
                        ? "maps no such name to " + where
                        : "deployment " + String.join(", ", deployments) + " has no secrets attached in " + where;
            }
            return "no such key in the secret "
                    + String.join(", ", whole.stream().map(SecretMetadata::name).toList()) + " of " + where;
        }
    }

    /** Returns the store, no values. */
    @Override
    public String toString() {
        return "StoreSecretProvider[" + store.location() + "]";
    }

    /** Collects what a provider hands out; not thread-safe. */
    public static final class Builder {

        private final SecretStore store;
        private boolean all;
        private final Map<String, Reference> references = new LinkedHashMap<>();
        private final Map<String, List<String>> dockerConfigs = new LinkedHashMap<>();
        private final Set<String> secrets = new LinkedHashSet<>();
        private final Set<String> deployments = new LinkedHashSet<>();
        private final Set<Reference> documents = new LinkedHashSet<>();

        private Builder(SecretStore store) {
            this.store = Objects.requireNonNull(store, "store");
        }

        /**
         * Hands out all secrets: one with the key {@code value}, or with one key, under its own name, and each key
         * under the name {@code <secret>.<key>}.
         *
         * @return this builder
         */
        public Builder all() {
            this.all = true;
            return this;
        }

        /**
         * Hands out all keys of a secret under their own names, and a single value under the secret's name too. A
         * container registry also has the name {@code .dockerconfigjson}, for Docker's {@code config.json}.
         *
         * @param secret the secret's name; it need not exist yet
         * @return this builder
         */
        public Builder secret(String secret) {
            secrets.add(SecretDeclarations.checkName(secret));
            return this;
        }

        /**
         * Hands out all keys of the opaque secrets that are attached to a deployment, under their own names; those for
         * its build only are left out.
         *
         * @param deployment the deployment's name
         * @return this builder
         */
        public Builder deployment(String deployment) {
            deployments.add(SecretDeclarations.checkName(deployment));
            return this;
        }

        /**
         * Hands out the top-level keys of a JSON object that was stored as one value, such as the file of a service
         * account: by the rules of {@code AUTH_SECRET}.
         *
         * @param secret the secret's name; it need not exist yet
         * @param key the key whose value is the JSON text
         * @return this builder
         */
        public Builder document(String secret, String key) {
            documents.add(new Reference(SecretDeclarations.checkName(secret), SecretDeclarations.checkName(key)));
            return this;
        }

        /**
         * Hands out one key of a secret under another name.
         *
         * @param name the name that models ask for
         * @param secret the secret's name; it need not exist yet
         * @param key the key's name
         * @return this builder
         * @throws IllegalArgumentException if the name is mapped already
         */
        public Builder map(String name, String secret, String key) {
            claim(name);
            references.put(
                    name, new Reference(SecretDeclarations.checkName(secret), SecretDeclarations.checkName(key)));
            return this;
        }

        /**
         * Hands out container registries under a name, as the {@code config.json} of Docker.
         *
         * @param name the name that models ask for
         * @param registries names of secrets of type {@code container_registry}, each for another registry
         * @return this builder
         * @throws IllegalArgumentException if the name is mapped already, or no registry is given
         */
        public Builder dockerConfig(String name, String... registries) {
            if (registries.length == 0) {
                throw new IllegalArgumentException("a Docker config.json needs at least one registry");
            }
            claim(name);
            for (String registry : registries) {
                SecretDeclarations.checkName(registry);
            }
            dockerConfigs.put(name, List.of(registries));
            return this;
        }

        /**
         * Hands out what a blueprint of OCI AI Blueprints maps: a list of objects with {@code envvar_name}, {@code
         * secret_name} and {@code secret_key}.
         *
         * @param json that list, or an object with the field {@code recipe_environment_secrets}; its other fields do
         *     not matter
         * @return this builder
         * @throws InvalidSecretException if it is not such a document; every problem is listed
         */
        public Builder environmentSecrets(String json) {
            EnvironmentSecrets.parse(json, this::isClaimed)
                    .forEach((name, reference) -> map(name, reference.secret(), reference.key()));
            return this;
        }

        private boolean isClaimed(String name) {
            return references.containsKey(name) || dockerConfigs.containsKey(name);
        }

        private void claim(String name) {
            if (isClaimed(SecretDeclarations.checkName(name))) {
                throw new IllegalArgumentException("the name " + name + " is mapped already");
            }
        }

        /**
         * Builds the provider.
         *
         * @return an immutable provider
         */
        public StoreSecretProvider build() {
            return new StoreSecretProvider(this);
        }
    }
}
