package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.RefreshingSecrets.Change;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Refreshes as one thread sees them; {@link RefreshingSecretsThreadTest} has the others. */
@Timeout(120)
class RefreshingSecretsTest {

    private static final SecretDeclarations DECLARATIONS = SecretDeclarations.builder()
            .required("token")
            .withDefault("region", "eu")
            .build();

    private final ChangingProvider provider = new ChangingProvider().set("token", "first-token");
    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private volatile Duration now = Duration.ofDays(3);
    private RefreshingSecrets secrets;

    @BeforeEach
    void start() {
        secrets = refreshing(SecretsResolver.of(provider));
    }

    @AfterEach
    void stop() {
        secrets.close();
    }

    private RefreshingSecrets refreshing(SecretsResolver resolver) {
        return resolver.refreshing(DECLARATIONS, Duration.ZERO, () -> now.toNanos());
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static Change change(Set<String> added, Set<String> changed, Set<String> removed) {
        return new Change(added, changed, removed);
    }

    /** Waits until listeners, which run on a thread of their own, were told of some changes. */
    private List<Change> told(int count) {
        await(() -> changes.size() >= count);
        return changes;
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    // Snapshots

    @Test
    void get_atFirst_isWhatResolveGives() {
        assertThat(secrets.get()).isEqualTo(Map.of("token", "first-token", "region", "eu"));
        assertThat(secrets.get().source("token")).isEqualTo("remote: /remote/token");
        assertThat(provider.finds()).containsExactly(Set.of("token", "region"));
    }

    @Test
    void get_changeWithoutARefresh_isNotSeen() {
        provider.set("token", "second-token");

        assertThat(secrets.get().require("token")).isEqualTo("first-token");
        assertThat(provider.finds()).hasSize(1);
    }

    @Test
    void refresh_changedValue_isInTheNewSnapshotOnly() {
        Secrets before = secrets.get();
        provider.set("token", "second-token");

        Secrets after = secrets.refresh();

        assertThat(after.require("token")).isEqualTo("second-token");
        assertThat(secrets.get()).isSameAs(after).isNotSameAs(before);
        assertThat(before).isEqualTo(Map.of("token", "first-token", "region", "eu"));
    }

    @Test
    void refresh_nothingChanged_keepsTheObject() {
        Secrets before = secrets.get();

        assertThat(secrets.refresh()).isSameAs(before);
        assertThat(secrets.get()).isSameAs(before);
        assertThat(provider.finds()).hasSize(2);
    }

    // Versions

    @Test
    void refresh_equalVersion_doesNotFind() {
        provider.at("v1");
        secrets.refresh();
        int finds = provider.finds().size();
        int versions = provider.versionCalls();
        pass(Duration.ofMinutes(1));

        provider.at(new String("v1")).set("token", "not looked at");
        assertThat(secrets.refresh().require("token")).isEqualTo("first-token");

        assertThat(provider.finds()).hasSize(finds);
        assertThat(provider.versionCalls()).isEqualTo(versions + 1);
        assertThat(secrets.age()).isZero();
    }

    @Test
    void refresh_anotherVersion_finds() {
        provider.at("v1");
        secrets.refresh();
        provider.at("v2").set("token", "second-token");

        assertThat(secrets.refresh().require("token")).isEqualTo("second-token");
    }

    @Test
    void refresh_versionThatGoesAwayOrFails_finds() {
        provider.at("v1");
        secrets.refresh();

        provider.at(null).set("token", "second-token");
        assertThat(secrets.refresh().require("token")).isEqualTo("second-token");

        provider.at("v1");
        secrets.refresh();
        provider.at(new IllegalStateException("SENTINEL")).set("token", "third-token");
        assertThat(secrets.refresh().require("token")).isEqualTo("third-token");
        assertThat(secrets.lastFailure()).isEmpty();
    }

    @Test
    void refresh_changeWhileItWasBeingRead_isSeenByTheNext() {
        provider.at("v1").does(() -> provider.at("v2").set("token", "second-token"));
        assertThat(secrets.refresh().require("token")).isEqualTo("first-token");
        provider.does(() -> {});

        assertThat(secrets.refresh().require("token")).isEqualTo("second-token");
    }

    @Test
    void refresh_providersThatWereNotAsked_areNotAsked() {
        ChangingProvider first =
                new ChangingProvider().set("token", "t").set("region", "r").at("v1");
        ChangingProvider second = new ChangingProvider();
        try (RefreshingSecrets two = refreshing(SecretsResolver.of(first, second))) {
            two.refresh();

            assertThat(first.finds()).hasSize(1);
            assertThat(second.finds()).isEmpty();
        }
    }

    @Test
    void refresh_oneOfTwoProvidersCannotTell_asksBoth() {
        ChangingProvider first = new ChangingProvider().set("token", "t").at("v1");
        ChangingProvider second = new ChangingProvider();
        try (RefreshingSecrets two = refreshing(SecretsResolver.of(first, second))) {
            second.set("region", "us");

            assertThat(two.refresh().require("region")).isEqualTo("us");
            assertThat(first.finds()).hasSize(2);
        }
    }

    @Test
    void refresh_equalVersionAfterAFailure_findsAgain() {
        provider.at("v1");
        secrets.refresh();
        provider.at("v2").fails(new SecretProviderException("remote", "down"));
        secrets.refresh();
        provider.fails(null).set("token", "second-token");

        assertThat(secrets.refresh().require("token")).isEqualTo("second-token");
    }

    // Failures

    @Test
    void refresh_failure_keepsTheLastGoodSnapshot() {
        SecretProviderException down = new SecretProviderException("remote", "down");
        Secrets before = secrets.get();
        provider.fails(down).set("token", "second-token");
        pass(Duration.ofSeconds(40));

        assertThat(secrets.refresh()).isSameAs(before);

        assertThat(secrets.lastFailure()).get().isInstanceOf(SecretProviderException.class);
        assertThat(secrets.age()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void refresh_recovery_clearsTheFailureAndTheAge() {
        provider.fails(new SecretProviderException("remote", "down"));
        pass(Duration.ofSeconds(40));
        secrets.refresh();
        provider.fails(null).set("token", "second-token");

        assertThat(secrets.refresh().require("token")).isEqualTo("second-token");

        assertThat(secrets.lastFailure()).isEmpty();
        assertThat(secrets.age()).isZero();
    }

    @Test
    void refresh_secretThatIsGone_isAFailure() {
        provider.remove("token");

        assertThat(secrets.refresh().require("token")).isEqualTo("first-token");
        assertThat(secrets.lastFailure()).get().isInstanceOf(MissingSecretsException.class);
    }

    @Test
    void refresh_streakOfFailures_givesOneWarning() {
        try (LogCapture log = new LogCapture()) {
            provider.fails(new SecretProviderException("remote", "down"));
            secrets.refresh();
            provider.fails(new SecretProviderException("remote", "still down"));
            secrets.refresh();
            secrets.refresh();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING Refreshing the secrets failed, so the last good ones stay in use.")
                    .contains("failed: down");

            provider.fails(null);
            secrets.refresh();
            provider.fails(new SecretProviderException("remote", "down again"));
            secrets.refresh();
            assertThat(log.lines()).hasSize(2).last().asString().contains("failed: down again");
        }
    }

    @Test
    void refresh_foreignExceptionsAndErrors_becomeFailuresWithoutTheirWords() {
        provider.fails(new IllegalStateException("SENTINEL"));
        secrets.refresh();
        assertThat(secrets.lastFailure().orElseThrow())
                .isInstanceOf(SecretProviderException.class)
                .hasMessageContaining("remote    failed with java.lang.IllegalStateException (its message is withheld")
                .hasMessageNotContaining("SENTINEL");

        provider.fails(new AssertionError("SENTINEL"));
        secrets.refresh();
        assertThat(secrets.lastFailure().orElseThrow())
                .hasMessageContaining("remote    failed with java.lang.AssertionError (its message is withheld")
                .hasNoCause();

        provider.fails(new IOException("SENTINEL"));
        secrets.refresh();
        assertThat(secrets.lastFailure().orElseThrow())
                .hasMessageContaining("java.io.IOException")
                .hasMessageNotContaining("SENTINEL")
                .hasNoCause();
        assertThat(secrets.get().require("token")).isEqualTo("first-token");
    }

    @Test
    void refresh_accessDenied_isThrownEachTimeAndCoversNothingUp() {
        SecretAccessDeniedException denied = new SecretAccessDeniedException("remote", "role x may not read token");
        Secrets before = secrets.get();
        provider.at("v1");
        secrets.refresh();
        provider.at("v2").fails(denied);
        pass(Duration.ofSeconds(5));

        assertThatThrownBy(() -> secrets.refresh()).hasMessageContaining("denied: role x may not read token");
        assertThatThrownBy(() -> secrets.refresh()).hasMessageContaining("denied: role x may not read token");

        assertThat(secrets.get()).isSameAs(before);
        assertThat(secrets.lastFailure()).get().isInstanceOf(SecretAccessDeniedException.class);
        assertThat(secrets.age()).isEqualTo(Duration.ofSeconds(5));
        provider.fails(null);
        assertThat(secrets.refresh()).isSameAs(before);
    }

    // The beginning

    @Test
    void refreshing_firstResolveFails_throwsAndEndsTheWatches() {
        ChangingProvider broken = new ChangingProvider().fails(new SecretProviderException("remote", "down"));
        SecretsResolver resolver = SecretsResolver.of(broken);

        assertThatThrownBy(() -> resolver.refreshing(DECLARATIONS, Duration.ZERO))
                .isInstanceOf(SecretProviderException.class)
                .hasMessageContaining("failed: down");

        assertThat(broken.watches()).isEqualTo(1);
        assertThat(broken.closedWatches()).isEqualTo(1);
    }

    @Test
    void refreshing_missingSecret_throws() {
        SecretsResolver resolver = SecretsResolver.of(new FakeProvider("empty"));

        assertThatThrownBy(() -> resolver.refreshing(DECLARATIONS, Duration.ofDays(1)))
                .isInstanceOf(MissingSecretsException.class);
    }

    @Test
    void refreshing_watchThatFails_isAWarning() {
        SecretProvider broken = new SecretProvider() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Map<String, Lookup> find(Set<String> names) {
                return Map.of();
            }

            @Override
            public Subscription watch(Set<String> names, Runnable changed) {
                throw new IllegalStateException("no connection");
            }
        };
        try (LogCapture log = new LogCapture();
                RefreshingSecrets two = refreshing(SecretsResolver.of(broken, provider))) {
            assertThat(two.get().require("token")).isEqualTo("first-token");
            assertThat(log.lines())
                    .contains(
                            "WARNING The provider broken announces no changes: failed with"
                                    + " java.lang.IllegalStateException (its message is withheld, because it may quote a secret)");
        }
    }

    @Test
    void refreshing_badArguments_areRefused() {
        SecretsResolver resolver = SecretsResolver.of(provider);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolver.refreshing(DECLARATIONS, Duration.ofNanos(-1)))
                .withMessage("the interval must not be negative");
        assertThatNullPointerException().isThrownBy(() -> resolver.refreshing(DECLARATIONS, Duration.ZERO, null));
        assertThatNullPointerException().isThrownBy(() -> resolver.refreshing(DECLARATIONS, null));
        assertThatNullPointerException()
                .isThrownBy(() -> resolver.refreshing((SecretDeclarations) null, Duration.ZERO));
    }

    @Test
    void refreshing_nothingDeclared_isEmptyForEver() {
        try (RefreshingSecrets none = SecretsResolver.of(provider).refreshing(SecretDeclarations.of(), Duration.ZERO)) {
            assertThat(none.refresh()).isEmpty();
            assertThat(provider.finds()).hasSize(1);
        }
    }

    // Age

    @Test
    void age_timePasses_grows() {
        assertThat(secrets.age()).isZero();
        pass(Duration.ofSeconds(7));
        assertThat(secrets.age()).isEqualTo(Duration.ofSeconds(7));

        secrets.refresh();

        assertThat(secrets.age()).isZero();
    }

    // Listeners

    @Test
    void onChange_changedValue_namesIt() {
        secrets.onChange(changes::add);
        provider.set("token", "second-token");

        secrets.refresh();

        assertThat(told(1)).containsExactly(change(Set.of(), Set.of("token"), Set.of()));
        assertThat(changes.get(0)).hasToString("Change[added=[], changed=[token], removed=[]]");
    }

    @Test
    void onChange_valueInPlaceOfADefault_isAdded() {
        secrets.onChange(changes::add);
        provider.set("region", "us");

        secrets.refresh();

        assertThat(told(1)).containsExactly(change(Set.of("region"), Set.of(), Set.of()));
    }

    @Test
    void onChange_sameValueAsTheDefault_isAddedToo() {
        secrets.onChange(changes::add);
        provider.set("region", "eu");

        assertThat(secrets.refresh().source("region")).isEqualTo("remote: /remote/region");

        assertThat(told(1)).containsExactly(change(Set.of("region"), Set.of(), Set.of()));
    }

    @Test
    void onChange_defaultInPlaceOfAValue_isRemoved() {
        provider.set("region", "us");
        secrets.refresh();
        secrets.onChange(changes::add);
        provider.remove("region").set("token", "second-token");

        assertThat(secrets.refresh().require("region")).isEqualTo("eu");

        assertThat(told(1)).containsExactly(change(Set.of(), Set.of("token"), Set.of("region")));
    }

    record Keys(String token, Optional<String> extra) {}

    @Test
    void onChange_optionalRecordComponent_comesAndGoes() {
        try (RefreshingSecrets record =
                SecretsResolver.of(provider).refreshing(SecretDeclarations.of(Keys.class), Duration.ZERO)) {
            record.onChange(changes::add);
            assertThat(record.get().as(Keys.class).extra()).isEmpty();

            provider.set("extra", "more");
            assertThat(record.refresh().as(Keys.class).extra()).contains("more");
            provider.remove("extra");
            assertThat(record.refresh().as(Keys.class).extra()).isEmpty();
            told(2);
        }

        assertThat(told(2))
                .containsExactly(
                        change(Set.of("extra"), Set.of(), Set.of()), change(Set.of(), Set.of(), Set.of("extra")));
    }

    @Test
    void onChange_nothingOrAFailure_tellsNobody() {
        secrets.onChange(changes::add);

        secrets.refresh();
        provider.fails(new SecretProviderException("remote", "down"));
        secrets.refresh();

        assertThat(changes).isEmpty();
    }

    @Test
    void onChange_sameValueFromAnotherPlace_tellsNobody() {
        ChangingProvider first = new ChangingProvider();
        try (RefreshingSecrets two = refreshing(SecretsResolver.of(first, provider))) {
            two.onChange(changes::add);
            first.set("token", "first-token");

            two.refresh();

            assertThat(changes).isEmpty();
        }
    }

    @Test
    void onChange_listener_seesTheNewSnapshotAndTheEndOfTheFailure() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        secrets.onChange(change -> {
            seen.add(secrets.get().require("token"));
            seen.add(secrets.lastFailure());
            seen.add(secrets.age());
        });
        provider.fails(new SecretProviderException("remote", "down"));
        pass(Duration.ofSeconds(9));
        secrets.refresh();
        provider.fails(null).set("token", "second-token");

        secrets.refresh();

        await(() -> seen.size() == 3);
        assertThat(seen).containsExactly("second-token", Optional.empty(), Duration.ZERO);
    }

    @Test
    void onChange_listenerThatThrows_harmsNobody() {
        secrets.onChange(change -> {
            throw new IllegalStateException("SENTINEL");
        });
        secrets.onChange(change -> {
            throw new AssertionError("SENTINEL");
        });
        secrets.onChange(changes::add);
        provider.set("token", "second-token");

        assertThat(secrets.refresh().require("token")).isEqualTo("second-token");

        assertThat(told(1)).hasSize(1);
        assertThat(secrets.lastFailure()).isEmpty();
    }

    @Test
    void onChange_listenerThatRefreshes_looksAgain() {
        List<String> seen = new CopyOnWriteArrayList<>();
        secrets.onChange(change -> seen.add(secrets.refresh().require("token")));
        provider.set("token", "second-token");

        secrets.refresh();

        await(() -> seen.size() == 1);
        assertThat(seen).containsExactly("second-token");
        assertThat(provider.finds()).hasSize(3);
    }

    @Test
    void onChange_listenerThatCloses_isTheLastToHear() {
        secrets.onChange(change -> secrets.close());
        provider.set("token", "second-token");

        assertThat(secrets.refresh().require("token")).isEqualTo("second-token");
        await(() -> {
            try {
                return secrets.refresh() == null;
            } catch (IllegalStateException closed) {
                return true;
            }
        });
    }

    @Test
    void onChange_removedListener_hearsNoMore() {
        List<Change> last = new CopyOnWriteArrayList<>();
        Subscription listening = secrets.onChange(changes::add);
        provider.set("token", "second-token");
        secrets.refresh();
        told(1);

        listening.close();
        listening.close();
        provider.set("token", "third-token");
        secrets.onChange(last::add);
        secrets.refresh();

        await(() -> last.size() == 1);
        assertThat(changes).hasSize(1);
    }

    @Test
    void onChange_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> secrets.onChange(null));
    }

    @Test
    void change_sets_areCopies() {
        Set<String> names = new HashSet<>(Set.of("a"));
        Change change = new Change(names, Set.of(), Set.of());
        names.clear();

        assertThat(change.added()).containsExactly("a");
        assertThatThrownBy(() -> change.added().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    // Caches

    @Test
    void refresh_cachedProvider_isBypassed() {
        SecretProvider cached = SecretProvider.cached(provider, Duration.ofDays(1));
        try (RefreshingSecrets remote = refreshing(SecretsResolver.of(cached))) {
            provider.set("token", "second-token");
            assertThat(cached.find(Set.of("token")).get("token").value()).isEqualTo("first-token");

            assertThat(remote.refresh().require("token")).isEqualTo("second-token");
        }
    }

    @Test
    void refresh_cacheInsideOtherProviders_isBypassedToo() {
        SecretProvider cached = SecretProvider.optional(SecretProvider.cached(
                SecretProvider.optional(SecretProvider.cached(provider, Duration.ofDays(1))), Duration.ofDays(1)));
        try (RefreshingSecrets remote = refreshing(SecretsResolver.of(cached))) {
            provider.set("token", "second-token");

            assertThat(remote.refresh().require("token")).isEqualTo("second-token");
        }
    }

    // The end

    @Test
    void close_afterwards_theSnapshotStaysAndNothingIsAsked() {
        provider.set("token", "second-token");
        secrets.close();
        int finds = provider.finds().size();

        assertThat(secrets.get().require("token")).isEqualTo("first-token");
        assertThatIllegalStateException()
                .isThrownBy(secrets::refresh)
                .withMessage("these refreshing secrets are closed");
        assertThat(secrets.age()).isZero();
        assertThat(secrets.lastFailure()).isEmpty();
        assertThat(secrets.redactor().redact("first-token")).isEqualTo("[secret:token]");
        assertThat(provider.finds()).hasSize(finds);
    }

    @Test
    void close_afterwards_noCacheOfAProviderIsForgotten() {
        AtomicInteger expired = new AtomicInteger();
        RefreshingSecrets cached = SecretsResolver.of(new DelegatingSecretProvider(provider) {
                    @Override
                    public void expire() {
                        expired.incrementAndGet();
                    }
                })
                .refreshing(Duration.ZERO, "token");
        cached.refresh();
        cached.close();

        assertThatIllegalStateException().isThrownBy(cached::refresh);

        assertThat(expired).hasValue(1);
    }

    @Test
    void close_twice_endsTheWatchesOnce() {
        secrets.close();
        secrets.close();

        assertThat(provider.closedWatches()).isEqualTo(1);
    }

    @Test
    void close_watchThatDoesNotClose_isAWarningAndTheOthersAreClosed() {
        SecretProvider stubborn = new SecretProvider() {
            @Override
            public String name() {
                return "stubborn";
            }

            @Override
            public Map<String, Lookup> find(Set<String> names) {
                return Map.of();
            }

            @Override
            public Subscription watch(Set<String> names, Runnable changed) {
                return () -> {
                    throw new IllegalStateException("SENTINEL");
                };
            }
        };
        RefreshingSecrets two = refreshing(SecretsResolver.of(stubborn, provider));
        try (LogCapture log = new LogCapture()) {
            two.close();

            assertThat(log.lines())
                    .containsExactly(
                            "WARNING The watch of a provider did not close: it failed with java.lang.IllegalStateException (its"
                                    + " message is withheld, because it may quote a secret)");
            assertThat(provider.closedWatches()).isEqualTo(1);
        }
    }

    @Test
    void toString_anyState_isNamesOnly() {
        assertThat(secrets).hasToString("RefreshingSecrets[token, region]");
    }
}
