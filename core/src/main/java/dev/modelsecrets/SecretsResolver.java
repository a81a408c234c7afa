package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelsecrets.internal.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Resolves declared secret names through an ordered chain of providers: the first one that has a name wins.
 *
 * <p>A provider is asked once a resolve, for the names that are still open; when none is open, later providers are not
 * asked at all. Absent goes on to the next provider; failed and denied end the search for that name. Nothing is handed
 * over unless every required name has a value. Immutable and thread-safe. Closing it closes its providers.
 *
 * <pre>{@code
 * SecretsResolver resolver = SecretsResolver.of(environment, vault);
 * Secrets secrets = resolver.resolve("hf_access_token", "s3_bucket");
 * String token = secrets.require("hf_access_token");
 * }</pre>
 */
public final class SecretsResolver implements AutoCloseable {

    private final Chain chain;

    private SecretsResolver(Chain chain) {
        this.chain = chain;
    }

    /**
     * Creates a resolver with the default options.
     *
     * @param providers the chain, the one that wins first
     * @return the resolver
     */
    public static SecretsResolver of(SecretProvider... providers) {
        return new SecretsResolver(new Chain(List.of(providers), ConflictPolicy.IGNORE, true, null, null, List.of()));
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
     * Returns a view of this resolver for one model, which the access policy then applies to.
     *
     * <p>A view is for one model for good, so it can be handed to code that must not see the secrets of others. Closing
     * a view has no effect.
     *
     * @param model the model's name, as in the policy
     * @return a resolver with the same providers and options
     * @throws IllegalStateException if this is a view for a model already
     */
    public SecretsResolver forModel(String model) {
        Objects.requireNonNull(model, "model");
        if (chain.model != null) {
            throw new IllegalStateException("this resolver is for the model " + Text.line(chain.model)
                    + " already, and cannot be widened: call forModel on the resolver that was built");
        }
        return new SecretsResolver(chain.forModel(model));
    }

    /**
     * Resolves names that all need a value.
     *
     * @param requiredNames the names, in the order in which they are to be handed over
     * @return the secrets
     * @throws MissingSecretsException if any name has no value; the message lists them all, and what to do
     * @throws SecretProviderException if a secret failed, and none is denied; the message lists missing ones too
     * @throws SecretAccessDeniedException if a secret is denied; the message lists missing and failed ones too
     * @throws SecretConflictException if providers disagree and the policy is {@link ConflictPolicy#FAIL}
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
     * @throws SecretProviderException if a secret failed, and none is denied; the message lists missing ones too
     * @throws SecretAccessDeniedException if a secret is denied; the message lists missing and failed ones too
     * @throws SecretConflictException if providers disagree and the policy is {@link ConflictPolicy#FAIL}
     */
    public Secrets resolve(SecretDeclarations declarations) {
        chain.checkModel();
        Resolution resolution = new Resolution(chain, declarations);
        if (!chain.hasListener()) {
            return resolution.resolve();
        }
        return new Observation(chain, declarations, ResolutionEvent.Kind.RESOLVE, chain::tell)
                .run(resolution, resolution::resolve);
    }

    /**
     * Resolves what a record declares and fills it: the record is the one place that names the secrets.
     *
     * @param type the record; see {@link Secrets#as(Class)} for its components
     * @param <R> the record
     * @return the filled record
     * @throws MissingSecretsException if any required name has no value; the message lists them all, and what to do
     * @throws SecretBindingException if a value does not fit its component, or the record's constructor throws
     * @throws SecretsException for all that {@code resolve} throws
     * @throws IllegalArgumentException if the record has a component of a type that no secret can become
     */
    public <R extends Record> R resolve(Class<R> type) {
        return resolve(SecretDeclarations.of(type)).as(type);
    }

    /**
     * Resolves now, and again at each interval, on a daemon thread of its own.
     *
     * @param declarations the names a model needs
     * @param interval how long to wait between looks, give or take a tenth, so that replicas that start together do not
     *     ask together; zero to look only when a provider announces a change, when a value is about to expire and when
     *     {@link RefreshingSecrets#refresh()} is called
     * @return the secrets; close them to end the thread
     * @throws SecretsException for all that {@code resolve} throws: the first look must succeed
     * @throws IllegalArgumentException if the interval is negative
     */
    public RefreshingSecrets refreshing(SecretDeclarations declarations, Duration interval) {
        return refreshing(declarations, interval, System::nanoTime);
    }

    /**
     * Resolves now and again at each interval, with the monotonic clock of a test: {@link RefreshingSecrets#age()} goes
     * by it, the interval does not.
     *
     * @param declarations the names a model needs
     * @param interval how long to wait between looks, in real time; see {@link #refreshing(SecretDeclarations,
     *     Duration)}
     * @param nanoTime tells the time in nanoseconds, as {@link System#nanoTime()} does; must be thread-safe
     * @return the secrets; close them to end the thread
     * @throws SecretsException for all that {@code resolve} throws: the first look must succeed
     * @throws IllegalArgumentException if the interval is negative
     */
    public RefreshingSecrets refreshing(SecretDeclarations declarations, Duration interval, LongSupplier nanoTime) {
        return new RefreshingSecrets(chain, declarations, interval, Objects.requireNonNull(nanoTime, "nanoTime"));
    }

    /**
     * Resolves names that all need a value, now and again at each interval.
     *
     * @param interval how long to wait between looks; see {@link #refreshing(SecretDeclarations, Duration)}
     * @param requiredNames the names, in the order in which they are to be handed over
     * @return the secrets; close them to end the thread
     * @throws SecretsException for all that {@code resolve} throws: the first look must succeed
     * @throws IllegalArgumentException if the interval is negative
     */
    public RefreshingSecrets refreshing(Duration interval, String... requiredNames) {
        return refreshing(SecretDeclarations.of(requiredNames), interval);
    }

    /**
     * Resolves what a record declares, now and again at each interval; {@code get().as(type)} fills the record.
     *
     * @param type the record; see {@link Secrets#as(Class)} for its components
     * @param interval how long to wait between looks; see {@link #refreshing(SecretDeclarations, Duration)}
     * @return the secrets; close them to end the thread
     * @throws SecretsException for all that {@code resolve} throws: the first look must succeed
     * @throws IllegalArgumentException if the interval is negative, or a component has a type that no secret can become
     */
    public RefreshingSecrets refreshing(Class<? extends Record> type, Duration interval) {
        return refreshing(SecretDeclarations.of(type), interval);
    }

    /**
     * Asks every provider for every declared name and reports what each one says, without any value.
     *
     * <p>Unlike {@code resolve} it does not stop at the first provider that has a name, and a failed or denied secret
     * is a verdict in the report instead of an exception.
     *
     * @param declarations the names a model needs
     * @return the report; its {@code toString} is a table for people
     */
    public ResolutionReport explain(SecretDeclarations declarations) {
        chain.checkModel();
        return Explanation.explain(chain, declarations);
    }

    /**
     * Closes the providers, in the reverse order of the chain; a view made by {@link #forModel} closes nothing.
     *
     * <p>A provider that does not close harms no other one: a WARN names it. Closing twice has no effect on providers
     * that keep the contract of {@link SecretProvider#close()}.
     */
    @Override
    public void close() {
        if (chain.model == null) {
            for (int i = chain.providers.size() - 1; i >= 0; i--) {
                Providers.close(chain.providers.get(i));
            }
        }
    }

    /** Returns the names of the providers, in order. */
    @Override
    @JsonValue
    public String toString() {
        List<String> names = new ArrayList<>();
        for (SecretProvider provider : chain.providers) {
            names.add(Providers.name(provider));
        }
        return "SecretsResolver" + names;
    }

    /** Collects the chain and the options of a resolver; not thread-safe. */
    public static final class Builder {

        private final List<SecretProvider> providers = new ArrayList<>();
        private final List<Consumer<? super ResolutionEvent>> listeners = new ArrayList<>();
        private ConflictPolicy conflicts = ConflictPolicy.IGNORE;
        private boolean allowDefaults = true;
        private @Nullable AccessPolicy accessPolicy;
        private @Nullable Duration deadline;

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
         * <p>Values that differ in one line break at the end are no conflict: a file and a variable that were made from
         * the same Kubernetes secret differ like that.
         *
         * @param policy ignore, warn or fail
         * @return this builder
         */
        public Builder conflicts(ConflictPolicy policy) {
            conflicts = Objects.requireNonNull(policy, "policy");
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
         * Sets how long one resolve may take; by default a provider may take as long as it likes.
         *
         * <p>With a deadline each provider is asked on a daemon thread of its own. One that has not answered in time is
         * interrupted and left behind, and the names it was asked for have failed. {@code explain} gives each provider
         * the whole time.
         *
         * @param deadline the time for all providers together
         * @return this builder
         * @throws IllegalArgumentException if it is zero or negative
         */
        public Builder deadline(Duration deadline) {
            if (deadline.isZero() || deadline.isNegative()) {
                throw new IllegalArgumentException("the deadline must be more than zero");
            }
            this.deadline = deadline;
            return this;
        }

        /**
         * Adds a listener that is told of each resolve and each refresh, for metrics and traces.
         *
         * <p>It runs on the thread that resolves and should be quick. An exception that it throws is ignored, and a
         * WARN names the class.
         *
         * @param listener gets counts and durations, never a value; must be thread-safe
         * @return this builder
         */
        public Builder listener(Consumer<? super ResolutionEvent> listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Builds the resolver.
         *
         * @return an immutable resolver
         */
        public SecretsResolver build() {
            return new SecretsResolver(
                    new Chain(providers, conflicts, allowDefaults, accessPolicy, deadline, listeners));
        }
    }
}
