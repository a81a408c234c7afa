package dev.modelsecrets.testing.readme;

import dev.modelsecrets.RefreshingSecrets;

/** A part of a framework that must notice rotation. */
final class ConnectionPool {

    private int reconnects;

    ConnectionPool(RefreshingSecrets secrets) {
        secrets.onChange(change -> reconnects += change.changed().contains("db_password") ? 1 : 0);
    }

    int reconnects() {
        return reconnects;
    }
}
