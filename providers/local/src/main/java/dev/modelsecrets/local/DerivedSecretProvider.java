package dev.modelsecrets.local;

import dev.modelsecrets.DelegatingSecretProvider;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Subscription;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decodes, takes apart and puts together what another provider holds, for the names that ask for it.
 *
 * <pre>{@code
 * SecretProvider vault = DerivedSecretProvider.over(vaultProvider)
 *         .base64("tls_key")                                            // as External Secrets decodes
 *         .field("db_password", "db_credentials", "/password")          // one field of a JSON value
 *         .composed("jdbc_url", "jdbc:postgresql://db/app?user={db_user}&password={db_password:url}")
 *         .build();
 * }</pre>
 *
 * <p>All other names are passed on. Base64 is that of RFC 4648, where line breaks are ignored; a field is named by a
 * JSON Pointer (RFC 6901), and is handed over as it is written. What cannot be decoded is a failure, and so is what
 * comes of a failure; absent and denied answers stay what they are.
 *
 * <p>The parts of a composed value have to be declared beside it and to be found here too: then a redactor, which knows
 * what was resolved, hides each part for itself and not only the whole. As thread-safe as the provider below.
 */
public final class DerivedSecretProvider extends DelegatingSecretProvider {

    private final Map<String, Derivation> derivations;
    private final Map<String, Composition> compositions;

    /** How one name comes from another one of the provider below. */
    private record Derivation(String source, String how, Function<String, Optional<String>> decode) {}

    private DerivedSecretProvider(SecretProvider delegate, Builder builder) {
        super(delegate);
        this.derivations = Map.copyOf(builder.derivations);
        this.compositions = Map.copyOf(builder.compositions);
    }

    /**
     * Starts a provider over another one.
     *
     * @param provider the provider that holds the encoded values
     * @return a builder, not thread-safe
     */
    public static Builder over(SecretProvider provider) {
        return new Builder(provider);
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Map<String, Lookup> sources = delegate().find(sourcesOf(names));
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            if (!compositions.containsKey(name)) {
                Lookup source = sources.getOrDefault(sourceOf(name), Lookup.absent("has no such secret"));
                answers.put(name, derived(name, source));
            }
        }
        for (String name : names) {
            Composition composition = compositions.get(name);
            if (composition != null) {
                answers.put(name, composition.compose(answers));
            }
        }
        return answers;
    }

    private Set<String> sourcesOf(Set<String> names) {
        Set<String> sources = new LinkedHashSet<>();
        for (String name : names) {
            if (!compositions.containsKey(name)) {
                sources.add(sourceOf(name));
            }
        }
        return sources;
    }

    private String sourceOf(String name) {
        Derivation derivation = derivations.get(name);
        return derivation == null ? name : derivation.source;
    }

    private Lookup derived(String name, Lookup source) {
        Derivation derivation = derivations.get(name);
        if (derivation == null || !source.isFound()) {
            return source;
        }
        String place = source.location() + ", " + derivation.how;
        Optional<String> decoded;
        try {
            decoded = derivation.decode.apply(source.value());
        } catch (UndecodableException e) {
            return Lookup.failed(source.location() + " " + e.problem());
        }
        if (decoded.isEmpty()) {
            return Lookup.absent(place + " is not there");
        }
        return source.expiresAt()
                .map(end -> Lookup.found(decoded.get(), place, end))
                .orElseGet(() -> Lookup.found(decoded.get(), place));
    }

    @Override
    public Optional<String> remedy(String name) {
        Composition composition = compositions.get(name);
        return composition == null
                ? super.remedy(sourceOf(name))
                : Optional.of("set " + String.join(" and ", composition.parts()));
    }

    @Override
    public Subscription watch(Set<String> names, Runnable changed) {
        return super.watch(sourcesOf(names), changed);
    }

    /** Collects rules; not thread-safe. */
    public static final class Builder {

        private final SecretProvider provider;
        private final Map<String, Derivation> derivations = new LinkedHashMap<>();
        private final Map<String, Composition> compositions = new LinkedHashMap<>();

        private Builder(SecretProvider provider) {
            this.provider = Objects.requireNonNull(provider, "provider");
        }

        /**
         * Decodes a secret from base64 (RFC 4648, section 4).
         *
         * @param name the secret's name, here and below
         * @return this builder
         * @throws IllegalArgumentException if the name has a rule already
         */
        public Builder base64(String name) {
            return derive(name, name, "decoded from base64", Decoding::base64);
        }

        /**
         * Decodes a secret from base64url (RFC 4648, section 5), with or without padding.
         *
         * @param name the secret's name, here and below
         * @return this builder
         * @throws IllegalArgumentException if the name has a rule already
         */
        public Builder base64Url(String name) {
            return derive(name, name, "decoded from base64url", Decoding::base64Url);
        }

        /**
         * Takes a secret from a field of a JSON value.
         *
         * @param name the secret's name
         * @param source the name of the JSON value below
         * @param pointer a JSON Pointer to the field, such as {@code /password} or {@code /keys/0}
         * @return this builder
         * @throws IllegalArgumentException if the pointer is not a JSON Pointer, or the name has a rule already
         */
        public Builder field(String name, String source, String pointer) {
            if (!JsonField.isPointer(pointer)) {
                throw new IllegalArgumentException("a JSON Pointer begins with a slash, such as /password");
            }
            return derive(
                    name,
                    SecretDeclarations.checkName(source),
                    "field " + pointer,
                    json -> Decoding.field(pointer, json));
        }

        /**
         * Puts a secret together from others, which have to be declared beside it.
         *
         * @param name the secret's name
         * @param template text with names of secrets in braces: <code>{db_user}</code> as it is,
         *     <code>{db_password:url}</code> percent-encoded for a URL
         * @return this builder
         * @throws IllegalArgumentException if the template has no part, or the name has a rule already
         */
        public Builder composed(String name, String template) {
            checkNew(name);
            compositions.put(name, Composition.of(name, template));
            return this;
        }

        private Builder derive(String name, String source, String how, Function<String, Optional<String>> decode) {
            checkNew(name);
            derivations.put(name, new Derivation(source, how, decode));
            return this;
        }

        private void checkNew(String name) {
            SecretDeclarations.checkName(name);
            if (derivations.containsKey(name) || compositions.containsKey(name)) {
                throw new IllegalArgumentException("the secret " + name + " has a rule already");
            }
        }

        /**
         * Returns the provider.
         *
         * @return a provider with the name of the one below
         * @throws IllegalArgumentException if a composed secret has another composed one as a part
         */
        public DerivedSecretProvider build() {
            compositions.values().forEach(composition -> {
                if (composition.parts().stream().anyMatch(compositions::containsKey)) {
                    throw new IllegalArgumentException("a composed secret cannot be a part of another one");
                }
            });
            return new DerivedSecretProvider(provider, this);
        }
    }
}
