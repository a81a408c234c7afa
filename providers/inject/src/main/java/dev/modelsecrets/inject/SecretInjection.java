package dev.modelsecrets.inject;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.store.Placement;
import dev.modelsecrets.store.SecretStage;
import dev.modelsecrets.store.SecretStore;
import dev.modelsecrets.store.SecretStoreException;
import dev.modelsecrets.store.StoreSecretProvider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which secret goes where: into which variable of a child process, into which file of a directory.
 *
 * <p>It holds names only. {@link #declarations} says what to resolve for it, and {@link #plan} checks it as a whole
 * against what was resolved. Immutable and thread-safe.
 */
public final class SecretInjection {

    private static final String DOCKER_CONFIG = ".docker/config.json";

    private final List<Variable> variables;
    private final List<File> files;
    private final Set<String> keptInherited;
    private final ArgumentExpansion argumentExpansion;
    private final SecretDeclarations declarations;

    /** Resolves the secrets of a deployment; null where the caller brings resolved ones. */
    private final @Nullable SecretsResolver resolver;

    private SecretInjection(Builder builder, @Nullable SecretsResolver resolver) {
        variables = List.copyOf(builder.variables);
        files = List.copyOf(builder.files);
        keptInherited = Set.copyOf(builder.keptInherited);
        argumentExpansion = builder.argumentExpansion;
        declarations = SecretDeclarations.of(builder.secrets.toArray(new String[0]));
        this.resolver = resolver;
    }

    /**
     * Starts an injection.
     *
     * @return an empty builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Creates the injection of a deployment: everything that is attached to it in a store, for its run time.
     *
     * <p>Secrets that are variables become variables, mounted ones become files below the directory that stands for the
     * store's base directory ({@code $BENTOML_HOME} in BentoCloud), and the container registries become {@code
     * .docker/config.json}, which Docker and its relatives read where {@code DOCKER_CONFIG} is that directory. What is
     * attached later is not followed.
     *
     * <pre>{@code
     * InjectionPlan plan = SecretInjection.ofDeployment(store, "llm").plan();
     * }</pre>
     *
     * @param store the store; the module {@code model-secrets-store} is an optional dependency of this one
     * @param deployment the deployment's name
     * @return an injection with a {@link #plan()} of its own
     * @throws SecretStoreException if the store cannot be read, or the attached secrets do not fit together
     */
    public static SecretInjection ofDeployment(SecretStore store, String deployment) {
        return ofDeployment(store, deployment, SecretStage.RUNTIME);
    }

    /**
     * Creates the injection of a deployment for its build or its run time.
     *
     * @param store the store
     * @param deployment the deployment's name
     * @param stage {@link SecretStage#BUILD} or {@link SecretStage#RUNTIME}; with {@link SecretStage#ALL} both together
     * @return an injection with a {@link #plan()} of its own
     * @throws SecretStoreException if the store cannot be read, or the attached secrets do not fit together
     * @see #ofDeployment(SecretStore, String)
     */
    public static SecretInjection ofDeployment(SecretStore store, String deployment, SecretStage stage) {
        List<Placement> placements = store.placements(deployment, stage);
        Builder builder = builder();
        for (Placement placement : placements) {
            if (placement instanceof Placement.Variable variable) {
                builder.variable(variable.name(), variable.name());
            } else if (placement instanceof Placement.File file) {
                builder.file(file.name(), relative(store.baseDirectory(), file.path()));
            } else {
                builder.file(placement.name(), DOCKER_CONFIG);
            }
        }
        return new SecretInjection(builder, SecretsResolver.of(StoreSecretProvider.ofPlacements(store, placements)));
    }

    private static String relative(String base, String path) {
        return path.substring(base.endsWith("/") ? base.length() : base.length() + 1);
    }

    /**
     * Returns the secrets that this injection names, all of them required.
     *
     * @return the declarations to resolve, in the order in which the secrets were named first
     */
    public SecretDeclarations declarations() {
        return declarations;
    }

    /**
     * Checks everything that can be checked before anything happens.
     *
     * @param secrets the resolved secrets; others than the named ones are not looked at
     * @return a plan that holds the values and can be applied
     * @throws SecretInjectionException if there is any problem: a secret that is not resolved, a variable that cannot
     *     be exported or that would get two values, a path that leads out of the directory or collides with another, a
     *     value that a variable or a file cannot hold. The message lists all problems
     */
    public InjectionPlan plan(Secrets secrets) {
        return new Planner(this, secrets, ChildEnvironment.ofThisMachine()).plan();
    }

    /**
     * Resolves the secrets of a deployment from its store, and checks everything as {@link #plan(Secrets)} does.
     *
     * @return a plan that holds the values and can be applied
     * @throws IllegalStateException if this injection was not made by {@code ofDeployment}
     * @throws SecretInjectionException if there is any problem
     * @throws SecretsException for all that {@link SecretsResolver#resolve(SecretDeclarations)} throws
     */
    public InjectionPlan plan() {
        if (resolver == null) {
            throw new IllegalStateException(
                    "this injection is not that of a deployment: resolve declarations() and" + " call plan(secrets)");
        }
        return plan(resolver.resolve(declarations));
    }

    List<Variable> variables() {
        return variables;
    }

    List<File> files() {
        return files;
    }

    Set<String> keptInherited() {
        return keptInherited;
    }

    ArgumentExpansion argumentExpansion() {
        return argumentExpansion;
    }

    /** Returns the variables and the paths, each with the name of its secret. */
    @Override
    @JsonValue
    public String toString() {
        return "SecretInjection[variables=" + variables + ", files=" + files + "]";
    }

    /** A variable that takes a secret. */
    record Variable(String name, String secret) {

        @Override
        public String toString() {
            return name + "<-" + secret;
        }
    }

    /** A file that takes a secret. */
    record File(String path, String secret) {

        @Override
        public String toString() {
            return path + "<-" + secret;
        }
    }

    /** Collects variables and files in order; not thread-safe. */
    public static final class Builder {

        private final List<Variable> variables = new ArrayList<>();
        private final List<File> files = new ArrayList<>();
        private final Set<String> keptInherited = new LinkedHashSet<>();
        private final Set<String> secrets = new LinkedHashSet<>();
        private ArgumentExpansion argumentExpansion = ArgumentExpansion.OFF;

        private Builder() {}

        /**
         * Gives a secret to a variable of the child process.
         *
         * @param variable the variable's name, {@code [A-Za-z_][A-Za-z0-9_]*}; checked by {@code plan}
         * @param secret the secret's name
         * @return this builder
         * @throws InvalidSecretNameException if it is not a secret name
         */
        public Builder variable(String variable, String secret) {
            variables.add(new Variable(Objects.requireNonNull(variable, "variable"), named(secret)));
            return this;
        }

        /**
         * Gives one key of a secret with several keys to a variable of the child process.
         *
         * <p>The parameters are those of {@code recipe_environment_secrets} in OCI AI Blueprints. The value is that of
         * the resolved secret with the name {@code secretName + "." + secretKey}: {@code hf-secret} and {@code
         * hf-token} mean the secret {@code hf-secret.hf-token}.
         *
         * @param envvarName the variable's name, {@code [A-Za-z_][A-Za-z0-9_]*}; checked by {@code plan}
         * @param secretName the name of the secret that has the key
         * @param secretKey the key
         * @return this builder
         * @throws InvalidSecretNameException if one of them, or both together, is not a secret name
         */
        public Builder variable(String envvarName, String secretName, String secretKey) {
            return variable(envvarName, ofKey(secretName, secretKey));
        }

        private static String ofKey(String secretName, String secretKey) {
            return SecretDeclarations.checkName(secretName) + "." + SecretDeclarations.checkName(secretKey);
        }

        /**
         * Gives secrets to variables of the child process.
         *
         * @param variableToSecret the secret's name for each variable, in the map's order
         * @return this builder
         * @throws InvalidSecretNameException if a value of the map is not a secret name
         */
        public Builder variables(Map<String, String> variableToSecret) {
            variableToSecret.forEach(this::variable);
            return this;
        }

        /**
         * Writes a secret to the file of its name, where {@code MountedSecretProvider} and Truss look for it.
         *
         * @param secret the secret's name
         * @return this builder
         * @throws InvalidSecretNameException if it is not a secret name
         */
        public Builder file(String secret) {
            return file(secret, secret);
        }

        /**
         * Writes a secret to a file below the directory.
         *
         * <p>A path may begin with {@code $BENTOML_HOME/}, as BentoCloud writes it: that is the directory itself.
         *
         * @param secret the secret's name
         * @param path the file, relative to the directory, its segments divided by {@code /}; checked by {@code plan}
         * @return this builder
         * @throws InvalidSecretNameException if it is not a secret name
         */
        public Builder file(String secret, String path) {
            String name = named(secret);
            files.add(new File(Objects.requireNonNull(path, "path").replaceFirst("^\\$BENTOML_HOME/", ""), name));
            return this;
        }

        /**
         * Writes the keys of a secret to files, as BentoCloud mounts a secret: each to {@code directory/<sub
         * path>/<key>}.
         *
         * <p>The value of a key is that of the resolved secret with the name {@code secretName + "." + key}.
         *
         * @param secretName the name of the secret that has the keys
         * @param directory the path of the secret, relative to the directory or below {@code $BENTOML_HOME}; checked by
         *     {@code plan}
         * @param keyToSubPath the sub path of each key, in the map's order; empty for a file in the directory itself
         * @return this builder
         * @throws InvalidSecretNameException if the secret's name or a key, or both together, is not a secret name
         */
        public Builder mount(String secretName, String directory, Map<String, String> keyToSubPath) {
            keyToSubPath.forEach((key, subPath) ->
                    file(ofKey(secretName, key), directory + "/" + (subPath.isEmpty() ? "" : subPath + "/") + key));
            return this;
        }

        /**
         * Lets the child process inherit variables that are withheld from it otherwise.
         *
         * <p>Withheld are {@code AUTH_SECRET} and all variables that start with {@code TRUSS_SECRET_}. All others are
         * inherited anyway.
         *
         * @param variables the names of variables to keep
         * @return this builder
         */
        public Builder keepInherited(String... variables) {
            keptInherited.addAll(List.of(variables));
            return this;
        }

        /**
         * Sets whether {@code $(VAR)} in the arguments of the child process is expanded; by default it is not.
         *
         * <p><strong>Arguments are visible to every user of the machine.</strong>
         *
         * @param expansion off, lenient or strict
         * @return this builder
         */
        public Builder expandArguments(ArgumentExpansion expansion) {
            argumentExpansion = Objects.requireNonNull(expansion, "expansion");
            return this;
        }

        boolean hasVariable(String name) {
            return variables.stream().anyMatch(variable -> variable.name().equals(name));
        }

        private String named(String secret) {
            secrets.add(SecretDeclarations.checkName(secret));
            return secret;
        }

        /**
         * Returns what was said so far.
         *
         * @return an immutable injection
         */
        public SecretInjection build() {
            return new SecretInjection(this, null);
        }
    }
}
