package dev.modelsecrets.examples.secretsapi;

import dev.modelsecrets.store.EncryptedSecretStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.DoSHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a store over HTTP or HTTPS: the secrets API of OCI AI Blueprints, the verbs that it lacks, and a page.
 *
 * <p>No answer and no log line holds a value: the store has no method that returns one. Thread-safe.
 */
final class SecretsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecretsServer.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private final Server server;
    private final ServerConnector connector;
    private final StoreThreads threads = new StoreThreads();

    private SecretsServer(
            EncryptedSecretStore store,
            Tokens tokens,
            InetSocketAddress address,
            Optional<SslContextFactory.Server> tls,
            Limits limits)
            throws IOException {
        QueuedThreadPool pool = new QueuedThreadPool(50);
        pool.setName("http");
        server = new Server(pool);
        connector = new ServerConnector(server, factories(tls));
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(limits.time().toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), server));
        server.setStopTimeout(STOP_TIMEOUT.toMillis());

        Handler api = new ApiHandler(new Endpoints(store), limits, threads);
        Handler limited = new DoSHandler(
                api,
                Authentication::limitedAs,
                new DoSHandler.LeakingBucketTrackerFactory(limits.requestsPerSecond()),
                new DoSHandler.StatusRejectHandler(),
                10_000);
        server.setHandler(new SecurityHeaders(new PageHandler(new Authentication(tokens, limited))));
        server.setErrorHandler(SecretsServer::answerError);
    }

    /** Answers what Jetty refuses, whose own page would repeat parts of the request. */
    private static boolean answerError(Request request, Response response, Callback callback) {
        String message = switch (response.getStatus()) {
            case 429 -> "too many requests; try again in a second";
            case 500 -> "the server cannot do its work; its log says why";
            default -> "the request is not valid HTTP";
        };
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        if (response.getStatus() != 429 && response.getStatus() != 500) {
            // Jetty closes the connection after what it cannot parse, and a client should know.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        response.write(
                true,
                StandardCharsets.UTF_8.encode(
                        Answer.error(response.getStatus(), message).body()),
                callback);
        return true;
    }

    private static ConnectionFactory[] factories(Optional<SslContextFactory.Server> tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        if (tls.isEmpty()) {
            return new ConnectionFactory[] {new HttpConnectionFactory(http)};
        }
        SecureRequestCustomizer secure = new SecureRequestCustomizer();
        secure.setSniHostCheck(false);
        http.addCustomizer(secure);
        return new ConnectionFactory[] {new SslConnectionFactory(tls.get(), "http/1.1"), new HttpConnectionFactory(http)
        };
    }

    /**
     * Starts a server.
     *
     * @param store the store to serve
     * @param tokens who may use it
     * @param address where to listen
     * @param tls the certificate, or empty for plain HTTP
     * @param limits what one client may cost
     * @return the running server
     * @throws IOException if the address cannot be listened on, or the certificate cannot be used
     */
    static SecretsServer start(
            EncryptedSecretStore store,
            Tokens tokens,
            InetSocketAddress address,
            Optional<SslContextFactory.Server> tls,
            Limits limits)
            throws IOException {
        SecretsServer started = new SecretsServer(store, tokens, address, tls, limits);
        try {
            started.server.start();
            return started;
        } catch (IOException e) {
            started.close();
            throw e;
        } catch (Exception e) {
            started.close();
            throw new IOException("the server cannot start: " + e.getClass().getSimpleName());
        }
    }

    /** Returns the port, the one that was chosen if 0 was asked for. */
    int port() {
        return connector.getLocalPort();
    }

    /** Stops listening, and lets requests that have begun end. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn(
                    "requests that had begun did not end in time: {}",
                    e.getClass().getSimpleName());
        } finally {
            threads.close();
        }
    }
}
