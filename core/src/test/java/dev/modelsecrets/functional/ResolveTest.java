package dev.modelsecrets.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modelsecrets.ConflictPolicy;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.ResolutionReport;
import dev.modelsecrets.SecretConflictException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Declare, resolve, hand over: what a model server does with this library, through its public API only. */
class ResolveTest {

    private static final SecretDeclarations DECLARATIONS = declarations();

    /** The {@code secrets:} section of a config.yaml. */
    private static SecretDeclarations declarations() {
        Map<String, String> section = new LinkedHashMap<>();
        section.put("hf_access_token", null);
        section.put("s3_bucket", null);
        section.put("log_suffix", "");
        return SecretDeclarations.of(section);
    }

    /** A remote store that can be down, as someone outside this repository would write it. */
    private static final class Store implements SecretProvider {

        private final Map<String, String> values = new ConcurrentHashMap<>();
        private volatile boolean down;

        @Override
        public String name() {
            return "store";
        }

        @Override
        public Map<String, Lookup> find(Set<String> names) {
            if (down) {
                throw new SecretProviderException(name(), "https://store.example/kv does not answer within 3 s");
            }
            Map<String, Lookup> answers = new LinkedHashMap<>();
            for (String name : names) {
                String value = values.get(name);
                if (value != null) {
                    answers.put(name, Lookup.found(value, "kv/" + name));
                }
            }
            return answers;
        }

        @Override
        public Optional<String> remedy(String name) {
            return Optional.of("store put kv/" + name);
        }
    }

    /** A model's own code, which knows nothing of this library. */
    private static final class Model {

        private final Map<String, String> secrets;

        Model(Map<String, String> secrets) {
            this.secrets = secrets;
        }

        String header() {
            return "Bearer " + secrets.get("hf_access_token") + secrets.getOrDefault("log_suffix", "?")
                    + secrets.getOrDefault("undeclared", "!");
        }
    }

    @Test
    void server_secretsInSeveralPlaces_handsThemOver() {
        Store store = new Store();
        store.values.put("hf_access_token", "from-store");
        store.values.put("s3_bucket", "models");
        SecretsResolver resolver =
                SecretsResolver.of(SecretProvider.of("override", Map.of("hf_access_token", "from-override")), store);

        Secrets secrets = resolver.resolve(DECLARATIONS);

        assertThat(new Model(secrets).header()).isEqualTo("Bearer from-override!");
        assertThat(secrets.keySet()).containsExactly("hf_access_token", "s3_bucket", "log_suffix");
        assertThat(secrets.source("hf_access_token")).isEqualTo("override: hf_access_token");
        assertThat(secrets.source("s3_bucket")).isEqualTo("store: kv/s3_bucket");
        assertThat(secrets.source("log_suffix")).isEqualTo("default: its declaration");
    }

    @Test
    void server_secretsMissing_saysAllOfThemAtOnce() {
        SecretsResolver resolver = SecretsResolver.of(SecretProvider.of("override", Map.of()), new Store());

        assertThatExceptionOfType(MissingSecretsException.class)
                .isThrownBy(() -> resolver.resolve(DECLARATIONS))
                .withMessage("""
                        2 of 3 declared secrets have no value:
                          hf_access_token
                            override    has no such secret
                            store       has no such secret
                          s3_bucket
                            override    has no such secret
                            store       has no such secret
                        Set each one in any of these places, for example: store put kv/hf_access_token\
                        """);
    }

    @Test
    void server_secretRotated_nextResolveHasTheNewValue() {
        Store store = new Store();
        store.values.put("hf_access_token", "old");
        SecretsResolver resolver = SecretsResolver.of(store);
        Secrets before = resolver.resolve("hf_access_token");

        store.values.put("hf_access_token", "new");
        Secrets after = resolver.resolve("hf_access_token");

        assertThat(before).isEqualTo(Map.of("hf_access_token", "old"));
        assertThat(after).isEqualTo(Map.of("hf_access_token", "new"));
    }

    @Test
    void server_storeDown_doesNotFallBackUnlessToldTo() {
        Store store = new Store();
        store.down = true;
        SecretProvider local = SecretProvider.of("local", Map.of("hf_access_token", "stale"));

        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> SecretsResolver.of(store, local).resolve("hf_access_token"))
                .withMessageContaining("store    failed: https://store.example/kv does not answer within 3 s");
        assertThat(SecretsResolver.of(SecretProvider.optional(store), local).resolve("hf_access_token"))
                .isEqualTo(Map.of("hf_access_token", "stale"));
    }

    @Test
    void server_contradictingPlaces_refusesWhenToldTo() {
        Store store = new Store();
        store.values.put("hf_access_token", "new");
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(SecretProvider.of("local", Map.of("hf_access_token", "old")))
                .provider(store)
                .conflicts(ConflictPolicy.FAIL)
                .build();

        assertThatExceptionOfType(SecretConflictException.class)
                .isThrownBy(() -> resolver.resolve("hf_access_token"))
                .withMessage("""
                        different values for one name:
                          hf_access_token
                            local: hf_access_token
                            store: kv/hf_access_token
                        Remove all but one of each, or make them equal.\
                        """);
    }

    @Test
    void developer_asksWhatIsWrong_getsATable() {
        Store store = new Store();
        store.values.put("hf_access_token", "x");
        ResolutionReport report = SecretsResolver.of(
                        SecretProvider.of("override", Map.of("hf_access_token", "y")), store)
                .explain(DECLARATIONS);

        assertThat(report.isComplete()).isFalse();
        assertThat(report).hasToString("""
                        SECRET           FROM      WHERE            ALSO IN
                        hf_access_token  override  hf_access_token  store (a different value)
                        s3_bucket        MISSING   override: has no such secret
                                                   store: has no such secret
                        log_suffix       default   its declaration
                        """);
    }
}
