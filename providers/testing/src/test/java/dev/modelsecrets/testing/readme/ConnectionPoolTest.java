package dev.modelsecrets.testing.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.testing.RotatingSecrets;
import dev.modelsecrets.testing.SecretFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@SecretFixture(name = "db_password", value = "first-password")
class ConnectionPoolTest {

    @Test
    void pool_passwordRotated_reconnects(RefreshingSecrets secrets, RotatingSecrets rotating) {
        ConnectionPool pool = new ConnectionPool(secrets);
        rotating.rotate("db_password", "second-password");
        assertThat(pool.reconnects()).isEqualTo(1);
    }

    @Test
    void health_storeDownForAnHour_isStale(RefreshingSecrets secrets, RotatingSecrets rotating) {
        rotating.fail();
        rotating.clock().advance(Duration.ofHours(1));
        secrets.refresh();
        assertThat(secrets.age()).isEqualTo(Duration.ofHours(1));
        assertThat(secrets.lastFailure()).isPresent();
    }
}
