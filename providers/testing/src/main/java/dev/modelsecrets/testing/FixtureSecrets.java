package dev.modelsecrets.testing;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.testing.internal.FixtureFile;
import dev.modelsecrets.testing.internal.FixtureProvider;
import dev.modelsecrets.testing.internal.FixtureProvider.Fixture;
import dev.modelsecrets.testing.internal.LeakWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Secrets for a test, made without JUnit: what {@link SecretFixture} does for a JUnit test. Immutable and thread-safe.
 */
public final class FixtureSecrets {

    private final Map<String, Fixture> fixtures;

    private FixtureSecrets(Map<String, Fixture> fixtures) {
        this.fixtures = fixtures;
    }

    /**
     * Creates fixtures from a map.
     *
     * @param values secret names and their values; copied
     * @return the fixtures
     * @throws InvalidSecretNameException if a name is not a secret name
     */
    public static FixtureSecrets of(Map<String, String> values) {
        Builder builder = builder();
        for (Map.Entry<String, String> value : values.entrySet()) {
            builder.secret(value.getKey(), value.getValue());
        }
        return builder.build();
    }

    /**
     * Starts fixtures that come from files too.
     *
     * @return an empty builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the secrets that have a value.
     *
     * @return an immutable map in the order in which they were given
     */
    public Secrets secrets() {
        return resolver().resolve(declarations());
    }

    /**
     * Returns a record filled from the fixtures.
     *
     * @param type the record; see {@link Secrets#as(Class)}
     * @param <R> the record
     * @return the filled record
     * @throws dev.modelsecrets.MissingSecretsException if a fixture is missing, with the resolver's own message
     * @throws SecretsException if a value does not fit its component
     */
    public <R extends Record> R as(Class<R> type) {
        return resolver().resolve(type);
    }

    /**
     * Returns a resolver that knows the fixtures and nothing else.
     *
     * @return a resolver with one provider
     */
    public SecretsResolver resolver() {
        return SecretsResolver.of(provider());
    }

    /**
     * Returns a provider of the fixtures, to put into a chain of your own.
     *
     * @return a provider named {@code fixtures}
     */
    public SecretProvider provider() {
        return new FixtureProvider(fixtures, FixtureProvider.BUILDER_REMEDY);
    }

    /**
     * Returns refreshing secrets that look only when {@link RefreshingSecrets#refresh()} is called; see {@link
     * #rotating()} for values that change.
     *
     * @return secrets for code under test; close them to end their thread
     */
    public RefreshingSecrets refreshing() {
        return resolver().refreshing(declarations(), Duration.ZERO);
    }

    /**
     * Returns the fixtures as secrets that a test can rotate.
     *
     * @return rotating secrets that begin with these values; close them
     */
    public RotatingSecrets rotating() {
        return new RotatingSecrets(new FixtureProvider(fixtures, FixtureProvider.BUILDER_REMEDY));
    }

    private SecretDeclarations declarations() {
        return new FixtureProvider(fixtures, FixtureProvider.BUILDER_REMEDY).declarations();
    }

    /** Returns the names, never a value. */
    @Override
    public String toString() {
        return "FixtureSecrets" + fixtures.keySet();
    }

    /** Collects fixtures; what is given by name wins over files, whichever comes first. Not thread-safe. */
    public static final class Builder {

        private final Map<String, Fixture> fromFiles = new LinkedHashMap<>();
        private final Map<String, Fixture> byName = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a secret.
         *
         * @param name the secret's name
         * @param value its value; a blank one makes it absent
         * @return this builder
         * @throws InvalidSecretNameException if it is not a secret name
         * @throws IllegalArgumentException if the name was given before
         */
        public Builder secret(String name, String value) {
            Objects.requireNonNull(value, "value");
            Fixture before = byName.put(SecretDeclarations.checkName(name), new Fixture(value, "FixtureSecrets"));
            if (before != null) {
                throw new IllegalArgumentException("the fixture " + name + " is given twice: remove one");
            }
            return this;
        }

        /**
         * Adds the {@code secrets:} map of a YAML file, read by the rules of {@code ~/.truss/config.yaml}; where two
         * files have a name, the later one wins.
         *
         * @param file the file
         * @return this builder
         * @throws SecretsException if it is not there or not YAML of that shape; the message says line and column
         */
        public Builder file(Path file) {
            fromFiles.putAll(FixtureFile.read(file));
            return this;
        }

        /**
         * Adds the {@code secrets:} map of a YAML file on the class path.
         *
         * @param neighbour a class; the file is looked for in its package, then at the root of the class path
         * @param name the file, such as {@code secrets.yaml}
         * @return this builder
         * @throws SecretsException if it is not there or not YAML of that shape; the message says line and column
         */
        public Builder file(Class<?> neighbour, String name) {
            fromFiles.putAll(FixtureFile.read(neighbour, name));
            return this;
        }

        /**
         * Returns the fixtures.
         *
         * @return immutable fixtures
         */
        public FixtureSecrets build() {
            Map<String, Fixture> fixtures = new LinkedHashMap<>();
            Set<String> names = new LinkedHashSet<>(fromFiles.keySet());
            names.addAll(byName.keySet());
            for (String name : names) {
                fixtures.put(name, byName.getOrDefault(name, fromFiles.get(name)));
            }
            LeakWatch.remember(FixtureProvider.values(fixtures));
            return new FixtureSecrets(fixtures);
        }
    }
}
