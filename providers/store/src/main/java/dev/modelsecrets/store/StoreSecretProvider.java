package dev.modelsecrets.store;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.store.internal.Json;
import dev.modelsecrets.store.internal.Json.Field;
import dev.modelsecrets.store.internal.Json.Kind;
import dev.modelsecrets.store.internal.Json.MalformedJsonException;
import dev.modelsecrets.store.internal.Json.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets models resolve from a store: the one way out for its values.
 *
 * <p>Models ask for flat names; a store has secrets with keys. A provider maps one to the other: all keys of a secret
 * under their own names, all keys of a deployment's secrets, single keys under other names, and container registries as
 * the {@code config.json} of Docker. A single name that is mapped wins over keys of whole secrets. Immutable and
 * thread-safe; the store is read anew by each {@code find}, all names from one state of it.
 */
public final class StoreSecretProvider implements SecretProvider {

    /** The name that Kubernetes gives the {@code config.json} of Docker. */
    private static final String DOCKER_CONFIG = ".dockerconfigjson";

    private static final String NAME = "store";
    private static final String TRIPLES = "recipe_environment_secrets";

    private final SecretStore store;
    private final Map<String, Reference> references;
    private final Map<String, List<String>> dockerConfigs;
    private final Set<String> secrets;
    private final Set<String> deployments;

    private StoreSecretProvider(Builder builder) {
        this.store = builder.store;
        this.references = Map.copyOf(builder.references);
        this.dockerConfigs = Map.copyOf(builder.dockerConfigs);
        this.secrets = new LinkedHashSet<>(builder.secrets);
        this.deployments = new LinkedHashSet<>(builder.deployments);
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
     * Decrypts the values of the names that the store has.
     *
     * @throws SecretProviderException if the store cannot be opened, or two of its secrets claim the same name
     */
    @Override
    public Map<String, Lookup> find(Set<String> names) {
        for (String name : names) {
            SecretDeclarations.checkName(name);
        }
        try {
            return store.readValues(transaction -> {
                Map<String, Lookup> answers = new HashMap<>();
                List<SecretMetadata> whole = whole(transaction);
                for (String name : names) {
                    answers.put(name, lookup(name, transaction, whole));
                }
                return answers;
            });
        } catch (SecretStoreException e) {
            throw new SecretProviderException(NAME, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<String> remedy(String name) {
        Reference reference = references.get(name);
        if (reference != null) {
            return Optional.of("put the key " + reference.key + " into the secret " + reference.secret + " of the "
                    + store.location());
        }
        return secrets.isEmpty()
                ? Optional.empty()
                : Optional.of("put the key " + name + " into the secret "
                        + secrets.iterator().next() + " of the " + store.location());
    }

    /** The secrets whose keys are all handed out under their own names. */
    private List<SecretMetadata> whole(SecretStore.Transaction transaction) {
        List<SecretMetadata> whole = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(secrets);
        if (!deployments.isEmpty()) {
            for (String name : transaction.names()) {
                if (transaction.metadata(name).filter(this::isDeployed).isPresent()) {
                    names.add(name);
                }
            }
        }
        for (String name : names) {
            transaction.metadata(name).ifPresent(whole::add);
        }
        return whole;
    }

    private boolean isDeployed(SecretMetadata secret) {
        // What a deployment pulls its images with is not for its model: four keys of such a common name.
        return secret.type() == SecretType.OPAQUE && deployments.stream().anyMatch(secret::isAttachedTo);
    }

    private Lookup lookup(String name, SecretStore.Transaction transaction, List<SecretMetadata> whole) {
        Reference reference = references.get(name);
        if (reference != null) {
            return lookup(reference, transaction);
        }
        List<String> registries = dockerConfigs.get(name);
        if (registries != null) {
            return dockerConfig(registries, transaction);
        }
        @Nullable String value = null;
        @Nullable SecretMetadata owner = null;
        for (SecretMetadata secret : whole) {
            if (secret.keys().contains(name)) {
                String candidate = transaction.value(secret.name(), name);
                if (owner != null && !candidate.equals(value)) {
                    throw new SecretStoreException("the secrets " + owner.name() + " and " + secret.name() + " of the "
                            + store.location() + " have different values for the key " + name
                            + "; map the name to one of them");
                }
                value = owner == null ? candidate : value;
                owner = owner == null ? secret : owner;
            }
        }
        if (owner != null && value != null) {
            return Lookup.found(value, location(owner.name(), name));
        }
        if (name.equals(DOCKER_CONFIG)) {
            List<String> found = whole.stream()
                    .filter(secret -> secret.type() == SecretType.CONTAINER_REGISTRY)
                    .map(SecretMetadata::name)
                    .toList();
            if (!found.isEmpty()) {
                return dockerConfig(found, transaction);
            }
        }
        return Lookup.absent(() -> absence(whole));
    }

    private String absence(List<SecretMetadata> whole) {
        List<String> missing = new ArrayList<>(secrets);
        whole.forEach(secret -> missing.remove(secret.name()));
        if (!missing.isEmpty()) {
            return "the " + store.location() + " has no secret " + String.join(", ", missing);
        }
        if (whole.isEmpty()) {
            return deployments.isEmpty()
                    ? "maps no such name to the " + store.location()
                    : "deployment " + String.join(", ", deployments) + " has no secrets attached in the "
                            + store.location();
        }
        return "no such key in the secret "
                + String.join(", ", whole.stream().map(SecretMetadata::name).toList()) + " of the " + store.location();
    }

    private Lookup lookup(Reference reference, SecretStore.Transaction transaction) {
        Optional<SecretMetadata> secret = transaction.metadata(reference.secret);
        if (secret.isEmpty()) {
            return Lookup.absent("the " + store.location() + " has no secret " + reference.secret);
        }
        if (!secret.get().keys().contains(reference.key)) {
            return Lookup.absent(
                    "the secret " + reference.secret + " of the " + store.location() + " has no key " + reference.key);
        }
        return Lookup.found(
                transaction.value(reference.secret, reference.key), location(reference.secret, reference.key));
    }

    private String location(String secret, String key) {
        return "secret " + secret + ", key " + key + " of the " + store.location();
    }

    /** Writes the document that Docker keeps in {@code config.json}, and Kubernetes in a pull secret. */
    private Lookup dockerConfig(List<String> registries, SecretStore.Transaction transaction) {
        Map<String, String> owners = new LinkedHashMap<>();
        for (String secret : registries) {
            Optional<SecretMetadata> found = transaction.metadata(secret);
            if (found.isEmpty()) {
                return Lookup.absent("the " + store.location() + " has no secret " + secret);
            }
            if (found.get().type() != SecretType.CONTAINER_REGISTRY) {
                throw new SecretStoreException("the secret " + secret + " of the " + store.location()
                        + " is not a container_registry secret, so that it makes no Docker config.json");
            }
            String other = owners.putIfAbsent(transaction.value(secret, "registry_server"), secret);
            if (other != null) {
                throw new SecretStoreException("the secrets " + other + " and " + secret + " of the " + store.location()
                        + " are for the same registry");
            }
        }
        String document = Json.write(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("auths");
            for (Map.Entry<String, String> entry : owners.entrySet()) {
                String secret = entry.getValue();
                String username = transaction.value(secret, "username");
                String password = transaction.value(secret, "password");
                json.writeObjectFieldStart(entry.getKey());
                json.writeStringField("username", username);
                json.writeStringField("password", password);
                json.writeStringField("email", transaction.value(secret, "email"));
                json.writeStringField(
                        "auth",
                        Base64.getEncoder()
                                .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8)));
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        });
        return Lookup.found(
                document,
                "secret " + String.join(", ", registries) + " as Docker config.json, of the " + store.location());
    }

    /** Returns the store, no values. */
    @Override
    public String toString() {
        return "StoreSecretProvider[" + store.location() + "]";
    }

    /** A key of a secret. */
    private record Reference(String secret, String key) {}

    /** Collects what a provider hands out; not thread-safe. */
    public static final class Builder {

        private final SecretStore store;
        private final Map<String, Reference> references = new LinkedHashMap<>();
        private final Map<String, List<String>> dockerConfigs = new LinkedHashMap<>();
        private final Set<String> secrets = new LinkedHashSet<>();
        private final Set<String> deployments = new LinkedHashSet<>();

        private Builder(SecretStore store) {
            this.store = Objects.requireNonNull(store, "store");
        }

        /**
         * Hands out all keys of a secret under their own names. A container registry also has the name {@code
         * .dockerconfigjson}, for Docker's {@code config.json}.
         *
         * @param secret the secret's name; it need not exist yet
         * @return this builder
         */
        public Builder secret(String secret) {
            secrets.add(SecretDeclarations.checkName(secret));
            return this;
        }

        /**
         * Hands out all keys of the opaque secrets that are attached to a deployment, under their own names.
         *
         * @param deployment the deployment's name
         * @return this builder
         */
        public Builder deployment(String deployment) {
            deployments.add(SecretDeclarations.checkName(deployment));
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
            Node list;
            try {
                list = Json.parse(json);
            } catch (MalformedJsonException e) {
                throw invalid(List.of("it " + e.problem()));
            }
            if (list.kind() == Kind.OBJECT) {
                list = list.get(TRIPLES);
            }
            if (list == null || list.kind() != Kind.ARRAY) {
                throw invalid(List.of("it has to be a list, or an object with the list " + TRIPLES));
            }
            List<String> problems = new ArrayList<>();
            Map<String, Reference> found = new LinkedHashMap<>();
            for (int i = 0; i < list.items().size(); i++) {
                readTriple(TRIPLES + "[" + i + "]: ", list.items().get(i), found, problems);
            }
            if (!problems.isEmpty()) {
                throw invalid(problems);
            }
            found.forEach((name, reference) -> map(name, reference.secret, reference.key));
            return this;
        }

        private void readTriple(String at, Node triple, Map<String, Reference> found, List<String> problems) {
            int before = problems.size();
            Map<String, String> values = new HashMap<>();
            for (Field field : triple.fields()) {
                Set<String> known = Set.of("envvar_name", "secret_name", "secret_key");
                if (!known.contains(field.name())) {
                    problems.add(at + "unknown field at " + field.value().place());
                } else if (field.value().kind() != Kind.STRING) {
                    problems.add(at + field.name() + " has to be a string, and is "
                            + field.value().kind().words());
                } else if (!isName(field.value().text())) {
                    problems.add(at + field.name() + " is not a valid name");
                } else if (values.put(field.name(), field.value().text()) != null) {
                    problems.add(at + field.name() + " stands there twice");
                }
            }
            String name = values.get("envvar_name");
            String secret = values.get("secret_name");
            String key = values.get("secret_key");
            if (name != null && secret != null && key != null) {
                if (problems.size() == before && (isClaimed(name) || found.containsKey(name))) {
                    problems.add(at + "envvar_name is mapped already");
                }
                found.put(name, new Reference(secret, key));
            } else if (problems.size() == before) {
                problems.add(at + "envvar_name, secret_name and secret_key are needed");
            }
        }

        private static boolean isName(String text) {
            try {
                SecretDeclarations.checkName(text);
                return true;
            } catch (RuntimeException e) {
                return false;
            }
        }

        private static InvalidSecretException invalid(List<String> problems) {
            return new InvalidSecretException("the document does not map secrets to variables", problems);
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
