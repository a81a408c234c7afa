package dev.modelsecrets;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves declared secret names through an ordered chain of providers: the first one that has a name wins.
 *
 * <p>A provider is asked once a resolve, for the names that are still open; when none is open, later providers are not
 * asked at all. Absent goes on to the next provider; a provider that fails stops the resolution. Nothing is handed over
 * unless every required name has a value. Immutable and thread-safe.
 */
public final class SecretsResolver {

    /** How many different warnings are remembered; messages of a remote store may differ each time. */
    private static final int MOST_WARNINGS = 1_000;

    private final List<SecretProvider> providers;
    private final boolean warnsOfConflicts;
    private final boolean failsOnConflicts;
    private final boolean allowDefaults;
    private final @Nullable AccessPolicy accessPolicy;
    private final @Nullable String model;

    /** Warnings given so far, so that a resolve every few seconds does not repeat them. */
    private final Set<String> warnings;

    private SecretsResolver(List<SecretProvider> providers) {
        this.providers = providers;
        warnsOfConflicts = false;
        failsOnConflicts = false;
        allowDefaults = true;
        accessPolicy = null;
        model = null;
        warnings = new HashSet<>();
    }

    private SecretsResolver(Builder builder) {
        providers = List.copyOf(builder.providers);
        warnsOfConflicts = builder.warnsOfConflicts;
        failsOnConflicts = builder.failsOnConflicts;
        allowDefaults = builder.allowDefaults;
        accessPolicy = builder.accessPolicy;
        model = null;
        warnings = new HashSet<>();
    }

    private SecretsResolver(SecretsResolver other, String model) {
        providers = other.providers;
        warnsOfConflicts = other.warnsOfConflicts;
        failsOnConflicts = other.failsOnConflicts;
        allowDefaults = other.allowDefaults;
        accessPolicy = other.accessPolicy;
        warnings = other.warnings;
        this.model = model;
    }

    /**
     * Creates a resolver with the default options.
     *
     * @param providers the chain, the one that wins first
     * @return the resolver
     */
    public static SecretsResolver of(SecretProvider... providers) {
        return new SecretsResolver(List.of(providers));
    }

    /**
     * Starts a resolver with options.
     *
     * @return a builder without providers; not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a resolver for one model, which the access policy then applies to.
     *
     * @param model the model's name, as in the policy
     * @return a resolver with the same providers and options
     */
    public SecretsResolver forModel(String model) {
        return new SecretsResolver(this, Objects.requireNonNull(model, "model"));
    }

    /**
     * Resolves names that all need a value.
     *
     * @param requiredNames the names, in the order in which they are to be handed over
     * @return the secrets
     * @throws MissingSecretsException if any name has no value; the message lists them all, and what to do
     * @throws SecretProviderException if a provider cannot tell whether it has a secret
     * @throws SecretConflictException if providers disagree and the policy is {@link ConflictPolicy#FAIL}
     * @throws SecretAccessDeniedException if a secret is refused
     * @throws InvalidSecretNameException if a name is not a secret name
     */
    public Secrets resolve(String... requiredNames) {
        return resolve(SecretDeclarations.of(requiredNames));
    }

    /**
     * Resolves declared names, using a declaration's default where no provider has the name.
     *
     * @param declarations the names a model needs
     * @return the secrets
     * @throws MissingSecretsException if any required name has no value; the message lists them all, and what to do
     * @throws SecretProviderException if a provider cannot tell whether it has a secret
     * @throws SecretConflictException if providers disagree and the policy is {@link ConflictPolicy#FAIL}
     * @throws SecretAccessDeniedException if a secret is refused
     */
    public Secrets resolve(SecretDeclarations declarations) {
        return resolve(declarations, null);
    }

    Secrets resolve(SecretDeclarations declarations, @Nullable List<Optional<Object>> versions) {
        checkAccess(declarations);
        return new Resolution(this, declarations).resolve(versions);
    }

    /**
     * Resolves what a record declares and fills it: the record is the one place that names the secrets.
     *
     * @param type the record; see {@link Secrets#as(Class)} for its components
     * @param <R> the record
     * @return the filled record
     * @throws MissingSecretsException if any required name has no value; the message lists them all, and what to do
     * @throws SecretsException if a value does not fit its component, and for all that {@code resolve} throws
     * @throws IllegalArgumentException if the record has a component of a type that no secret can become
     */
    public <R extends Record> R resolve(Class<R> type) {
        return resolve(SecretDeclarations.of(type)).as(type);
    }

    /**
     * Resolves now, and again at each interval, on a daemon thread of its own.
     *
     * @param declarations the names a model needs
     * @param interval how long to wait between looks; zero to look only when a provider announces a change and when
     *     {@link RefreshingSecrets#refresh()} is called
     * @return the secrets; close them to end the thread
     * @throws SecretsException for all that {@code resolve} throws: the first look must succeed
     * @throws IllegalArgumentException if the interval is negative
     */
    public RefreshingSecrets refreshing(SecretDeclarations declarations, Duration interval) {
        return refreshing(declarations, interval, InstantSource.system());
    }

    /**
     * Does the same with a clock of one's own, for tests: it is what {@link RefreshingSecrets#age()} goes by.
     *
     * @param declarations the names a model needs
     * @param interval how long to wait between looks, in real time; zero to look only when told
     * @param clock tells the time for the age
     * @return the secrets; close them to end the thread
     * @throws SecretsException for all that {@code resolve} throws: the first look must succeed
     * @throws IllegalArgumentException if the interval is negative
     */
    public RefreshingSecrets refreshing(SecretDeclarations declarations, Duration interval, InstantSource clock) {
        return new RefreshingSecrets(this, declarations, interval, clock);
    }

    private String modelUnderPolicy() {
        if (model == null) {
            throw new IllegalStateException(
                    "this resolver has an access policy: say which model asks, with forModel(..)");
        }
        return model;
    }

    /**
     * Does nothing if the policy lets the model see all of them.
     *
     * @throws SecretAccessDeniedException if not
     */
    void checkAccess(SecretDeclarations declarations) {
        if (accessPolicy != null) {
            accessPolicy.check(modelUnderPolicy(), declarations.names());
        }
    }

    /** Tells whether the policy lets the model see a secret. */
    boolean allows(String name) {
        return accessPolicy == null || accessPolicy.allows(modelUnderPolicy(), name);
    }

    /**
     * Asks every provider for every declared name and reports what each one says, without any value.
     *
     * <p>Unlike {@code resolve} it does not stop at the first provider that has a name, and a failing provider is a
     * verdict in the report instead of an exception.
     *
     * @param declarations the names a model needs
     * @return the report; its {@code toString} is a table for people
     */
    public ResolutionReport explain(SecretDeclarations declarations) {
        return Explanation.explain(this, declarations);
    }

    List<SecretProvider> providers() {
        return providers;
    }

    /** Tells whether every provider is asked for every name. */
    boolean looksForConflicts() {
        return warnsOfConflicts || failsOnConflicts;
    }

    boolean warnsOfConflicts() {
        return warnsOfConflicts;
    }

    boolean failsOnConflicts() {
        return failsOnConflicts;
    }

    boolean allowsDefaults() {
        return allowDefaults;
    }

    void warnOnce(String message) {
        synchronized (warnings) {
            if (warnings.size() == MOST_WARNINGS) {
                warnings.clear();
            }
            if (!warnings.add(message)) {
                return;
            }
        }
        Log.warn(message);
    }

    /** Returns the names of the providers, in order. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("SecretsResolver[");
        for (SecretProvider provider : providers) {
            text.append(text.charAt(text.length() - 1) == '[' ? "" : ", ").append(provider.name());
        }
        return text.append(']').toString();
    }

    /** Collects the chain and the options of a resolver; not thread-safe. */
    public static final class Builder {

        private final List<SecretProvider> providers = new ArrayList<>();
        private boolean warnsOfConflicts;
        private boolean failsOnConflicts;
        private boolean allowDefaults = true;
        private @Nullable AccessPolicy accessPolicy;

        private Builder() {}

        /**
         * Adds a provider at the end of the chain.
         *
         * @param provider the provider to ask after those added before
         * @return this builder
         */
        public Builder provider(SecretProvider provider) {
            providers.add(Objects.requireNonNull(provider, "provider"));
            return this;
        }

        /**
         * Adds providers at the end of the chain.
         *
         * @param providers the providers, in order
         * @return this builder
         */
        public Builder providers(Collection<? extends SecretProvider> providers) {
            for (SecretProvider provider : providers) {
                provider(provider);
            }
            return this;
        }

        /**
         * Sets what to do when providers hold different values for one name; {@link ConflictPolicy#IGNORE} by default.
         *
         * @param policy ignore, warn or fail
         * @return this builder
         */
        public Builder conflicts(ConflictPolicy policy) {
            warnsOfConflicts = Objects.requireNonNull(policy, "policy") == ConflictPolicy.WARN;
            failsOnConflicts = policy == ConflictPolicy.FAIL;
            return this;
        }

        /**
         * Sets whether defaults of declarations may stand in for missing secrets; true by default.
         *
         * @param allow false to report such secrets as missing, for example in production
         * @return this builder
         */
        public Builder allowDefaults(boolean allow) {
            allowDefaults = allow;
            return this;
        }

        /**
         * Sets which model may see which secret; by default there is no such limit.
         *
         * <p>A resolver with a policy hands nothing over until {@link SecretsResolver#forModel} says which model asks.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder accessPolicy(AccessPolicy policy) {
            accessPolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Builds the resolver.
         *
         * @return an immutable resolver
         */
        public SecretsResolver build() {
            return new SecretsResolver(this);
        }
    }
}
