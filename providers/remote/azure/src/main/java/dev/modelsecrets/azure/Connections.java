package dev.modelsecrets.azure;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The words for connections that fail. */
final class Connections {

    private Connections() {}

    /**
     * Returns what is wrong, after the name of the system; null if this is not about a connection.
     *
     * @param causes an exception and its causes
     */
    static @Nullable String problem(List<Throwable> causes) {
        if (holds(causes, UnknownHostException.class) || holds(causes, UnresolvedAddressException.class)) {
            return "cannot be reached: there is no such host";
        }
        if (holds(causes, HttpTimeoutException.class) || holds(causes, TimeoutException.class)) {
            return "did not answer in time";
        }
        if (holds(causes, ConnectException.class)) {
            return "cannot be reached: connection refused";
        }
        if (holds(causes, SSLException.class)) {
            return "cannot be reached: its TLS certificate is not trusted; add its authority to the trust store of this"
                    + " JVM (javax.net.ssl.trustStore)";
        }
        return holds(causes, IOException.class) ? "cannot be read: the connection broke off" : null;
    }

    private static boolean holds(List<Throwable> causes, Class<? extends Exception> type) {
        return causes.stream().anyMatch(type::isInstance);
    }
}
