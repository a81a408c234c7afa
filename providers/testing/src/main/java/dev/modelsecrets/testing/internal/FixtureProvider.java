package dev.modelsecrets.testing.internal;

import dev.modelsecrets.DelegatingSecretProvider;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fixtures of one test as a provider, whose values and health the test may change. Thread-safe. */
public final class FixtureProvider implements SecretProvider {

    /** How a fixture is added where there is no annotation. */
    public static final String BUILDER_REMEDY = "FixtureSecrets.builder().secret(\"%s\", \"...\")";

    /** How a fixture is added in a JUnit test. */
    public static final String ANNOTATION_REMEDY = "@SecretFixture(name = \"%s\", value = \"...\")";

    private final String remedy;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    // Each map is replaced as a whole, so that a find sees one state.
    private transient volatile Map<String, Fixture> fixtures;
    private volatile @Nullable Function<String, @Nullable Lookup> outage;

    /**
     * Creates a provider.
     *
     * @param fixtures names, values and where they come from; copied
     * @param remedy how to add one, with a place for the name
     */
    public FixtureProvider(Map<String, Fixture> fixtures, String remedy) {
        this.fixtures = new LinkedHashMap<>(fixtures);
        this.remedy = remedy;
    }

    /** Returns the values of fixtures by name. */
    public static Map<String, String> values(Map<String, Fixture> fixtures) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, Fixture> fixture : fixtures.entrySet()) {
            values.put(fixture.getKey(), fixture.getValue().value);
        }
        return values;
    }

    @Override
    public String name() {
        return "fixtures";
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Function<String, @Nullable Lookup> problem = outage;
        Map<String, Fixture> present = fixtures;
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            Lookup failure = problem == null ? null : problem.apply(name);
            Fixture fixture = present.get(name);
            answers.put(
                    name,
                    failure != null
                            ? failure
                            : fixture != null
                                    ? Lookup.found(fixture.value, fixture.place)
                                    : Lookup.absent("have no such secret" + others(present.keySet())));
        }
        return answers;
    }

    private static String others(Set<String> names) {
        return names.isEmpty() ? "; there are none" : "; they have " + String.join(", ", names);
    }

    @Override
    public Optional<String> remedy(String name) {
        return Optional.of(String.format(remedy, name));
    }

    @Override
    public Subscription watch(Set<String> names, Runnable changed) {
        watchers.add(changed);
        return () -> watchers.remove(changed);
    }

    /** Returns a view that announces nothing. */
    public SecretProvider withoutWatch() {
        return new DelegatingSecretProvider(this) {
            @Override
            public Subscription watch(Set<String> names, Runnable changed) {
                return Subscription.none();
            }
        };
    }

    /** Declares the names that have a value by now, all required. */
    public SecretDeclarations declarations() {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, Fixture> fixture : fixtures.entrySet()) {
            if (!fixture.getValue().value.isBlank()) {
                names.add(fixture.getKey());
            }
        }
        return SecretDeclarations.of(names.toArray(new String[0]));
    }

    /** Returns all values by name. */
    public Map<String, String> values() {
        return values(fixtures);
    }

    /** Sets values, all in one step. */
    public void put(Map<String, String> values) {
        synchronized (this) {
            Map<String, Fixture> next = new LinkedHashMap<>(fixtures);
            values.forEach((name, value) -> next.put(name, new Fixture(value, "a rotation in the test")));
            fixtures = next;
        }
        announce();
    }

    /** Removes a value. */
    public void remove(String name) {
        synchronized (this) {
            Map<String, Fixture> next = new LinkedHashMap<>(fixtures);
            next.remove(name);
            fixtures = next;
        }
        announce();
    }

    private void announce() {
        for (Runnable watcher : watchers) {
            watcher.run();
        }
    }

    /** Lets every find fail for which a name gives a failure. */
    public void breakDown(Function<String, @Nullable Lookup> problem) {
        outage = problem;
    }

    /** Ends the outage. */
    public void recover() {
        outage = null;
    }

    @Override
    public String toString() {
        return "fixtures" + fixtures.keySet();
    }

    /** A value and where it was written. A class and not a record, so that no generated method shows the value. */
    public static final class Fixture {

        private final transient String value;
        private final String place;

        /**
         * Creates a fixture.
         *
         * @param value the secret
         * @param place where a person finds it
         */
        public Fixture(String value, String place) {
            this.value = value;
            this.place = place;
        }

        /** Returns the place, never the value. */
        @Override
        public String toString() {
            return place;
        }
    }
}
