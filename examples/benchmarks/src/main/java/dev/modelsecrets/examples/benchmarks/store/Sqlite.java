package dev.modelsecrets.examples.benchmarks.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table of SQLite: the default journal, {@code synchronous=FULL}, prepared statements that are kept. */
public final class Sqlite implements Contender {

    private final Values values;
    private final Connection connection;
    private final PreparedStatement insert;
    private final Map<Integer, PreparedStatement> selects = new HashMap<>();

    private Sqlite(Path directory) throws IOException, SQLException {
        values = Values.of(directory);
        connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("secrets.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("CREATE TABLE IF NOT EXISTS secrets"
                    + " (name TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL) WITHOUT ROWID");
        }
        insert = connection.prepareStatement("INSERT INTO secrets VALUES (?, ?)");
    }

    /** Makes or opens a database. */
    public static Contender open(Path directory) throws IOException {
        try {
            return new Sqlite(directory);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void createAll(Map<String, String> secrets) {
        try {
            connection.setAutoCommit(false);
            for (Map.Entry<String, String> secret : secrets.entrySet()) {
                insert.setString(1, secret.getKey());
                insert.setBytes(2, values.seal(secret.getKey(), secret.getValue()));
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void create(String name, String value) {
        try {
            insert.setString(1, name);
            insert.setBytes(2, values.seal(name, value));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Map<String, String> resolve(List<String> names) {
        Map<String, String> found = new HashMap<>();
        try {
            PreparedStatement select = select(names.size());
            for (int i = 0; i < names.size(); i++) {
                select.setString(i + 1, names.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    found.put(name, values.open(name, rows.getBytes(2)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private PreparedStatement select(int count) throws SQLException {
        PreparedStatement select = selects.get(count);
        if (select == null) {
            String marks = String.join(",", Collections.nCopies(count, "?"));
            select = connection.prepareStatement("SELECT name, value FROM secrets WHERE name IN (" + marks + ")");
            selects.put(count, select);
        }
        return select;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
