package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The resolved secrets of a model: an immutable map from name to value, in declared order.
 *
 * <p>It keeps the whole contract of {@link Map}: {@code get}, {@code getOrDefault}, {@code containsKey} and iteration
 * work as anywhere else, and every method that would change it throws {@link UnsupportedOperationException}. What it
 * does not do is show a value: {@code toString} of the map, its entries and its views gives names only, it is not
 * {@link java.io.Serializable}, and Jackson writes it as that same text. A copy in another map has none of this, nor
 * has a mapper that is told to write a plain {@code Map}. Thread-safe; reading takes no lock.
 */
public final class Secrets extends AbstractMap<String, String> {

    private final NameSet names;
    /** Transient, so that serialisers and printers that go by fields find nothing. */
    private final transient String[] values;

    private final Source[] sources;

    /** Takes ownership of the arrays. */
    Secrets(NameSet names, String[] values, Source[] sources) {
        this.names = names;
        this.values = values;
        this.sources = sources;
    }

    /**
     * Creates secrets from known values, for tests and for code that has them from elsewhere.
     *
     * @param values secret names and values, in the map's order; copied
     * @return the secrets
     * @throws InvalidSecretNameException if a name is not a secret name
     */
    public static Secrets of(Map<String, String> values) {
        Map<String, String> copy = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            String name = NameSet.check(entry.getKey());
            copy.put(name, Objects.requireNonNull(entry.getValue(), name));
        }
        Source[] sources = new Source[copy.size()];
        Arrays.fill(sources, Source.GIVEN);
        return new Secrets(
                new NameSet(copy.keySet().toArray(new String[0])), copy.values().toArray(new String[0]), sources);
    }

    /**
     * Returns the value of a secret that the model declared.
     *
     * @param name the secret's name
     * @return its value
     * @throws MissingSecretsException if it is not among the declared secrets; the message says which are
     */
    public String require(String name) {
        return values[position(name)];
    }

    /**
     * Returns the value of a secret that may not be among the declared ones.
     *
     * @param name the secret's name
     * @return its value; empty if it is not declared
     */
    public Optional<String> find(String name) {
        return Optional.ofNullable(get(name));
    }

    /**
     * Returns some of the secrets, for a part of the model that must not see the others.
     *
     * @param names the names to keep, in the order in which they are to be handed over
     * @return the secrets with these names, each with its source
     * @throws MissingSecretsException if one is not among the declared secrets; the message says which are
     */
    public Secrets subset(String... names) {
        return subset(List.of(names));
    }

    /**
     * Returns some of the secrets, for a part of the model that must not see the others.
     *
     * @param names the names to keep, in the order in which they are to be handed over
     * @return the secrets with these names, each with its source
     * @throws MissingSecretsException if one is not among the declared secrets; the message says which are
     */
    public Secrets subset(Collection<String> names) {
        NameSet kept = new NameSet(new LinkedHashSet<>(names).toArray(new String[0]));
        String[] keptValues = new String[kept.size()];
        Source[] keptSources = new Source[kept.size()];
        for (int i = 0; i < keptValues.length; i++) {
            int position = position(kept.get(i));
            keptValues[i] = values[position];
            keptSources[i] = sources[position];
        }
        return new Secrets(kept, keptValues, keptSources);
    }

    /**
     * Tells where a value came from, for example {@code environment: TRUSS_SECRET_hf_access_token}.
     *
     * @param name the secret's name
     * @return the provider and the place, never the value
     * @throws MissingSecretsException if it is not among the declared secrets; the message says which are
     */
    public String source(String name) {
        return sources[position(name)].describe(name);
    }

    /**
     * Hands the secrets over as a record, each in the type of its component.
     *
     * <p>A component {@code hfAccessToken} takes the secret {@code hfAccessToken} or {@code hf_access_token}; {@link
     * SecretName} decides otherwise. Beware of the record's own {@code toString}, which prints its components: give
     * them the type {@link Secret} where that matters.
     *
     * <p>Text becomes:
     *
     * <ul>
     *   <li>{@code String}, {@link Secret}, {@code char[]}: as it is. All others ignore white space around it;
     *   <li>numbers and {@code boolean}, boxed or not, enums (in any case), {@code URI}, {@code Path}, {@code UUID};
     *   <li>{@code Duration}: {@code 30s}, {@code 1h30m}, {@code 250ms}, {@code 7d}, or ISO 8601 ({@code PT30S});
     *   <li>{@code Instant}: ISO 8601, as in {@code 2026-01-31T12:00:00Z};
     *   <li>{@code byte[]}: base64, standard or URL alphabet, with or without line breaks;
     *   <li>{@code List<String>}: divided by commas, white space around each element ignored;
     *   <li>an {@code Optional} of one of them, or a record of them.
     * </ul>
     *
     * @param type the record
     * @param <R> the record
     * @return the filled record
     * @throws MissingSecretsException if a component's secret is not there
     * @throws SecretsException if a value does not fit; the message names the secret and the type, never the value
     * @throws IllegalArgumentException if the record has a component of another type, or cannot be made
     */
    public <R extends Record> R as(Class<R> type) {
        return RecordBinding.of(type).bind(this);
    }

    /**
     * Returns a redactor for these values, which leaves alone those of fewer than 8 characters.
     *
     * @return a redactor; a WARN names the secrets that are too short
     */
    public Redactor redactor() {
        return redactor(Redactor.DEFAULT_MINIMUM_LENGTH);
    }

    /**
     * Returns a redactor for these values.
     *
     * @param minimumLength how many characters a value must have to be replaced; a short one would hit ordinary words
     * @return a redactor; a WARN names the secrets that are too short
     * @throws IllegalArgumentException if the length is less than 1
     */
    public Redactor redactor(int minimumLength) {
        KnownValues known = new KnownValues();
        known.use(this);
        return known.redactor(minimumLength);
    }

    /**
     * Tells whether a name has nothing but the default of its declaration, which is public.
     *
     * @param name the secret's name
     * @return true if no provider had it; false for a name that is not declared
     */
    public boolean isDefault(String name) {
        int position = names.indexOf(name);
        return position >= 0 && sources[position].isDefault();
    }

    private int position(String name) {
        int position = names.indexOf(Objects.requireNonNull(name, "name"));
        if (position < 0) {
            throw Undeclared.name(name, names);
        }
        return position;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        int position = names.indexOf(name);
        return position < 0 ? null : values[position];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return names.indexOf(name) >= 0;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public Set<String> keySet() {
        return names;
    }

    @Override
    public Collection<String> values() {
        return new Values(this);
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new Entries(this);
    }

    /** Returns the names, never a value. */
    @Override
    @JsonValue
    public String toString() {
        return "Secrets" + names;
    }

    @Override
    public @Nullable String put(String name, String value) {
        throw immutable();
    }

    @Override
    public void putAll(Map<? extends String, ? extends String> values) {
        throw immutable();
    }

    @Override
    public @Nullable String putIfAbsent(String name, String value) {
        throw immutable();
    }

    @Override
    public @Nullable String remove(@Nullable Object name) {
        throw immutable();
    }

    @Override
    public boolean remove(@Nullable Object name, @Nullable Object value) {
        throw immutable();
    }

    @Override
    public @Nullable String replace(String name, String value) {
        throw immutable();
    }

    @Override
    public boolean replace(String name, String oldValue, String newValue) {
        throw immutable();
    }

    @Override
    public void replaceAll(BiFunction<? super String, ? super String, ? extends String> function) {
        throw immutable();
    }

    @Override
    public @Nullable String computeIfAbsent(
            String name, Function<? super String, ? extends @Nullable String> function) {
        throw immutable();
    }

    @Override
    public @Nullable String computeIfPresent(
            String name, BiFunction<? super String, ? super String, ? extends @Nullable String> function) {
        throw immutable();
    }

    @Override
    public @Nullable String compute(
            String name, BiFunction<? super String, ? super @Nullable String, ? extends @Nullable String> function) {
        throw immutable();
    }

    @Override
    public @Nullable String merge(
            String name,
            String value,
            BiFunction<? super String, ? super String, ? extends @Nullable String> function) {
        throw immutable();
    }

    @Override
    public void clear() {
        throw immutable();
    }

    private static UnsupportedOperationException immutable() {
        return new UnsupportedOperationException("secrets are immutable");
    }

    /** The values, which print as the names. */
    private static final class Values extends AbstractCollection<String> {

        private final Secrets secrets;

        Values(Secrets secrets) {
            this.secrets = secrets;
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.asList(secrets.values).iterator();
        }

        @Override
        public int size() {
            return secrets.size();
        }

        @Override
        public boolean add(String added) {
            throw immutable();
        }

        @Override
        public boolean addAll(Collection<? extends String> added) {
            throw immutable();
        }

        @Override
        public boolean remove(@Nullable Object removed) {
            throw immutable();
        }

        @Override
        public boolean removeAll(Collection<?> removed) {
            throw immutable();
        }

        @Override
        public boolean removeIf(Predicate<? super String> filter) {
            throw immutable();
        }

        @Override
        public boolean retainAll(Collection<?> retained) {
            throw immutable();
        }

        @Override
        public void clear() {
            throw immutable();
        }

        @Override
        @JsonValue
        public String toString() {
            return secrets.toString();
        }
    }

    /** The entries, which print as the names. */
    private static final class Entries extends AbstractSet<Map.Entry<String, String>> {

        private final Secrets secrets;

        Entries(Secrets secrets) {
            this.secrets = secrets;
        }

        @Override
        public Iterator<Map.Entry<String, String>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < secrets.size();
                }

                @Override
                public Map.Entry<String, String> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return new Entry(secrets.names.get(next), secrets.values[next++]);
                }
            };
        }

        @Override
        public int size() {
            return secrets.size();
        }

        @Override
        public boolean contains(@Nullable Object other) {
            return other instanceof Map.Entry<?, ?> entry
                    && secrets.containsKey(entry.getKey())
                    && Objects.equals(secrets.get(entry.getKey()), entry.getValue());
        }

        @Override
        public boolean add(Map.Entry<String, String> added) {
            throw immutable();
        }

        @Override
        public boolean addAll(Collection<? extends Map.Entry<String, String>> added) {
            throw immutable();
        }

        @Override
        public boolean remove(@Nullable Object removed) {
            throw immutable();
        }

        @Override
        public boolean removeAll(Collection<?> removed) {
            throw immutable();
        }

        @Override
        public boolean removeIf(Predicate<? super Map.Entry<String, String>> filter) {
            throw immutable();
        }

        @Override
        public boolean retainAll(Collection<?> retained) {
            throw immutable();
        }

        @Override
        public void clear() {
            throw immutable();
        }

        @Override
        @JsonValue
        public String toString() {
            return secrets.toString();
        }
    }

    /** One entry, which prints as its name. */
    @JsonFormat(shape = JsonFormat.Shape.POJO) // else Jackson 3 writes key and value, as of any Map.Entry
    private static final class Entry implements Map.Entry<String, String> {

        private final String name;
        private final transient String value;

        Entry(String name, String value) {
            this.name = name;
            this.value = value;
        }

        @Override
        public String getKey() {
            return name;
        }

        @Override
        public String getValue() {
            return value;
        }

        @Override
        public String setValue(String value) {
            throw immutable();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Map.Entry<?, ?> entry
                    && name.equals(entry.getKey())
                    && value.equals(entry.getValue());
        }

        @Override
        public int hashCode() {
            return name.hashCode() ^ value.hashCode();
        }

        @Override
        @JsonValue
        public String toString() {
            return name;
        }
    }
}
