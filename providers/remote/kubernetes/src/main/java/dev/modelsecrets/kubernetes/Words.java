package dev.modelsecrets.kubernetes;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why there was no answer, without the words of the client's exceptions. */
final class Words {

    private static final int DEPTH = 20;

    private Words() {}

    /** Returns the end of a sentence whose subject is the server. */
    static String unreachable(Throwable failure) {
        if (hasCause(failure, CertificateException.class)
                || hasCause(failure, CertPathValidatorException.class)
                || hasCause(failure, CertPathBuilderException.class)) {
            return "cannot be reached: its certificate is not trusted, or is for another host; give the client the"
                    + " cluster's certificate authority";
        }
        if (hasCause(failure, SSLException.class)) {
            return "cannot be reached: no TLS connection could be agreed on";
        }
        if (hasCause(failure, UnknownHostException.class) || hasCause(failure, UnresolvedAddressException.class)) {
            return "cannot be reached: unknown host";
        }
        if (isTimeout(failure)) {
            return "did not answer in time";
        }
        if (hasCause(failure, NoRouteToHostException.class)) {
            return "cannot be reached: no route to the host";
        }
        if (hasCause(failure, ConnectException.class)) {
            return "cannot be reached: connection refused";
        }
        return "broke the connection off";
    }

    static boolean isTimeout(Throwable failure) {
        return hasCause(failure, HttpTimeoutException.class)
                || hasCause(failure, SocketTimeoutException.class)
                || hasCause(failure, TimeoutException.class);
    }

    private static boolean hasCause(@Nullable Throwable failure, Class<? extends Throwable> type) {
        Throwable next = failure;
        for (int i = 0; i < DEPTH && next != null; i++) {
            if (type.isInstance(next)) {
                return true;
            }
            next = next.getCause();
        }
        return false;
    }
}
