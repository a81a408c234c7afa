package dev.modelsecrets.testing.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.MountedSecretProvider;
import dev.modelsecrets.testing.Faults;
import dev.modelsecrets.testing.KubernetesVolume;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedConnectionPoolTest {

    @Test
    void pool_mountRotatedAndFlapping_reconnectsInTheEnd(@TempDir Path directory) throws Exception {
        try (KubernetesVolume volume = KubernetesVolume.at(directory)) {
            volume.publish(Map.of("db_password", "first-password"));
            SecretProvider mount = Faults.flapping(MountedSecretProvider.at(volume.directory()), 1, 1);
            SecretDeclarations declarations = SecretDeclarations.of("db_password");
            try (RefreshingSecrets secrets = SecretsResolver.of(mount).refreshing(declarations, Duration.ZERO)) {
                ConnectionPool pool = new ConnectionPool(secrets);
                CountDownLatch told = new CountDownLatch(1);
                secrets.onChange(change -> told.countDown()); // after the pool: listeners are told in order
                volume.publish(Map.of("db_password", "second-password"));
                secrets.refresh(); // fails, so the last good ones stay
                assertThat(pool.reconnects()).isZero();
                secrets.refresh();
                assertThat(told.await(1, TimeUnit.MINUTES)).isTrue();
                assertThat(pool.reconnects()).isEqualTo(1);
            }
        }
    }
}
