package dev.modelsecrets.gcp;

import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.auth.Credentials;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import dev.modelsecrets.remote.SystemProxies;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ProxiedSocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client of Secret Manager: one that was given, or one made at the first find, and anew when it does not answer.
 *
 * <p>On its way a firewall may forget a connection, and gRPC would go on sending into it. Thread-safe.
 */
final class GoogleConnection {

    private static final long IDLE_SECONDS = 15;

    private final String address;
    private final SystemProxies proxies;

    /** Makes the client; null if it was given. */
    private final @Nullable Supplier<SecretManagerServiceClient> maker;

    private @Nullable SecretManagerServiceClient client;
    private boolean closed;

    private GoogleConnection(
            String address,
            SystemProxies proxies,
            @Nullable SecretManagerServiceClient given,
            @Nullable Supplier<SecretManagerServiceClient> maker) {
        this.address = address;
        this.proxies = proxies;
        this.client = given;
        this.maker = maker;
    }

    /** Takes a client of somebody else's, which stays open. */
    static GoogleConnection given(SecretManagerServiceClient client, SystemProxies proxies) {
        SecretManagerServiceSettings settings = client.getSettings();
        String address = settings == null ? SecretManagerServiceSettings.getDefaultEndpoint() : settings.getEndpoint();
        return new GoogleConnection(address, proxies, client, null);
    }

    /**
     * Makes a client later.
     *
     * @param address host and port
     * @param credentials logs in; null for application default credentials
     * @param changes makes changes for a test
     */
    static GoogleConnection made(
            String address,
            @Nullable Credentials credentials,
            SystemProxies proxies,
            Consumer<SecretManagerServiceSettings.Builder> changes) {
        return new GoogleConnection(address, proxies, null, () -> make(address, credentials, proxies, changes));
    }

    /** Looks for credentials, which may take a while. */
    private static SecretManagerServiceClient make(
            String address,
            @Nullable Credentials credentials,
            SystemProxies proxies,
            Consumer<SecretManagerServiceSettings.Builder> changes) {
        try {
            SecretManagerServiceSettings.Builder settings = SecretManagerServiceSettings.newBuilder()
                    .setEndpoint(address)
                    .setTransportChannelProvider(SecretManagerServiceSettings.defaultGrpcTransportProviderBuilder()
                            .setChannelConfigurator(channel -> channel.idleTimeout(IDLE_SECONDS, TimeUnit.SECONDS)
                                    .proxyDetector(target -> proxy(target, address, proxies)))
                            .build());
            if (credentials != null) {
                settings.setCredentialsProvider(FixedCredentialsProvider.create(credentials));
            }
            changes.accept(settings);
            return SecretManagerServiceClient.create(settings.build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable ProxiedSocketAddress proxy(SocketAddress target, String address, SystemProxies proxies) {
        return proxies.proxyFor(URI.create("https://" + address))
                .map(proxy -> HttpConnectProxiedSocketAddress.newBuilder()
                        .setTargetAddress((InetSocketAddress) target)
                        .setProxyAddress(new InetSocketAddress(proxy.getHostString(), proxy.getPort()))
                        .build())
                .orElse(null);
    }

    /**
     * Returns the client; the first call makes it.
     *
     * @throws UncheckedIOException if there are no credentials
     * @throws IllegalStateException if this is closed
     */
    synchronized SecretManagerServiceClient client() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        SecretManagerServiceClient present = client;
        if (present == null) {
            present = Objects.requireNonNull(maker).get();
            client = present;
        }
        return present;
    }

    /** Lets the next call make another client, after one made here did not answer; its other calls may end. */
    synchronized void renew(SecretManagerServiceClient silent) {
        if (maker != null && client == silent) {
            client = null;
            silent.shutdown();
        }
    }

    /** Tells whether a client made here was replaced because it did not answer. */
    synchronized boolean isRetired(SecretManagerServiceClient used) {
        return maker != null && !closed && client != used;
    }

    SystemProxies proxies() {
        return proxies;
    }

    /** Returns the address that is called. */
    URI uri() {
        return URI.create(address.contains("://") ? address : "https://" + address);
    }

    synchronized void close() {
        if (maker != null && client != null) {
            client.close();
        }
        client = null;
        closed = true;
    }

    /** Returns {@code Secret Manager at (host)}. */
    @Override
    public String toString() {
        return "Secret Manager at " + address.replaceFirst(":443$", "");
    }
}
