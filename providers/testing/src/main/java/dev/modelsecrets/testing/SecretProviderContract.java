package dev.modelsecrets.testing;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.Subscription;
import dev.modelsecrets.testing.internal.ContractChecks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every provider must do, as tests: implement this in a test class, and its tests run there.
 *
 * <p>An implementation says how to {@link #store} values, gives the {@link #provider}, and says how to {@link
 * #breakBackend}; where access can be refused, also how to {@link #deny}. Each test begins with a new instance of the
 * test class. What a provider cannot do by its nature is declared in {@link #limits()}, and the tests about it are
 * skipped; everything else must pass. Nothing that a provider prints or logs may hold a value: {@link FailOnSecretLeak}
 * watches. The idea of one suite for all is that of {@code drivertest} in gocloud.dev.
 */
@FailOnSecretLeak
public interface SecretProviderContract {

    /** What a provider or its backend cannot do by its nature. */
    enum Limit {
        /** There is no backend that could break, as with values in memory. */
        NEVER_FAILS,
        /** Access to one secret cannot be refused. */
        NEVER_DENIES,
        /** The backend has no empty values. */
        NO_BLANK_VALUES,
        /** The backend holds a single line for each secret. */
        NO_MULTI_LINE_VALUES,
        /** The backend holds ASCII only. */
        NO_UNICODE_VALUES,
        /** The backend's names have no dots, dashes or underscores, or no upper and lower case. */
        PLAIN_NAMES_ONLY
    }

    /**
     * Puts secrets into the backend in place of those that were there.
     *
     * @param values secret names and their values, which must come back unchanged
     * @throws Exception if that does not work
     */
    void store(Map<String, String> values) throws Exception;

    /**
     * Returns a provider for the backend, a new one each time.
     *
     * @return a provider that was not asked yet; the test closes it
     * @throws Exception if that does not work
     */
    SecretProvider provider() throws Exception;

    /**
     * Breaks the backend, so that a provider made from now on cannot tell what is in it: a malformed document, no
     * connection.
     *
     * @throws Exception if that does not work
     */
    default void breakBackend() throws Exception {
        throw new AssertionError("implement breakBackend(), or declare Limit.NEVER_FAILS if there is nothing to break");
    }

    /**
     * Takes away the right to read one secret that is stored.
     *
     * @param name the secret's name
     * @throws Exception if that does not work
     */
    default void deny(String name) throws Exception {
        throw new AssertionError("implement deny(name), or declare Limit.NEVER_DENIES if access cannot be refused");
    }

    /**
     * Says what the provider cannot do.
     *
     * @return the limits; none by default
     */
    default Set<Limit> limits() {
        return Set.of();
    }

    /**
     * Says how large a value the backend holds.
     *
     * @return a number of bytes of UTF-8; 1 MiB by default
     */
    default int largestValue() {
        return 1 << 20;
    }

    /**
     * Counts the requests that the backend has had, so that the tests see whether many names are one round trip.
     *
     * @return the count so far; empty, as by default, if it cannot be told
     */
    default OptionalLong roundTrips() {
        return OptionalLong.empty();
    }

    /** The name is one short line. */
    @Test
    default void name_always_isOneShortLine() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            String name = checks.provider().name();
            checks.require(
                    !name.isBlank() && name.length() <= 64 && name.lines().count() == 1,
                    "name() must be one short line");
            checks.require(name.equals(checks.provider().name()), "name() must not change");
        }
    }

    /** A provider contacts nothing before it is asked. */
    @Test
    default void provider_notAskedYet_contactsNothing() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.store(Map.of("api_key", "value-of-api-key"));
            long before = checks.roundTrips();
            checks.provider().name();
            checks.require(checks.roundTrips() == before, "a provider must contact nothing before the first find");
        }
    }

    /** A stored secret is found. */
    @Test
    default void find_storedName_found() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.store(Map.of("api_key", "value-of-api-key"));
            SecretProvider provider = checks.provider();
            checks.found(provider, "api_key", "value-of-api-key");
            checks.require(
                    !checks.answer(provider, "api_key").location().isBlank(),
                    "the location of api_key must say where it was found");
        }
    }

    /** A name that is not stored is absent, with a reason; so is one that is left out of the answers. */
    @Test
    default void find_unknownName_absent() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.store(Map.of("api_key", "value-of-api-key"));
            checks.absent(checks.provider(), "api_key_2");
            checks.absent(checks.provider(), "api_ke");
        }
    }

    /** Nothing is asked for, nothing is answered. */
    @Test
    default void find_noNames_noAnswers() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.store(Map.of("api_key", "value-of-api-key"));
            checks.require(checks.provider().find(Set.of()).isEmpty(), "find without names must return an empty map");
        }
    }

    /** One missing name does not spoil the others, and nothing is handed out that was not asked for. */
    @Test
    default void find_someOfMany_onlyThoseAskedFor() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.store(Map.of("first", "value-of-first", "second", "value-of-second", "third", "value-of-third"));
            SecretProvider provider = checks.provider();
            Map<String, Lookup> answers = provider.find(Set.of("first", "third", "fourth"));
            checks.require(
                    Set.of("first", "third", "fourth").containsAll(answers.keySet()),
                    "find must answer for the names that it was asked for and no others");
            checks.found(answers, "first", "value-of-first");
            checks.found(answers, "third", "value-of-third");
            checks.absent(answers, "fourth");
        }
    }

    /** A blank value is absent, with the reason "is blank". */
    @Test
    default void find_blankValue_absent() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.skipIf(Limit.NO_BLANK_VALUES);
            checks.store(Map.of("empty", "", "spaces", "  \t ", "api_key", "value-of-api-key"));
            Map<String, Lookup> answers = checks.provider().find(Set.of("empty", "spaces", "api_key"));
            checks.blank(answers, "empty");
            checks.blank(answers, "spaces");
            checks.found(answers, "api_key", "value-of-api-key");
        }
    }

    /** White space of every kind and invisible characters are blank too. */
    @Test
    default void find_invisibleValue_absent() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.skipIf(Limit.NO_BLANK_VALUES);
            checks.skipIf(Limit.NO_UNICODE_VALUES);
            checks.store(Map.of("no_break", "\u00a0\u202f", "zero_width", "\u200b\u2060", "ideographic", "\u3000"));
            Map<String, Lookup> answers = checks.provider().find(Set.of("no_break", "zero_width", "ideographic"));
            checks.blank(answers, "no_break");
            checks.blank(answers, "zero_width");
            checks.blank(answers, "ideographic");
        }
    }

    /** Many names are one round trip, where the backend's requests can be counted. */
    @Test
    default void find_manyNames_oneRoundTrip() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            Map<String, String> values = ContractChecks.values(10);
            checks.store(values);
            SecretProvider provider = checks.provider();
            long before = checks.roundTrips();
            checks.found(provider.find(values.keySet()), values);
            long needed = checks.roundTrips() - before;
            checks.require(needed == 1, "find of 10 names took " + needed + " round trips, and must take 1");
        }
    }

    /** Many threads get the right answers from one provider. */
    @Test
    default void find_manyThreads_rightAnswers() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            Map<String, String> values = ContractChecks.values(8);
            checks.store(values);
            checks.fromManyThreads(checks.provider(), values);
        }
    }

    /** Names that differ in a dot, a dash, an underscore or the case are different secrets. */
    @Test
    default void find_namesWithDotsAndDashes_found() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.skipIf(Limit.PLAIN_NAMES_ONLY);
            Map<String, String> values = new LinkedHashMap<>();
            for (String name : new String[] {"svc.api-key", "svc-api.key", "svc_api_key", "SVC_API_KEY", "0.9-x"}) {
                values.put(name, "value-of-" + name);
            }
            checks.store(values);
            checks.found(checks.provider().find(values.keySet()), values);
        }
    }

    /** A name that is not a valid secret name is never found, whatever place it might lead to. */
    @Test
    default void find_noSecretName_neverFound() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.store(Map.of("api_key", "value-of-api-key"));
            SecretProvider provider = checks.provider();
            for (String name : new String[] {"../api_key", "./api_key", "..", "*", "api_key\n"}) {
                try {
                    Lookup answer = provider.find(Set.of(name)).get(name);
                    checks.require(
                            answer == null || !answer.isFound(), "a name that is not a valid secret name was found");
                } catch (InvalidSecretNameException | SecretProviderException expected) {
                    checks.leaksNothing(expected);
                }
            }
        }
    }

    /** Text beyond ASCII comes back unchanged. */
    @Test
    default void find_unicodeValue_unchanged() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.skipIf(Limit.NO_UNICODE_VALUES);
            Map<String, String> values = new LinkedHashMap<>();
            values.put("umlauts", "P\u00e4ssw\u00f6rter-\u00df");
            values.put("kanji", "\u79d8\u5bc6\u306e\u5024-\u79d8\u5bc6");
            values.put("emoji", "\ud83d\udd11 and \ud83d\udd12 and \u200b");
            checks.unchanged(values);
        }
    }

    /** A certificate and a service account come back unchanged, their last line break included. */
    @Test
    default void find_multiLineValue_unchanged() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.skipIf(Limit.NO_MULTI_LINE_VALUES);
            Map<String, String> values = new LinkedHashMap<>();
            values.put("certificate", "-----BEGIN TEST-----\nMIIB-not-real\n  indented\n\n-----END TEST-----\n");
            values.put("windows", "first line\r\nsecond line\r\n");
            values.put("account", "{\n  \"type\": \"service_account\",\n  \"private_key\": \"not\\nreal\"\n}\n");
            checks.unchanged(values);
        }
    }

    /** Text that looks like something else comes back as it was stored: numbers, YAML, JSON, shell. */
    @Test
    default void find_valueLikeAnotherType_unchanged() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            Map<String, String> values = new LinkedHashMap<>();
            String[] texts = {
                "0123",
                "1e5",
                "1.10",
                "12345678901234567890",
                "no",
                "null",
                "~",
                "true",
                "2024-01-01",
                "12:30:45",
                "  spaces around  ",
                "\"quoted\"",
                "it's",
                "*star",
                "&anchor",
                "#hash",
                "key: value",
                "[list]",
                "{\"a\": 1}",
                "$HOME ${HOME} $(id)",
                "a=b;c=d",
                "back\\slash\\n",
                "%41%20",
                "+/=",
                "- dash",
                "@at",
                "`tick`"
            };
            for (int i = 0; i < texts.length; i++) {
                values.put("text_" + i, texts[i]);
            }
            checks.unchanged(values);
        }
    }

    /** The largest value comes back unchanged. */
    @Test
    default void find_largestValue_unchanged() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            boolean lines = !limits().contains(Limit.NO_MULTI_LINE_VALUES);
            checks.unchanged(Map.of("large", ContractChecks.large(largestValue(), lines)));
        }
    }

    /** A broken backend is a failure, never an absent secret; its words hold no value. */
    @Test
    default void find_brokenBackend_fails() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.skipIf(Limit.NEVER_FAILS);
            checks.store(Map.of("api_key", "value-of-api-key", "other", "value-of-the-other"));
            breakBackend();
            SecretProvider provider = checks.provider();
            checks.require(
                    checks.fails(provider, "a broken backend", "api_key").isFailed(),
                    "a broken backend must be a failed answer, not a denied one");
        }
    }

    /** A denied secret is a denied answer, never an absent one; the others of the same find are still found. */
    @Test
    default void find_deniedName_isDeniedAlone() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.skipIf(Limit.NEVER_DENIES);
            checks.store(Map.of("api_key", "value-of-api-key", "other", "value-of-the-other"));
            deny("api_key");
            Map<String, Lookup> answers = checks.provider().find(Set.of("api_key", "other"));
            checks.denied(answers, "api_key");
            checks.found(answers, "other", "value-of-the-other");
        }
    }

    /** A thread that is interrupted finds the value or a failure, never that the secret is absent. */
    @Test
    default void find_interruptedThread_isNotAbsent() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.store(Map.of("api_key", "value-of-api-key"));
            checks.interrupted(checks.provider(), "api_key", "value-of-api-key");
        }
    }

    /** Neither a provider nor its answers print a value. */
    @Test
    default void toString_afterFind_leaksNothing() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.store(Map.of("api_key", "value-of-api-key", "other", "value-of-the-other"));
            SecretProvider provider = checks.provider();
            Map<String, Lookup> answers = provider.find(Set.of("api_key", "absent"));
            checks.leaksNothing("toString() of the provider", provider.toString());
            checks.leaksNothing("toString() of the answers", answers.toString());
            checks.leaksNothing(
                    "the location", checks.answer(provider, "api_key").location());
            checks.leaksNothing("name()", provider.name());
            checks.leaksNothing("remedy(..)", provider.remedy("api_key").orElse(""));
            checks.leaksNothing("the version", String.valueOf(provider.version()));
        }
    }

    /** Equal tokens mean equal answers. */
    @Test
    default void version_valueChanged_differsIfAnswersDo() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.store(Map.of("api_key", "value-before-the-change"));
            SecretProvider provider = checks.provider();
            Object before = provider.version();
            String first = checks.answer(provider, "api_key").value();
            checks.require(before.equals(provider.version()), "version() must stay the same while nothing changes");
            checks.store(Map.of("api_key", "value-after-the-change"));
            boolean unchanged = provider.version().isPresent() && before.equals(provider.version());
            String second = checks.answer(provider, "api_key").value();
            checks.require(
                    !unchanged || first.equals(second), "version() stayed the same, but find gives another value");
        }
    }

    /** Equal tokens mean equal answers for names that were not there before, too. */
    @Test
    default void version_nameAdded_differsIfItIsFound() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.store(Map.of("api_key", "value-of-api-key"));
            SecretProvider provider = checks.provider();
            checks.absent(provider, "added");
            Object before = provider.version();
            checks.store(Map.of("api_key", "value-of-api-key", "added", "value-of-the-added"));
            boolean unchanged = provider.version().isPresent() && before.equals(provider.version());
            Lookup added = provider.find(Set.of("added")).get("added");
            checks.require(
                    !unchanged || added == null || !added.isFound(),
                    "version() stayed the same, but find finds a secret that was absent");
        }
    }

    /** After {@code expire()} nothing comes from a cache, unless the version promises that nothing changed. */
    @Test
    default void expire_valueChanged_findSeesIt() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.store(Map.of("api_key", "value-before-the-change"));
            SecretProvider provider = checks.provider();
            checks.found(provider, "api_key", "value-before-the-change");
            Object before = provider.version();
            checks.store(Map.of("api_key", "value-after-the-change"));
            provider.expire();
            if (provider.version().isEmpty() || !before.equals(provider.version())) {
                checks.found(provider, "api_key", "value-after-the-change");
            }
        }
    }

    /** A watch can be opened and closed, and closed once more. */
    @Test
    default void watch_closedTwice_harmless() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.store(Map.of("api_key", "value-of-api-key"));
            SecretProvider provider = checks.provider();
            Subscription watch = provider.watch(Set.of("api_key"), () -> {});
            watch.close();
            watch.close();
            checks.found(provider, "api_key", "value-of-api-key");
        }
    }

    /** A provider that can be closed may be closed twice, makes nothing absent then, and leaves others alone. */
    @Test
    default void close_twice_harmlessToOthers() throws Exception {
        try (ContractChecks checks = ContractChecks.of(this)) {
            checks.store(Map.of("api_key", "value-of-api-key"));
            SecretProvider provider = checks.provider();
            SecretProvider other = checks.provider();
            checks.found(provider, "api_key", "value-of-api-key");
            checks.close(provider);
            checks.close(provider);
            checks.found(other, "api_key", "value-of-api-key");
            checks.foundOrRefused(provider, "api_key");
        }
    }
}
