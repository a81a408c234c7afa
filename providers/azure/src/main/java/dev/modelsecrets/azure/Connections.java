package dev.modelsecrets.azure;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The words for connections that fail. */
final class Connections {

    private Connections() {}

    /** Returns what is wrong, after the name of the system; null if this is not about a connection. */
    static @Nullable String problem(Throwable failure) {
        if (failure instanceof UnknownHostException || failure.getCause() instanceof UnresolvedAddressException) {
            return "cannot be reached: no such host; check the vault's name";
        }
        if (failure instanceof HttpTimeoutException || failure instanceof TimeoutException) {
            return "did not answer in time";
        }
        if (failure instanceof ConnectException) {
            return "cannot be reached: connection refused";
        }
        if (failure instanceof SSLException) {
            return "cannot be reached: its TLS certificate is not trusted; add its authority to the trust store of this"
                    + " JVM (javax.net.ssl.trustStore)";
        }
        return failure instanceof IOException ? "cannot be read: the connection broke off" : null;
    }
}
