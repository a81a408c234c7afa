package dev.modelsecrets.spring.config;

import dev.modelsecrets.Secrets;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * The secrets as properties: always those of the newest snapshot, and never a copy of it. Thread-safe.
 *
 * <p>Spring resolves placeholders in whatever a source returns. The sequence that opens one is escaped here, so that a
 * value reaches its user as it was written.
 */
final class SecretsPropertySource extends EnumerablePropertySource<Object> implements OriginLookup<String> {

    private final ApplicationSecrets secrets;

    /** Spring Boot asks for the names at each look for a property, in any source. */
    private volatile @Nullable Names names;

    SecretsPropertySource(String name, ApplicationSecrets secrets) {
        super(name, secrets);
        this.secrets = secrets;
    }

    ApplicationSecrets secrets() {
        return secrets;
    }

    /** Returns the newest snapshot. */
    @Override
    public Secrets getSource() {
        return secrets.refreshing().get();
    }

    @Override
    public @Nullable Object getProperty(String name) {
        String value = getSource().get(name);
        return value == null || value.isBlank() ? null : Placeholders.escape(value);
    }

    @Override
    public String[] getPropertyNames() {
        Secrets snapshot = getSource();
        Names known = names;
        if (known == null || !known.snapshot.refersTo(snapshot)) {
            known = Names.of(snapshot);
            names = known;
        }
        return known.present.clone();
    }

    @Override
    public @Nullable Origin getOrigin(String name) {
        Secrets snapshot = getSource();
        return snapshot.containsKey(name) ? new Place(snapshot.source(name)) : null;
    }

    /** Returns the names, never a value. */
    @Override
    public String toString() {
        return "SecretsPropertySource {name='" + getName() + "', properties=" + secrets + "}";
    }

    /** The names of a snapshot that have a value; weak, so that they keep no old values. */
    private static final class Names {

        private final WeakReference<Secrets> snapshot;
        private final String[] present;

        private Names(Secrets snapshot, String[] present) {
            this.snapshot = new WeakReference<>(snapshot);
            this.present = present;
        }

        static Names of(Secrets snapshot) {
            List<String> present = new ArrayList<>(snapshot.size());
            for (String name : snapshot.keySet()) {
                if (!snapshot.require(name).isBlank()) {
                    present.add(name);
                }
            }
            return new Names(snapshot, present.toArray(new String[0]));
        }
    }

    /** Where a value came from. */
    private record Place(String words) implements Origin {

        @Override
        public String toString() {
            return words;
        }
    }
}
