package dev.modelsecrets.testing.printers;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.modelsecrets.ConflictPolicy;
import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.AuthSecretProvider;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import dev.modelsecrets.standard.StandardProviders;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Objects of this library that have seen a secret, alone and in what people put them into. */
final class Printed {

    static final String SENTINEL = "SENTINEL-VALUE-0123456789";

    private Printed() {}

    record Holder(Object held) {}

    /** Returns an object alone, in a list, as the value of a map, in an {@code Optional} and in a record. */
    static List<Object> inContainers(Object object) {
        return List.of(object, List.of(object), Map.of("key", object), Optional.of(object), new Holder(object));
    }

    record OfSecrets(String model, Secrets secrets) {}

    record OfAMap(String model, Map<String, String> secrets) {}

    record OfASecret(String model, Secret token) {}

    record Numbered(int token) {}

    /** Returns the objects by the name they have in the table. */
    static Map<String, Object> all() {
        Map<String, Object> printed = new LinkedHashMap<>();
        SecretProvider memory = SecretProvider.of("memory", Map.of("token", SENTINEL));
        SecretsResolver resolver =
                SecretsResolver.of(memory, SecretProvider.of("other", Map.of("token", "x" + SENTINEL)));
        Secrets secrets = resolver.resolve("token");
        addSecrets(printed, secrets);
        printed.put("`Secret`", Secret.of(SENTINEL));
        printed.put("a record with a `Secret`", new OfASecret("m", Secret.of(SENTINEL)));
        printed.put("`Lookup`", Lookup.found(SENTINEL, "a place"));
        printed.put("the answers of `find`", memory.find(Set.of("token", "absent")));
        SecretDeclarations declarations =
                SecretDeclarations.builder().withDefault("token", SENTINEL).build();
        printed.put("`SecretDeclarations` with a default", declarations);
        printed.put(
                "`SecretDeclarations.Builder` with a default",
                SecretDeclarations.builder().withDefault("token", SENTINEL));
        printed.put("`Redactor`", secrets.redactor());
        printed.put("`ResolutionReport`", resolver.explain(SecretDeclarations.of("token", "absent")));
        printed.put("`RefreshingSecrets.Change`", new RefreshingSecrets.Change(Set.of(), Set.of("token"), Set.of()));
        try (RefreshingSecrets refreshing = resolver.refreshing(SecretDeclarations.of("token"), Duration.ZERO)) {
            printed.put("`RefreshingSecrets`", refreshing);
        }
        printed.put("`SecretsResolver`", resolver);
        addProviders(printed, memory);
        addFailures(printed, resolver, secrets);
        return printed;
    }

    private static void addSecrets(Map<String, Object> printed, Secrets secrets) {
        printed.put("`Secrets`", secrets);
        printed.put("`values()`", secrets.values());
        printed.put("`entrySet()`", secrets.entrySet());
        printed.put("an entry", secrets.entrySet().iterator().next());
        printed.put("`keySet()`", secrets.keySet());
        printed.put("a record with `Secrets`", new OfSecrets("m", secrets));
        printed.put("a record with `Secrets` as a `Map`", new OfAMap("m", secrets));
        printed.put("`Collections.unmodifiableMap(secrets)`", Collections.unmodifiableMap(secrets));
    }

    private static void addProviders(Map<String, Object> printed, SecretProvider memory) {
        SecretProvider cached = SecretProvider.cached(memory, Duration.ofHours(1));
        cached.find(Set.of("token"));
        printed.put("`SecretProvider.of(name, map)`", memory);
        printed.put("a cached provider", cached);
        printed.put("an optional provider", SecretProvider.optional(memory));
        printed.put(
                "`EnvironmentSecretProvider`", EnvironmentSecretProvider.of(Map.of("TRUSS_SECRET_token", SENTINEL)));
        SecretProvider environment = EnvironmentSecretProvider.of(Map.of("TRUSS_SECRET_token", SENTINEL));
        printed.put("an optional `EnvironmentSecretProvider`", SecretProvider.optional(environment));
        printed.put("a cached `EnvironmentSecretProvider`", SecretProvider.cached(environment, Duration.ofHours(1)));
        printed.put("a `SecretsResolver` of it", SecretsResolver.of(environment));
        printed.put(
                "a `SecretsResolver.Builder` of it", SecretsResolver.builder().provider(environment));
        printed.put(
                "a resolver of the standard chain",
                StandardProviders.builder()
                        .environment(Map.of("TRUSS_SECRET_token", SENTINEL, "AUTH_SECRET", SENTINEL))
                        .resolver());
        printed.put(
                "a `StandardProviders.Builder` with an environment",
                StandardProviders.builder().environment(Map.of("TRUSS_SECRET_token", SENTINEL)));
        printed.put("`AuthSecretProvider`", AuthSecretProvider.of(Map.of("AUTH_SECRET", SENTINEL)));
    }

    private static void addFailures(Map<String, Object> printed, SecretsResolver resolver, Secrets secrets) {
        SecretsResolver strict = SecretsResolver.builder()
                .provider(SecretProvider.of("memory", Map.of("token", SENTINEL)))
                .provider(SecretProvider.of("other", Map.of("token", "x" + SENTINEL)))
                .conflicts(ConflictPolicy.FAIL)
                .build();
        SecretsResolver failing = SecretsResolver.of(SecretProvider.of("broken", name -> {
            throw new IllegalStateException(SENTINEL);
        }));
        printed.put("`MissingSecretsException`", catchThrowable(() -> resolver.resolve("token", "absent")));
        printed.put("`SecretConflictException`", catchThrowable(() -> strict.resolve("token")));
        printed.put("`SecretProviderException`", catchThrowable(() -> failing.resolve("token")));
        printed.put("`SecretBindingException`", catchThrowable(() -> secrets.as(Numbered.class)));
        printed.put("`InvalidSecretNameException`", new InvalidSecretNameException("a/b"));
        SecretsResolver denying = SecretsResolver.of(SecretProvider.of("guarded", name -> Lookup.denied("is refused")));
        printed.put("`SecretAccessDeniedException`", catchThrowable(() -> denying.resolve("token")));
    }
}
