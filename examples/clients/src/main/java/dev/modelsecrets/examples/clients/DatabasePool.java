package dev.modelsecrets.examples.clients;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.modelsecrets.RefreshingSecrets;

/** Hikari asks for the password with each new connection; after a change the old connections are let go. */
final class DatabasePool {

    private DatabasePool() {}

    static HikariDataSource create(RefreshingSecrets secrets, String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(4);
        config.setCredentialsProvider(
                () -> Credentials.of("MODEL", secrets.get().require("db_password")));
        HikariDataSource pool = new HikariDataSource(config);
        // A connection that is in use goes back first, and is closed then.
        secrets.onChange(change -> pool.getHikariPoolMXBean().softEvictConnections());
        return pool;
    }
}
