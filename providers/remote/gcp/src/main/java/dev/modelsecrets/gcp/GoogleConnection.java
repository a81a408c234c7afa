package dev.modelsecrets.gcp;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.httpjson.InstantiatingHttpJsonChannelProvider;
import com.google.auth.Credentials;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import dev.modelsecrets.remote.LazyClient;
import dev.modelsecrets.remote.SystemProxies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client of Secret Manager: one that was given, or one made at the first find, over REST. Thread-safe. */
final class GoogleConnection {

    private final String address;
    private final SystemProxies proxies;
    private final LazyClient<SecretManagerServiceClient> client;

    private GoogleConnection(String address, SystemProxies proxies, LazyClient<SecretManagerServiceClient> client) {
        this.address = address;
        this.proxies = proxies;
        this.client = client;
    }

    /** Takes a client of somebody else's, which stays open. */
    static GoogleConnection given(SecretManagerServiceClient client, SystemProxies proxies) {
        SecretManagerServiceSettings settings = client.getSettings();
        String address = settings == null ? SecretManagerServiceSettings.getDefaultEndpoint() : settings.getEndpoint();
        return new GoogleConnection(address, proxies, LazyClient.given(client));
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
        return new GoogleConnection(
                address,
                proxies,
                LazyClient.made(() -> make(address, credentials, proxies, changes), SecretManagerServiceClient::close));
    }

    /** Looks for credentials, which may take a while. */
    private static SecretManagerServiceClient make(
            String address,
            @Nullable Credentials credentials,
            SystemProxies proxies,
            Consumer<SecretManagerServiceSettings.Builder> changes) {
        NetHttpTransport http = new NetHttpTransport.Builder()
                .setConnectionFactory(url -> (HttpURLConnection) url.openConnection(
                        proxies.select(URI.create(url.toString())).get(0)))
                .build();
        try {
            SecretManagerServiceSettings.Builder settings = SecretManagerServiceSettings.newHttpJsonBuilder()
                    .setEndpoint(address)
                    .setTransportChannelProvider(InstantiatingHttpJsonChannelProvider.newBuilder()
                            .setHttpTransport(http)
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

    /**
     * Returns the client; the first call makes it.
     *
     * @throws UncheckedIOException if there are no credentials
     */
    SecretManagerServiceClient client() {
        return client.get();
    }

    SystemProxies proxies() {
        return proxies;
    }

    /** Returns the address that is called. */
    URI uri() {
        return URI.create(address.contains("://") ? address : "https://" + address);
    }

    void close() {
        client.close();
    }

    /** Returns {@code Secret Manager at (host)}. */
    @Override
    public String toString() {
        return "Secret Manager at " + address.replaceFirst(":443$", "");
    }
}
