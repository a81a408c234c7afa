package dev.modelsecrets.examples.clients;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** An H2 database in memory with a user MODEL that has one password: the old one is invalid with the change. */
final class Database implements Backend, AutoCloseable {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final Connection administrator;

    Database() throws SQLException {
        administrator = DriverManager.getConnection(url, "ADMIN", "test-admin");
        execute("CREATE USER MODEL PASSWORD '" + Keys.value("db_password", 0) + "'");
    }

    String url() {
        return url;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = administrator.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void accept(int generation) throws SQLException {
        execute("ALTER USER MODEL SET PASSWORD '" + Keys.value("db_password", generation) + "'");
    }

    @Override
    public void revoke(int generation) {}

    @Override
    public void close() throws SQLException {
        administrator.close();
    }
}
