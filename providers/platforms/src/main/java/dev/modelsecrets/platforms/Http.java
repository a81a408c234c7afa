package dev.modelsecrets.platforms;

import java.net.http.HttpClient;
import java.util.Locale;
import java.util.Set;

/** The JDK's HTTP client, told to follow no redirect, and kept from logging what it sends. */
final class Http {

    private Http() {}

    /** Makes a client that speaks HTTP/1.1, whose headers one property of the JDK logs, and no other. */
    static HttpClient client(Endpoint endpoint) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(endpoint.timeout().dividedBy(2));
        endpoint.tls().ifPresent(builder::sslContext);
        if (endpoint.isPlain()) {
            builder.proxy(HttpClient.Builder.NO_PROXY);
        }
        return builder.build();
    }

    /**
     * Refuses to send where the JVM was told to log headers or the plain text below TLS: the log would hold the token
     * and the values, and nothing here could keep them out.
     */
    static void refuseLogsOfSecrets(Failures failures) {
        refuse(failures, "jdk.httpclient.HttpClient.log", Set.of("all", "headers"));
        refuse(failures, "javax.net.debug", Set.of("all", "plaintext", "data"));
    }

    private static void refuse(Failures failures, String property, Set<String> tooMuch) {
        for (String option : System.getProperty(property, "").split("[,: ]", -1)) {
            if (tooMuch.contains(option.toLowerCase(Locale.ROOT))) {
                throw failures.of(
                        SecretPlatformException.Effect.NONE_FOR_ALL,
                        "nothing was sent, because the log would hold the token and the values: start Java without -D"
                                + property + "=" + option);
            }
        }
    }
}
