package dev.modelsecrets.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.DelegatingSecretProvider;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Providers that break the contract, each in its own way, must be seen to fail. */
class SecretProviderContractTest {

    private static final String SENTINEL = "value-of";

    private static void assertBreaks(Class<?> contract, String test, String message) {
        TestRun run = TestRun.of(contract);
        assertThat(run.failedNames()).contains(test);
        assertThat(run.failures())
                .anySatisfy(failure -> assertThat(failure).hasMessage(message))
                .allSatisfy(failure -> assertThat(failure).hasMessageNotContaining(SENTINEL));
    }

    /** A good provider, for others to spoil. */
    static class Good implements SecretProviderContract {

        final Map<String, String> stored = new HashMap<>();
        final AtomicLong requests = new AtomicLong();
        boolean broken;
        String denied = "";

        @Override
        public void store(Map<String, String> values) {
            stored.clear();
            stored.putAll(values);
        }

        @Override
        public SecretProvider provider() {
            return new GoodProvider(this);
        }

        @Override
        public void breakBackend() {
            broken = true;
        }

        @Override
        public void deny(String name) {
            denied = name;
        }

        @Override
        public OptionalLong roundTrips() {
            return OptionalLong.of(requests.get());
        }
    }

    static class GoodProvider implements SecretProvider, AutoCloseable {

        final Good backend;

        GoodProvider(Good backend) {
            this.backend = backend;
        }

        @Override
        public String name() {
            return "good";
        }

        @Override
        public Map<String, Lookup> find(Set<String> names) {
            if (names.isEmpty()) {
                return Map.of();
            }
            backend.requests.incrementAndGet();
            if (backend.broken) {
                throw new SecretProviderException(name(), "is broken");
            }
            Map<String, Lookup> answers = new HashMap<>();
            for (String name : names) {
                String value = backend.stored.get(name);
                answers.put(
                        name,
                        name.equals(backend.denied)
                                ? Lookup.denied("is refused")
                                : value == null ? Lookup.absent("is not there") : Lookup.found(value, "good/" + name));
            }
            return answers;
        }

        @Override
        public void close() {}

        @Override
        public String toString() {
            return "good";
        }
    }

    @Test
    void contract_goodProvider_passesAll() {
        TestRun run = TestRun.of(Good.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.abortedNames()).isEmpty();
        assertThat(run.passedTests()).isEqualTo(25);
    }

    @Test
    void contract_failureAsAbsent_fails() {
        assertBreaks(
                FailureAsAbsent.class,
                "find_brokenBackend_fails()",
                "a broken backend must be a failed or denied answer, and the secret is absent");
    }

    static class FailureAsAbsent extends Good {

        @Override
        public SecretProvider provider() {
            return SecretProvider.optional(super.provider());
        }
    }

    @Test
    void contract_deniedAsAbsent_fails() {
        assertBreaks(
                DeniedAsAbsent.class,
                "find_deniedName_isDeniedAlone()",
                "api_key is denied by the backend: it must be a denied answer, and is absent");
    }

    static class DeniedAsAbsent extends Good {

        @Override
        public SecretProvider provider() {
            return SecretProvider.optionalEvenIfDenied(super.provider());
        }
    }

    @Test
    void contract_denialForAll_fails() {
        assertBreaks(DeniesAll.class, "find_deniedName_isDeniedAlone()", "other must be found, and is denied");
    }

    static class DeniesAll extends Good {

        @Override
        public SecretProvider provider() {
            return denied.isEmpty() ? super.provider() : Faults.denying(super.provider());
        }
    }

    @Test
    void contract_cacheThatNeverExpires_fails() {
        assertBreaks(
                NeverExpires.class,
                "expire_valueChanged_findSeesIt()",
                "api_key must come back unchanged: another value was found");
    }

    static class NeverExpires extends Good {

        @Override
        public SecretProvider provider() {
            return new DelegatingSecretProvider(SecretProvider.cached(super.provider(), Duration.ofHours(1))) {
                @Override
                public void expire() {}
            };
        }
    }

    @Test
    void contract_interruptAsAbsent_fails() {
        assertBreaks(
                InterruptAsAbsent.class,
                "find_interruptedThread_isNotAbsent()",
                "api_key must be found, and is absent");
    }

    static class InterruptAsAbsent extends Good {

        @Override
        public SecretProvider provider() {
            return new DelegatingSecretProvider(super.provider()) {
                @Override
                public Map<String, Lookup> find(Set<String> names) {
                    return Thread.currentThread().isInterrupted() ? Map.of() : super.find(names);
                }
            };
        }
    }

    @Test
    void contract_oneByOne_fails() {
        assertBreaks(
                OneByOne.class,
                "find_manyNames_oneRoundTrip()",
                "find of 10 names took 10 round trips, and must take 1");
    }

    static class OneByOne extends Good {

        @Override
        public SecretProvider provider() {
            return new DelegatingSecretProvider(super.provider()) {
                @Override
                public Map<String, Lookup> find(Set<String> names) {
                    Map<String, Lookup> answers = new HashMap<>();
                    names.forEach(name -> answers.putAll(super.find(Set.of(name))));
                    return answers;
                }
            };
        }
    }

    @Test
    void contract_trimsValues_fails() {
        assertBreaks(
                Trims.class,
                "find_multiLineValue_unchanged()",
                "certificate must come back unchanged: white space at its ends differs");
    }

    static class Trims extends Good {

        @Override
        public void store(Map<String, String> values) {
            super.store(values);
            stored.replaceAll((name, value) -> value.strip());
        }
    }

    @Test
    void contract_cutsLongValues_fails() {
        assertBreaks(
                Cuts.class, "find_largestValue_unchanged()", "large must come back unchanged: another value was found");
    }

    static class Cuts extends Good {

        @Override
        public void store(Map<String, String> values) {
            super.store(values);
            stored.replaceAll((name, value) -> value.substring(0, Math.min(65_536, value.length())));
        }
    }

    @Test
    void contract_ignoresCase_fails() {
        assertBreaks(
                IgnoresCase.class,
                "find_namesWithDotsAndDashes_found()",
                "SVC_API_KEY must come back unchanged: another value was found");
    }

    static class IgnoresCase extends Good {

        @Override
        public SecretProvider provider() {
            return SecretProvider.of("ignores case", name -> {
                String value = stored.get(name.toLowerCase(java.util.Locale.ROOT));
                return value == null ? Lookup.absent("is not there") : Lookup.found(value, "a place");
            });
        }
    }

    @Test
    void contract_valueInException_fails() {
        assertBreaks(
                Leaks.class, "find_brokenBackend_fails()", "the problem of api_key must not hold a value, and does");
    }

    static class Leaks extends Good {

        @Override
        public SecretProvider provider() {
            return broken
                    ? Faults.failing(
                            super.provider(), () -> new SecretProviderException("good", "cannot parse " + stored))
                    : super.provider();
        }
    }

    @Test
    void contract_clientsException_fails() {
        assertBreaks(
                ClientsException.class,
                "find_brokenBackend_fails()",
                "a broken backend must be a SecretsException, and is java.lang.IllegalStateException");
    }

    static class ClientsException extends Good {

        @Override
        public SecretProvider provider() {
            return broken
                    ? Faults.failing(super.provider(), () -> new IllegalStateException("cannot parse " + stored))
                    : super.provider();
        }
    }

    @Test
    void contract_valueInToString_fails() {
        assertBreaks(
                Prints.class,
                "toString_afterFind_leaksNothing()",
                "toString() of the provider must not hold a value, and does");
    }

    static class Prints extends Good {

        @Override
        public SecretProvider provider() {
            return new GoodProvider(this) {
                @Override
                public String toString() {
                    return "good" + stored;
                }
            };
        }
    }

    @Test
    @ResourceLock(Resources.SYSTEM_OUT)
    void contract_valuePrinted_fails() {
        TestRun run = TestRun.of(Debugs.class);
        assertThat(run.failedNames()).contains("find_storedName_found()");
        assertThat(run.failures())
                .anySatisfy(failure -> assertThat(failure).hasMessageContaining("api_key  System.out, line 1"));
    }

    static class Debugs extends Good {

        @Override
        public int largestValue() {
            return 1 << 10;
        }

        @Override
        @SuppressWarnings("SystemOut")
        public SecretProvider provider() {
            return new DelegatingSecretProvider(super.provider()) {
                @Override
                public Map<String, Lookup> find(Set<String> names) {
                    System.out.println("DEBUG " + stored);
                    return super.find(names);
                }
            };
        }
    }

    @Test
    void contract_blankFound_saysWhy() {
        assertBreaks(
                Blank.class,
                "find_blankValue_absent()",
                "empty holds a blank value: it must be absent with a reason that ends in \"is blank\"");
    }

    static class Blank extends Good {

        @Override
        public SecretProvider provider() {
            return new GoodProvider(this) {
                @Override
                public Map<String, Lookup> find(Set<String> names) {
                    Map<String, Lookup> answers = new HashMap<>(super.find(names));
                    answers.replaceAll((name, lookup) -> lookup.isFound() ? lookup : Lookup.absent("no idea"));
                    return answers;
                }
            };
        }
    }

    @Test
    void contract_staleVersion_fails() {
        assertBreaks(
                Stale.class,
                "version_valueChanged_differsIfAnswersDo()",
                "version() stayed the same, but find gives another value");
    }

    static class Stale extends Good {

        @Override
        public SecretProvider provider() {
            return new GoodProvider(this) {
                @Override
                public Optional<Object> version() {
                    return Optional.of("1");
                }
            };
        }
    }

    @Test
    void contract_closedIsAbsent_fails() {
        assertBreaks(
                ClosedIsAbsent.class,
                "close_twice_harmlessToOthers()",
                "a closed provider must not call a secret absent");
    }

    static class ClosedIsAbsent extends Good {

        @Override
        public SecretProvider provider() {
            return new GoodProvider(this) {
                private boolean closed;

                @Override
                public Map<String, Lookup> find(Set<String> names) {
                    return closed ? Map.of() : super.find(names);
                }

                @Override
                public void close() {
                    closed = true;
                }
            };
        }
    }

    @Test
    void contract_notThreadSafe_fails() {
        TestRun run = TestRun.of(NotThreadSafe.class);
        assertThat(run.failedNames()).containsExactly("find_manyThreads_rightAnswers()");
    }

    static class NotThreadSafe extends Good {

        @Override
        public SecretProvider provider() {
            return new GoodProvider(this) {
                private Set<String> asked = Set.of();

                @Override
                public Map<String, Lookup> find(Set<String> names) {
                    asked = names;
                    Faults.slow(SecretProvider.of("pause", Map.of()), Duration.ofMillis(1))
                            .find(names);
                    return super.find(asked);
                }
            };
        }
    }

    @Test
    void contract_contactsTooEarly_fails() {
        assertBreaks(
                Early.class,
                "provider_notAskedYet_contactsNothing()",
                "a provider must contact nothing before the first find");
    }

    static class Early extends Good {

        @Override
        public SecretProvider provider() {
            requests.incrementAndGet();
            return super.provider();
        }
    }

    @Test
    void contract_nothingDeclared_saysWhatToImplement() {
        TestRun run = TestRun.of(Undeclared.class);
        assertThat(run.failures())
                .extracting(failure -> String.valueOf(failure.getMessage()))
                .containsExactlyInAnyOrder(
                        "implement breakBackend(), or declare Limit.NEVER_FAILS if there is nothing to break",
                        "implement deny(name), or declare Limit.NEVER_DENIES if access cannot be refused");
        assertThat(run.abortedNames())
                .containsExactly("find_manyNames_oneRoundTrip()", "provider_notAskedYet_contactsNothing()");
    }

    static class Undeclared implements SecretProviderContract {

        private Map<String, String> values = Map.of();

        @Override
        public void store(Map<String, String> values) {
            this.values = values;
        }

        @Override
        public SecretProvider provider() {
            return SecretProvider.of("given", values);
        }
    }
}
