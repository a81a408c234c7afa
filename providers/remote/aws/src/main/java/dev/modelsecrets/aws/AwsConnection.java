package dev.modelsecrets.aws;

import dev.modelsecrets.remote.LazyClient;
import dev.modelsecrets.remote.SystemProxies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerServiceClientConfiguration;

/**
 * The way to AWS: a client that was given, or one made at the first call with a region and credentials. Thread-safe.
 */
final class AwsConnection {

    private static final String NO_REGION = "no AWS region was found: set AWS_REGION, or region in the profile that"
            + " AWS_PROFILE names, or call region(..)";

    private final boolean given;
    private final @Nullable URI endpoint;
    private final @Nullable Credentials credentials;
    private final SystemProxies proxies;
    private final LazyClient<SecretsManagerClient> client;
    private volatile @Nullable String region;

    private AwsConnection(SecretsManagerClient client) {
        SecretsManagerServiceClientConfiguration configuration = configuration(client);
        Region known = configuration == null ? null : configuration.region();
        this.given = true;
        this.proxies = SystemProxies.create();
        this.endpoint =
                configuration == null ? null : configuration.endpointOverride().orElse(null);
        this.region = known == null ? null : known.id();
        this.credentials = null;
        this.client = LazyClient.given(client);
    }

    private AwsConnection(
            @Nullable String region,
            @Nullable URI endpoint,
            Credentials credentials,
            Duration deadline,
            SystemProxies proxies) {
        this.proxies = proxies;
        this.given = false;
        this.endpoint = endpoint;
        this.region = region;
        this.credentials = credentials;
        this.client = LazyClient.made(() -> make(credentials, deadline), SecretsManagerClient::close);
    }

    static AwsConnection given(SecretsManagerClient client) {
        return new AwsConnection(client);
    }

    static AwsConnection made(
            @Nullable String region,
            @Nullable URI endpoint,
            Credentials credentials,
            Duration deadline,
            SystemProxies proxies) {
        return new AwsConnection(region, endpoint, credentials, deadline, proxies);
    }

    private static @Nullable SecretsManagerServiceClientConfiguration configuration(SecretsManagerClient client) {
        try {
            return client.serviceClientConfiguration();
        } catch (UnsupportedOperationException e) { // a client that is not the SDK's own
            return null;
        }
    }

    private SecretsManagerClient make(Credentials login, Duration deadline) {
        Region found = findRegion();
        try {
            return SecretsManagerClient.builder()
                    .region(found)
                    .endpointOverride(endpoint)
                    .credentialsProvider(login)
                    // Named, as the SDK would look for one on the thread's class path.
                    .httpClient(UrlConnectionHttpClient.create(uri -> open(uri, deadline)))
                    .overrideConfiguration(options -> options.retryStrategy(AwsRetryStrategy.doNotRetry()))
                    .build();
        } catch (RuntimeException e) {
            throw new MissingSetupException("the client cannot be made of the AWS configuration ("
                    + e.getClass().getName() + "): check the files in ~/.aws and the variables AWS_*");
        }
    }

    /** Opens a connection that ends a blocked read, and follows no redirect with the credentials. */
    private HttpURLConnection open(URI uri, Duration deadline) {
        try {
            Proxy proxy = proxies.select(uri).get(0);
            HttpURLConnection opened = (HttpURLConnection) uri.toURL().openConnection(proxy);
            opened.setConnectTimeout((int) deadline.toMillis());
            opened.setReadTimeout((int) deadline.toMillis());
            opened.setInstanceFollowRedirects(false);
            opened.setUseCaches(false);
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Region findRegion() {
        String known = region;
        if (known != null) {
            return Region.of(known);
        }
        try {
            Region found = DefaultAwsRegionProviderChain.builder().build().getRegion();
            region = found.id();
            return found;
        } catch (RuntimeException e) {
            throw new MissingSetupException(NO_REGION);
        }
    }

    /**
     * Returns the client; the first call makes it, and may ask the instance for its region.
     *
     * @throws MissingSetupException if there is no region
     */
    SecretsManagerClient client() {
        return client.get();
    }

    /** Tells whether the client is somebody else's, with time-outs and retries of its own. */
    boolean isGiven() {
        return given;
    }

    /** Returns a number that {@link #renew} takes. */
    int renewals() {
        return credentials == null ? 0 : credentials.renewals();
    }

    /** Forgets credentials that AWS refused, unless they were given. */
    void renew(int seen) {
        if (credentials != null) {
            credentials.renew(seen);
        }
    }

    /** Returns the region, if it is known yet. */
    @Nullable
    String region() {
        return region;
    }

    SystemProxies proxies() {
        return proxies;
    }

    /** Returns the address that is called, as far as it is known. */
    @Nullable
    URI uri() {
        if (endpoint != null) {
            return endpoint;
        }
        return region == null ? null : URI.create("https://secretsmanager." + region + ".amazonaws.com");
    }

    /** Returns the address without a password in it, if it is not the region's public one. */
    @Nullable
    String address() {
        if (endpoint == null) {
            return null;
        }
        String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
        return endpoint.getScheme() + "://" + endpoint.getHost() + port;
    }

    void close() {
        client.close();
        if (credentials != null) {
            credentials.close();
        }
    }

    /** Returns {@code AWS Secrets Manager in eu-central-1}, or the address if that is a special one. */
    @Override
    public String toString() {
        if (endpoint != null) {
            return "AWS Secrets Manager at " + address();
        }
        return "AWS Secrets Manager" + (region == null ? "" : " in " + region);
    }
}
