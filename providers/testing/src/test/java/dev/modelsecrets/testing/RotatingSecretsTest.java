package dev.modelsecrets.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.RefreshingSecrets.Change;
import dev.modelsecrets.SecretAccessDeniedException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RotatingSecretsTest {

    private final RotatingSecrets rotating =
            RotatingSecrets.of(Map.of("hf_access_token", "old-token", "s3_bucket", "a-bucket"));

    @AfterEach
    void close() {
        rotating.close();
    }

    @Test
    void rotate_whenItReturns_isSeenAndTold() {
        RefreshingSecrets secrets = rotating.refreshing();
        List<Change> changes = new ArrayList<>();
        secrets.onChange(changes::add);
        Secrets before = secrets.get();
        rotating.rotate("hf_access_token", "new-token");
        assertThat(secrets.get().require("hf_access_token")).isEqualTo("new-token");
        assertThat(before.require("hf_access_token")).isEqualTo("old-token");
        assertThat(changes).containsExactly(new Change(Set.of(), Set.of("hf_access_token"), Set.of()));
    }

    @Test
    void rotate_severalAtOnce_isOneChange() {
        RefreshingSecrets secrets = rotating.refreshing();
        List<Change> changes = new ArrayList<>();
        secrets.onChange(changes::add);
        rotating.rotate(Map.of("hf_access_token", "new-token", "s3_bucket", "b-bucket"));
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).changed()).containsExactlyInAnyOrder("hf_access_token", "s3_bucket");
    }

    @Test
    void rotate_frameworksOwnRefreshing_isAnnounced() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (RefreshingSecrets secrets =
                rotating.resolver().refreshing(SecretDeclarations.of("hf_access_token"), Duration.ZERO)) {
            secrets.onChange(change -> told.countDown());
            rotating.rotate("hf_access_token", "new-token");
            assertThat(told.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(secrets.get().require("hf_access_token")).isEqualTo("new-token");
        }
    }

    @Test
    void clock_advanced_isWhatAgeGoesBy() {
        RefreshingSecrets secrets = rotating.refreshing();
        rotating.clock().advance(Duration.ofMinutes(5));
        assertThat(secrets.age()).isEqualTo(Duration.ofMinutes(5));
        rotating.rotate("hf_access_token", "new-token");
        assertThat(secrets.age()).isZero();
    }

    @Test
    void fail_thenRecover_lastGoodStaysUntilThen() {
        RefreshingSecrets secrets = rotating.refreshing();
        rotating.fail();
        rotating.rotate("hf_access_token", "new-token");
        rotating.clock().advance(Duration.ofHours(1));
        assertThat(secrets.refresh().require("hf_access_token")).isEqualTo("old-token");
        assertThat(secrets.age()).isEqualTo(Duration.ofHours(1));
        assertThat(secrets.lastFailure()).get().isInstanceOf(SecretProviderException.class);
        assertThat(secrets.lastFailure().orElseThrow())
                .hasMessageContaining("fixtures    failed: is down, because the test says so");
        rotating.recover();
        assertThat(secrets.refresh().require("hf_access_token")).isEqualTo("new-token");
        assertThat(secrets.lastFailure()).isEmpty();
    }

    @Test
    void deny_oneName_isSurfacedByRefresh() {
        RefreshingSecrets secrets = rotating.refreshing();
        rotating.deny("hf_access_token");
        assertThatThrownBy(secrets::refresh)
                .isInstanceOf(SecretAccessDeniedException.class)
                .hasMessageContaining("denied: hf_access_token is denied, because the test says so");
        rotating.rotate("hf_access_token", "new-token");
        assertThat(secrets.lastFailure()).get().isInstanceOf(SecretAccessDeniedException.class);
        SecretsAssertions.assertThat(rotating.resolver().resolve("s3_bucket")).has("s3_bucket");
    }

    @Test
    void remove_required_isMissing() {
        RefreshingSecrets secrets = rotating.refreshing();
        rotating.remove("hf_access_token");
        assertThat(secrets.lastFailure()).get().isInstanceOf(MissingSecretsException.class);
        assertThat(secrets.get().require("hf_access_token")).isEqualTo("old-token");
    }

    @Test
    void rotate_withDefault_isAddedAndRemoved() {
        RefreshingSecrets secrets = rotating.refreshing(
                SecretDeclarations.builder().withDefault("region", "nowhere").build());
        List<Change> changes = new ArrayList<>();
        secrets.onChange(changes::add);
        rotating.rotate("region", "eu-west-1");
        rotating.rotate("region", "");
        assertThat(changes)
                .containsExactly(
                        new Change(Set.of("region"), Set.of(), Set.of()),
                        new Change(Set.of(), Set.of(), Set.of("region")));
    }

    @Test
    void rotate_oneWasClosed_othersStillSeeIt() {
        RefreshingSecrets closed = rotating.refreshing();
        RefreshingSecrets open = rotating.refreshing();
        closed.close();
        rotating.rotate("hf_access_token", "new-token");
        assertThat(open.get().require("hf_access_token")).isEqualTo("new-token");
        assertThat(closed.get().require("hf_access_token")).isEqualTo("old-token");
    }

    @Test
    void rotate_listenerThatRotates_doesNotWaitForItself() {
        RefreshingSecrets secrets = rotating.refreshing();
        secrets.onChange(change -> {
            if (change.changed().contains("hf_access_token")) {
                rotating.rotate("s3_bucket", "b-bucket");
            }
        });
        rotating.rotate("hf_access_token", "new-token");
        assertThat(secrets.get().require("s3_bucket")).isEqualTo("b-bucket");
    }

    @Test
    void rotate_whileDown_tellsOfTheFailureOnce() {
        RefreshingSecrets secrets = rotating.refreshing();
        List<String> failures = new ArrayList<>();
        secrets.onFailure(failure -> failures.add(failure.getClass().getSimpleName()));
        rotating.fail();
        rotating.rotate("hf_access_token", "new-token");
        rotating.rotate("hf_access_token", "newer-token");
        assertThat(failures).containsExactly("SecretProviderException");
    }
}
