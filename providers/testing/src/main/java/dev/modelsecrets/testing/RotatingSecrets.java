package dev.modelsecrets.testing;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.testing.internal.FixtureProvider;
import dev.modelsecrets.testing.internal.LeakWatch;
import dev.modelsecrets.testing.internal.Observer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Secrets that a test rotates, the refreshing secrets that see it, and the clock they go by: no test sleeps.
 *
 * <p>{@link #refreshing()} gives what the code under test takes. When {@link #rotate} returns, they have the new value
 * and their listeners were told; a listener that takes longer than ten seconds is not waited for any longer. Refreshing
 * secrets that a framework builds itself, from {@link #provider()} or {@link #resolver()}, hear of a rotation as from a
 * remote store that pushes: call their {@code refresh()} to be sure that they have seen it. Thread-safe.
 */
public final class RotatingSecrets implements AutoCloseable {

    private final FixtureProvider provider;
    private final ManualClock clock = ManualClock.create();
    private final List<Observer> observers = new CopyOnWriteArrayList<>();

    RotatingSecrets(FixtureProvider provider) {
        this.provider = provider;
    }

    /**
     * Creates secrets with their first values.
     *
     * @param values secret names and their values; copied
     * @return rotating secrets
     * @throws dev.modelsecrets.InvalidSecretNameException if a name is not a secret name
     */
    public static RotatingSecrets of(Map<String, String> values) {
        return FixtureSecrets.of(values).rotating();
    }

    /**
     * Returns refreshing secrets for all names that have a value by now.
     *
     * @return secrets that look when a rotation or {@code refresh()} tells them to; closed with this
     */
    public RefreshingSecrets refreshing() {
        return refreshing(provider.declarations());
    }

    /**
     * Returns refreshing secrets for given declarations.
     *
     * @param declarations the names that the code under test needs
     * @return secrets that look when a rotation or {@code refresh()} tells them to; closed with this
     * @throws dev.modelsecrets.MissingSecretsException if a required name has no value
     */
    public RefreshingSecrets refreshing(SecretDeclarations declarations) {
        // Without a watch: a second refresh, on another thread and a moment later, would make age() unpredictable.
        SecretProvider unwatched = provider.withoutWatch();
        RefreshingSecrets made = SecretsResolver.of(unwatched).refreshing(declarations, Duration.ZERO, clock::nanoTime);
        observers.add(new Observer(made));
        return made;
    }

    /**
     * Gives a secret another value.
     *
     * @param name the secret's name, which may be a new one
     * @param value its value from now on; a blank one makes it absent
     * @throws dev.modelsecrets.InvalidSecretNameException if it is not a secret name
     */
    public void rotate(String name, String value) {
        rotate(Map.of(name, value));
    }

    /**
     * Gives several secrets other values in one step, so that nobody sees half of it.
     *
     * @param values names and their values from now on; other names keep theirs
     * @throws dev.modelsecrets.InvalidSecretNameException if one is not a secret name
     */
    public void rotate(Map<String, String> values) {
        for (String name : values.keySet()) {
            SecretDeclarations.checkName(name);
        }
        LeakWatch.remember(values);
        provider.put(values);
        spread();
    }

    /**
     * Takes a secret away, as when somebody deletes it in the store.
     *
     * @param name the secret's name
     */
    public void remove(String name) {
        provider.remove(name);
        spread();
    }

    private void spread() {
        // Not removeIf, which holds a lock: a listener may rotate meanwhile.
        List<Observer> closed = new ArrayList<>();
        for (Observer observer : observers) {
            if (!observer.refresh()) {
                closed.add(observer);
            }
        }
        observers.removeAll(closed);
    }

    /**
     * Makes every secret a failed one, as in an outage, until {@link #recover()}.
     */
    public void fail() {
        provider.breakDown(name -> Lookup.failed("is down, because the test says so"));
    }

    /**
     * Denies these secrets, as a store whose rights were taken away, until {@link #recover()}.
     *
     * @param names the denied names; none means all
     */
    public void deny(String... names) {
        Set<String> denied = Set.of(names);
        provider.breakDown(name -> denied.isEmpty() || denied.contains(name)
                ? Lookup.denied(name + " is denied, because the test says so")
                : null);
    }

    /** Ends what {@link #fail()} or {@link #deny} began. */
    public void recover() {
        provider.recover();
    }

    /**
     * Returns the clock that the refreshing secrets go by, for tests of their age.
     *
     * @return the clock; it stands still until it is moved
     */
    public ManualClock clock() {
        return clock;
    }

    /**
     * Returns the provider of the present values, which announces each rotation.
     *
     * @return a provider named {@code fixtures}
     */
    public SecretProvider provider() {
        return provider;
    }

    /**
     * Returns a resolver of the present values.
     *
     * @return a resolver with one provider
     */
    public SecretsResolver resolver() {
        return SecretsResolver.of(provider);
    }

    /** Closes all refreshing secrets that came from here. Idempotent. */
    @Override
    public void close() {
        observers.forEach(Observer::close);
        observers.clear();
    }

    /** Returns the names, never a value. */
    @Override
    public String toString() {
        return "RotatingSecrets" + provider.declarations().names();
    }
}
