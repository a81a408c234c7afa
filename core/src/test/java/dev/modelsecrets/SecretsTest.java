package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsTest {

    /** Insertion order differs from alphabetical and from hash order. */
    private static Map<String, String> content() {
        Map<String, String> content = new LinkedHashMap<>();
        content.put("zeta", "1");
        content.put("alpha", "2");
        content.put("mid", "1");
        content.put("empty", "");
        return content;
    }

    private final Map<String, String> reference = content();
    private final Secrets secrets = Secrets.of(content());

    @Test
    void equals_mapWithTheSameContent_holdsBothWays() {
        assertThat(secrets.equals(reference)).isTrue();
        assertThat(reference.equals(secrets)).isTrue();
        assertThat(secrets.equals(new TreeMap<>(reference))).isTrue();
        assertThat(secrets.equals(Secrets.of(reference))).isTrue();
        assertThat(secrets.hashCode()).isEqualTo(reference.hashCode());
        assertThat(Secrets.of(Map.of()).equals(Map.of())).isTrue();
        assertThat(Secrets.of(Map.of()).hashCode()).isEqualTo(Map.of().hashCode());
    }

    @Test
    void equals_secretsFromDifferentPlaces_holds() {
        Secrets resolved = SecretsResolver.of(SecretProvider.of("memory", Map.of("a", "1")))
                .resolve("a");

        assertThat(resolved).isEqualTo(Secrets.of(Map.of("a", "1")));
    }

    @Test
    void equals_otherContent_doesNotHold() {
        Map<String, String> otherValue = content();
        otherValue.put("mid", "other");
        Map<String, String> fewer = content();
        fewer.remove("mid");
        Map<String, String> more = content();
        more.put("more", "3");
        Map<String, String> withNull = content();
        withNull.put("mid", null);

        for (Map<String, String> other : List.of(otherValue, fewer, more, withNull)) {
            assertThat(secrets.equals(other)).isFalse();
            assertThat(other.equals(secrets)).isFalse();
        }
        assertThat(secrets.equals(null)).isFalse();
        assertThat(new Object[] {secrets}).doesNotContain("Secrets[zeta, alpha, mid, empty]", reference.entrySet());
    }

    @Test
    void iteration_everyView_keepsTheOrder() {
        assertThat(new ArrayList<>(secrets.keySet())).isEqualTo(new ArrayList<>(reference.keySet()));
        assertThat(new ArrayList<>(secrets.values())).isEqualTo(new ArrayList<>(reference.values()));
        assertThat(new ArrayList<>(secrets.entrySet())).isEqualTo(new ArrayList<>(reference.entrySet()));
        assertThat(secrets.keySet().toArray()).isEqualTo(reference.keySet().toArray());
        assertThat(secrets.values().toArray(new String[0]))
                .isEqualTo(reference.values().toArray(new String[0]));
        assertThat(secrets.entrySet().stream().map(Map.Entry::getValue).toList())
                .containsExactly("1", "2", "1", "");

        List<String> visited = new ArrayList<>();
        secrets.forEach((name, value) -> visited.add(name + "=" + value));
        assertThat(visited).containsExactly("zeta=1", "alpha=2", "mid=1", "empty=");
    }

    @Test
    void iteration_pastTheEnd_isRefused() {
        for (Iterable<?> view : List.of(secrets.keySet(), secrets.values(), secrets.entrySet())) {
            Iterator<?> iterator = view.iterator();
            for (int i = 0; i < 4; i++) {
                assertThat(iterator.hasNext()).isTrue();
                iterator.next();
            }
            assertThat(iterator.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
        }
    }

    @Test
    void size_contentOrNone_isThatOfTheViews() {
        assertThat(secrets.size()).isEqualTo(4);
        assertThat(secrets.isEmpty()).isFalse();
        assertThat(secrets.keySet().size()).isEqualTo(4);
        assertThat(secrets.values().size()).isEqualTo(4);
        assertThat(secrets.entrySet().size()).isEqualTo(4);

        Secrets none = Secrets.of(Map.of());
        assertThat(none.size()).isZero();
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.keySet()).isEmpty();
        assertThat(none.values()).isEmpty();
        assertThat(none.entrySet()).isEmpty();
    }

    @Test
    void views_asCollections_keepTheirContracts() {
        assertThat(secrets.keySet().equals(reference.keySet())).isTrue();
        assertThat(reference.keySet().equals(secrets.keySet())).isTrue();
        assertThat(secrets.keySet().hashCode()).isEqualTo(reference.keySet().hashCode());
        assertThat(secrets.entrySet().equals(reference.entrySet())).isTrue();
        assertThat(reference.entrySet().equals(secrets.entrySet())).isTrue();
        assertThat(secrets.entrySet().hashCode()).isEqualTo(reference.entrySet().hashCode());
        assertThat(secrets.keySet().containsAll(reference.keySet())).isTrue();
        assertThat(secrets.values().containsAll(reference.values())).isTrue();
        assertThat(secrets.entrySet().containsAll(reference.entrySet())).isTrue();
    }

    @Test
    void contains_anyView_isThatOfTheReference() {
        for (Object candidate : new Object[] {"zeta", "ZETA", "1", "", "nothing", 1, 'z', null}) {
            assertThat(secrets.containsKey(candidate)).isEqualTo(reference.containsKey(candidate));
            assertThat(secrets.containsValue(candidate)).isEqualTo(reference.containsValue(candidate));
            assertThat(secrets.keySet().contains(candidate))
                    .isEqualTo(reference.keySet().contains(candidate));
            assertThat(secrets.values().contains(candidate))
                    .isEqualTo(reference.values().contains(candidate));
        }
        for (Object candidate : new Object[] {
            Map.entry("zeta", "1"),
            Map.entry("zeta", "2"),
            Map.entry("other", "1"),
            Map.entry(1, "1"),
            new SimpleEntry<>("zeta", null),
            new SimpleEntry<>(null, "1"),
            "zeta",
            null
        }) {
            assertThat(secrets.entrySet().contains(candidate))
                    .isEqualTo(reference.entrySet().contains(candidate));
        }
    }

    @Test
    void get_anyKey_isThatOfTheReference() {
        for (Object key : new Object[] {"zeta", "alpha", "mid", "empty", "ZETA", "zeta ", "", 1, 'z', null}) {
            assertThat(secrets.get(key)).isEqualTo(reference.get(key));
            assertThat(secrets.getOrDefault(key, "fallback")).isEqualTo(reference.getOrDefault(key, "fallback"));
            assertThat(secrets.getOrDefault(key, null)).isEqualTo(reference.getOrDefault(key, null));
        }
    }

    @Test
    void entries_asEntries_keepTheContract() {
        Map.Entry<String, String> entry = secrets.entrySet().iterator().next();
        Map.Entry<String, String> same = Map.entry("zeta", "1");

        assertThat(entry.getKey()).isEqualTo("zeta");
        assertThat(entry.getValue()).isEqualTo("1");
        assertThat(entry.equals(same)).isTrue();
        assertThat(same.equals(entry)).isTrue();
        assertThat(entry.hashCode()).isEqualTo(same.hashCode());
        assertThat(entry.equals(Map.entry("zeta", "2"))).isFalse();
        assertThat(entry.equals(Map.entry("mid", "1"))).isFalse();
        assertThat(entry.equals(null)).isFalse();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> entry.setValue("other"))
                .withMessage("secrets are immutable");
    }

    @Test
    void copies_otherMaps_haveTheSameContent() {
        assertThat(new HashMap<>(secrets)).isEqualTo(reference);
        assertThat(Map.copyOf(secrets)).isEqualTo(reference);
        assertThat(new LinkedHashMap<>(secrets).entrySet().toArray())
                .isEqualTo(reference.entrySet().toArray());
    }

    /** Everything that changes a map, or would if there were anything to change. */
    static Stream<Arguments> mutators() {
        Map<String, Consumer<Map<String, String>>> mutators = new LinkedHashMap<>();
        mutators.put("put", map -> map.put("zeta", "x"));
        mutators.put("put new", map -> map.put("new", "x"));
        mutators.put("putAll", map -> map.putAll(Map.of("zeta", "x")));
        mutators.put("putAll of nothing", map -> map.putAll(Map.of()));
        mutators.put("putIfAbsent", map -> map.putIfAbsent("zeta", "x"));
        mutators.put("putIfAbsent new", map -> map.putIfAbsent("new", "x"));
        mutators.put("remove", map -> map.remove("zeta"));
        mutators.put("remove unknown", map -> map.remove("unknown"));
        mutators.put("remove with value", map -> map.remove("zeta", "1"));
        mutators.put("remove with other value", map -> map.remove("zeta", "other"));
        mutators.put("replace", map -> map.replace("zeta", "x"));
        mutators.put("replace unknown", map -> map.replace("unknown", "x"));
        mutators.put("replace with value", map -> map.replace("zeta", "1", "x"));
        mutators.put("replace with other value", map -> map.replace("zeta", "other", "x"));
        mutators.put("replaceAll", map -> map.replaceAll((name, value) -> value));
        mutators.put("computeIfAbsent", map -> map.computeIfAbsent("zeta", name -> "x"));
        mutators.put("computeIfAbsent to null", map -> map.computeIfAbsent("new", name -> null));
        mutators.put("computeIfPresent", map -> map.computeIfPresent("zeta", (name, value) -> "x"));
        mutators.put("computeIfPresent unknown", map -> map.computeIfPresent("unknown", (name, value) -> "x"));
        mutators.put("compute", map -> map.compute("zeta", (name, value) -> "x"));
        mutators.put("compute to null", map -> map.compute("unknown", (name, value) -> null));
        mutators.put("merge", map -> map.merge("zeta", "x", (one, other) -> one));
        mutators.put("clear", Map::clear);

        mutators.put("keySet add", map -> map.keySet().add("x"));
        mutators.put("keySet addAll", map -> map.keySet().addAll(Set.of("x")));
        mutators.put("keySet addAll of nothing", map -> map.keySet().addAll(Set.of()));
        mutators.put("keySet remove", map -> map.keySet().remove("zeta"));
        mutators.put("keySet remove unknown", map -> map.keySet().remove("unknown"));
        mutators.put("keySet removeAll", map -> map.keySet().removeAll(Set.of("zeta")));
        mutators.put("keySet removeAll of nothing", map -> map.keySet().removeAll(Set.of()));
        mutators.put("keySet removeIf", map -> map.keySet().removeIf(name -> true));
        mutators.put("keySet removeIf never", map -> map.keySet().removeIf(name -> false));
        mutators.put("keySet retainAll", map -> map.keySet().retainAll(Set.of()));
        mutators.put(
                "keySet retainAll of all",
                map -> map.keySet().retainAll(content().keySet()));
        mutators.put("keySet clear", map -> map.keySet().clear());
        mutators.put("keySet iterator", map -> removeFirst(map.keySet().iterator()));

        mutators.put("values add", map -> map.values().add("x"));
        mutators.put("values addAll", map -> map.values().addAll(Set.of("x")));
        mutators.put("values addAll of nothing", map -> map.values().addAll(Set.of()));
        mutators.put("values remove", map -> map.values().remove("1"));
        mutators.put("values remove unknown", map -> map.values().remove("unknown"));
        mutators.put("values removeAll", map -> map.values().removeAll(Set.of("1")));
        mutators.put("values removeAll of nothing", map -> map.values().removeAll(Set.of()));
        mutators.put("values removeIf", map -> map.values().removeIf(value -> true));
        mutators.put("values removeIf never", map -> map.values().removeIf(value -> false));
        mutators.put("values retainAll", map -> map.values().retainAll(Set.of()));
        mutators.put(
                "values retainAll of all",
                map -> map.values().retainAll(content().values()));
        mutators.put("values clear", map -> map.values().clear());
        mutators.put("values iterator", map -> removeFirst(map.values().iterator()));

        Map.Entry<String, String> entry = Map.entry("zeta", "1");
        mutators.put("entrySet add", map -> map.entrySet().add(entry));
        mutators.put("entrySet addAll", map -> map.entrySet().addAll(Set.of(entry)));
        mutators.put("entrySet addAll of nothing", map -> map.entrySet().addAll(Set.of()));
        mutators.put("entrySet remove", map -> map.entrySet().remove(entry));
        mutators.put("entrySet remove unknown", map -> map.entrySet().remove(Map.entry("unknown", "x")));
        mutators.put("entrySet removeAll", map -> map.entrySet().removeAll(Set.of(entry)));
        mutators.put("entrySet removeAll of nothing", map -> map.entrySet().removeAll(Set.of()));
        mutators.put("entrySet removeIf", map -> map.entrySet().removeIf(each -> true));
        mutators.put("entrySet removeIf never", map -> map.entrySet().removeIf(each -> false));
        mutators.put("entrySet retainAll", map -> map.entrySet().retainAll(Set.of()));
        mutators.put(
                "entrySet retainAll of all",
                map -> map.entrySet().retainAll(content().entrySet()));
        mutators.put("entrySet clear", map -> map.entrySet().clear());
        mutators.put("entrySet iterator", map -> removeFirst(map.entrySet().iterator()));
        return mutators.entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    private static void removeFirst(Iterator<?> iterator) {
        if (iterator.hasNext()) {
            iterator.next();
        }
        iterator.remove();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutators")
    void mutator_content_isRefused(String name, Consumer<Map<String, String>> mutator) {
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> mutator.accept(secrets));
        assertThat(secrets).isEqualTo(reference);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutators")
    void mutator_noContent_isRefused(String name, Consumer<Map<String, String>> mutator) {
        Secrets none = Secrets.of(Map.of());

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> mutator.accept(none));
        assertThat(none).isEmpty();
    }

    @Test
    void require_declaredName_givesTheValue() {
        assertThat(secrets.require("alpha")).isEqualTo("2");
        assertThat(secrets.require("empty")).isEmpty();
    }

    @Test
    void require_otherName_saysWhichAreDeclared() {
        assertThatExceptionOfType(MissingSecretsException.class)
                .isThrownBy(() -> secrets.require("beta"))
                .withMessage("secret \"beta\" is not among the resolved secrets. Declared are zeta, alpha, mid, empty."
                        + " Declare it where the others are declared.")
                .satisfies(exception -> assertThat(exception.names()).containsExactly("beta"));
    }

    @Test
    void require_nothingDeclared_saysSo() {
        assertThatExceptionOfType(MissingSecretsException.class)
                .isThrownBy(() -> Secrets.of(Map.of()).require("a\nb"))
                .withMessage("secret \"a\\u000ab\" is not among the resolved secrets. No secret is declared."
                        + " Declare it where the others are declared.");
    }

    @Test
    void require_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> secrets.require(null)).withMessage("name");
    }

    @Test
    void source_givenValue_saysSo() {
        assertThat(secrets.source("alpha")).isEqualTo("given: Secrets.of");
    }

    @Test
    void source_resolvedValue_saysProviderAndPlace() {
        SecretProvider paths = SecretProvider.of("vault", name -> Lookup.found("1", "kv/app#" + name));
        SecretProvider elsewhere = SecretProvider.of("file", name -> Lookup.found("2", name + " in config.yaml"));

        Secrets first = SecretsResolver.of(paths).resolve("a", "bb", "ccc");
        Secrets second = SecretsResolver.of(elsewhere).resolve("a", "bb");

        assertThat(first.source("a")).isEqualTo("vault: kv/app#a");
        assertThat(first.source("bb")).isEqualTo("vault: kv/app#bb");
        assertThat(first.source("ccc")).isEqualTo("vault: kv/app#ccc");
        assertThat(second.source("a")).isEqualTo("file: a in config.yaml");
        assertThat(second.source("bb")).isEqualTo("file: bb in config.yaml");
    }

    @Test
    void source_placesWithDifferentStarts_areNotMixedUp() {
        Map<String, String> places =
                Map.of("a", "/x/a", "b", "/y/b", "c", "/y/c", "d", "d", "e", "somewhere", "f", "/y/f");
        SecretProvider provider = SecretProvider.of("p", name -> Lookup.found("1", places.get(name)));

        Secrets resolved = SecretsResolver.of(provider).resolve("a", "b", "c", "d", "e", "f");

        places.forEach((name, place) -> assertThat(resolved.source(name)).isEqualTo("p: " + place));
    }

    @Test
    void source_default_saysSo() {
        Secrets resolved = SecretsResolver.of(new FakeProvider("memory"))
                .resolve(SecretDeclarations.builder().withDefault("a", "").build());

        assertThat(resolved.source("a")).isEqualTo("default: its declaration");
    }

    @Test
    void source_otherName_saysWhichAreDeclared() {
        assertThatExceptionOfType(MissingSecretsException.class)
                .isThrownBy(() -> Secrets.of(Map.of("a", "1")).source("b"))
                .withMessage("secret \"b\" is not among the resolved secrets. Declared are a."
                        + " Declare it where the others are declared.");
        assertThatNullPointerException().isThrownBy(() -> secrets.source(null)).withMessage("name");
    }

    @Test
    void of_mapChangedAfterwards_staysTheSame() {
        Map<String, String> given = content();
        Secrets copy = Secrets.of(given);

        given.put("alpha", "changed");
        given.put("new", "x");

        assertThat(copy).isEqualTo(reference);
    }

    @Test
    void of_invalidName_isRefused() {
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> Secrets.of(Map.of("a/b", "x")))
                .withMessage("\"a/b\" is not a valid secret name: use 1 to 253 letters (a-z, A-Z), digits, '-', '_'"
                        + " and '.', and neither \".\" nor \"..\" alone");
    }

    @Test
    void find_name_isItsValueOrEmpty() {
        assertThat(secrets.find("zeta")).contains(secrets.require("zeta"));
        assertThat(secrets.find("other")).isEmpty();
    }

    @Test
    void subset_names_keepsThemInThatOrderWithTheirSources() {
        Secrets some = secrets.subset("mid", "zeta");

        assertThat(some.values()).containsExactly(secrets.require("mid"), secrets.require("zeta"));
        assertThat(some.source("mid")).isEqualTo(secrets.source("mid"));
        assertThat(some).hasToString("Secrets[mid, zeta]");
        assertThat(secrets.subset(Set.of())).isEmpty();
    }

    @Test
    void subset_undeclaredName_isMissing() {
        assertThatThrownBy(() -> secrets.subset("mid", "other")).isInstanceOf(MissingSecretsException.class);
    }

    @Test
    void of_null_isRefused() {
        Map<String, String> nullValue = new HashMap<>();
        nullValue.put("a", null);
        Map<String, String> nullName = new HashMap<>();
        nullName.put(null, "x");

        assertThatNullPointerException().isThrownBy(() -> Secrets.of(nullValue)).withMessage("a");
        assertThatThrownBy(() -> Secrets.of(nullName)).isInstanceOf(InvalidSecretNameException.class);
        assertThatNullPointerException().isThrownBy(() -> Secrets.of(null));
    }

    @Test
    void toString_mapViewsAndEntries_showNamesOnly() {
        assertThat(secrets).hasToString("Secrets[zeta, alpha, mid, empty]");
        assertThat(secrets.keySet()).hasToString("[zeta, alpha, mid, empty]");
        assertThat(secrets.values()).hasToString("Secrets[zeta, alpha, mid, empty]");
        assertThat(secrets.entrySet()).hasToString("Secrets[zeta, alpha, mid, empty]");
        assertThat(secrets.entrySet().iterator().next()).hasToString("zeta");
        assertThat(List.copyOf(secrets.entrySet())).hasToString("[zeta, alpha, mid, empty]");
        assertThat(Secrets.of(Map.of())).hasToString("Secrets[]");
    }

    @Test
    void content_manyNames_isThatOfTheReference() {
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 10_000; i++) {
            many.put("name-" + i, "value-" + i);
        }

        assertSameContent(many);
    }

    @Test
    void content_namesWithOneHashCode_isThatOfTheReference() {
        // "Aa" and "BB" have one hash code, so has every string of as many of them.
        Map<String, String> colliding = new LinkedHashMap<>();
        for (int i = 0; i < 2048; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 11; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            colliding.put(name.toString(), "value-" + i);
        }
        assertThat(colliding.keySet().stream().mapToInt(String::hashCode).distinct())
                .hasSize(1);

        assertSameContent(colliding);
        assertThat(Secrets.of(colliding).get("AaBBAa")).isNull();
    }

    private static void assertSameContent(Map<String, String> expected) {
        Secrets actual = Secrets.of(expected);

        assertThat(actual.equals(expected)).isTrue();
        assertThat(expected.equals(actual)).isTrue();
        assertThat(actual.hashCode()).isEqualTo(expected.hashCode());
        assertThat(actual.entrySet().equals(expected.entrySet())).isTrue();
        assertThat(List.copyOf(actual.keySet())).isEqualTo(List.copyOf(expected.keySet()));
        assertThat(List.copyOf(actual.values())).isEqualTo(List.copyOf(expected.values()));
        expected.forEach((name, value) -> assertThat(actual.require(name)).isEqualTo(value));
        assertThat(actual.containsKey("name-10000")).isFalse();
    }

    @Test
    void content_anyNumberOfNames_isFound() {
        for (int size = 0; size <= 130; size++) {
            String[] names = new String[size];
            Arrays.setAll(names, i -> "n" + i);
            SecretProvider provider = SecretProvider.of("p", name -> Lookup.found("value of " + name, name));

            Secrets resolved = SecretsResolver.of(provider).resolve(names);

            assertThat(resolved.keySet()).containsExactly(names);
            for (String name : names) {
                assertThat(resolved.get(name)).isEqualTo("value of " + name);
            }
            assertThat(resolved.get("n" + size)).isNull();
        }
    }

    @Test
    void serialization_mapViewsAndEntries_areRefused() throws Exception {
        for (Object each : List.of(
                secrets,
                secrets.keySet(),
                secrets.values(),
                secrets.entrySet(),
                secrets.entrySet().iterator().next(),
                secrets.values().iterator())) {
            try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
                assertThatExceptionOfType(NotSerializableException.class)
                        .isThrownBy(() -> out.writeObject(each))
                        .withMessage(each.getClass().getName());
            }
        }
    }

    @Test
    void isDefault_nameWithoutAProvidersValue_isTrue() {
        Secrets secrets = SecretsResolver.of(SecretProvider.of("fake", Map.of("token", "test-token")))
                .resolve(SecretDeclarations.builder()
                        .required("token")
                        .withDefault("region", "eu")
                        .build());

        assertThat(secrets.isDefault("region")).isTrue();
        assertThat(secrets.isDefault("token")).isFalse();
        assertThat(secrets.isDefault("unknown")).isFalse();
    }
}
