package dev.modelsecrets.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.modelsecrets.RefreshingSecrets;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

class HikariTest {

    @TempDir
    Path directory;

    @Component
    static class PoolRotation {

        private final HikariDataSource pool;
        private final RefreshingSecrets secrets;

        PoolRotation(HikariDataSource pool, RefreshingSecrets secrets) {
            this.pool = pool;
            this.secrets = secrets;
        }

        @EventListener
        void rotated(SecretsChangedEvent event) {
            if (event.names().contains("db_password")) {
                pool.getHikariConfigMXBean().setPassword(secrets.get().require("db_password"));
                pool.getHikariPoolMXBean().softEvictConnections(); // those in use end when they are given back
            }
        }
    }

    /** A database that lets in who has the current password, and never ends a session. */
    static final class Database {

        final AtomicReference<String> password = new AtomicReference<>("test-password-1");

        DataSource dataSource() {
            return (DataSource) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("getConnection")) {
                            return connect((String) arguments[1]);
                        }
                        return method.getReturnType() == int.class ? 0 : null;
                    });
        }

        private Connection connect(String given) throws SQLException {
            if (!password.get().equals(given)) {
                throw new SQLException("access denied");
            }
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        Class<?> type = method.getReturnType();
                        if (method.getName().equals("getCatalog")) {
                            return given; // lets the test see with which password a session was opened
                        }
                        if (method.getName().equals("isValid")) {
                            return true;
                        }
                        return type == boolean.class ? (Object) false : type == int.class ? 0 : null;
                    });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Pooled {

        final Database database = new Database();

        @Bean
        HikariDataSource pool(RefreshingSecrets secrets) {
            HikariDataSource pool = new HikariDataSource();
            pool.setDataSource(database.dataSource());
            pool.setUsername("app");
            pool.setPassword(secrets.get().require("db_password"));
            pool.setMaximumPoolSize(2);
            return pool;
        }
    }

    @Test
    void pool_passwordIsRotated_opensNewSessionsWithTheNewOne() throws Exception {
        Application application = Application.with(directory, Map.of("db_password", "test-password-1"))
                .importing("db_password")
                .with("model-secrets.refresh-interval=0s");

        try (ConfigurableApplicationContext context = application.start(Pooled.class, PoolRotation.class)) {
            HikariDataSource pool = context.getBean(HikariDataSource.class);
            try (Connection inUse = pool.getConnection()) {
                context.getBean(Pooled.class).database.password.set("test-password-2");
                application.rotate("db_password", "test-password-2");
                context.getBean(RefreshingSecrets.class).refresh();

                assertThat(inUse.getCatalog()).isEqualTo("test-password-1");
                assertThat(openedWith(pool, "test-password-2")).isTrue();
            }
        }
    }

    /** Hikari ends an evicted session on a thread of its own. */
    private static boolean openedWith(HikariDataSource pool, String password)
            throws SQLException, InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (Instant.now().isBefore(end)) {
            try (Connection connection = pool.getConnection()) {
                if (password.equals(connection.getCatalog())) {
                    return true;
                }
            }
            Thread.sleep(20);
        }
        return false;
    }
}
