package dev.modelsecrets.vault;

import dev.modelsecrets.remote.internal.LazyClient;
import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Auth;
import io.github.jopenlibs.vault.api.Logical;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes drivers for one Vault. They share one HTTP client, since the driver would make a new one for each call.
 *
 * <p>A driver's config can be changed, so each token gets a config of its own that nobody changes. Thread-safe.
 */
final class Connection implements Drivers {

    private final URI address;
    private final @Nullable String namespace;
    private final @Nullable Path caCertificates;
    private final Duration limit;
    private final int engineVersion;
    private final int mountDepth;
    private final LazyClient<Utf8HttpClient> http = LazyClient.made(this::http, Utf8HttpClient::close);

    Connection(
            URI address,
            @Nullable String namespace,
            @Nullable Path caCertificates,
            Duration limit,
            int engineVersion,
            int mountDepth) {
        this.address = address;
        this.namespace = namespace;
        this.caCertificates = caCertificates;
        this.limit = limit;
        this.engineVersion = engineVersion;
        this.mountDepth = mountDepth;
    }

    // The namespace is not part of the config, because the driver would log it each time.
    @Override
    public Logical logical(String token) throws Refused {
        return driver(token).logical().withNameSpace(namespace);
    }

    @Override
    public Auth auth(String token) throws Refused {
        return driver(token).auth().withNameSpace(namespace);
    }

    private Vault driver(String token) throws Refused {
        try {
            VaultConfig config = new VaultConfig()
                    .environmentLoader(new NoEnvironment())
                    .address(address.toString())
                    .readTimeout((int) Math.max(1, limit.plusMillis(999).toSeconds()))
                    .prefixPathDepth(mountDepth)
                    .httpClient(http.get());
            if (!token.isEmpty()) {
                config.token(token);
            }
            return Vault.create(config.build(), engineVersion);
        } catch (BadCertificates e) {
            throw new Refused("the CA certificates in " + caCertificates
                    + " cannot be read: it must be a file of certificates in PEM form");
        } catch (VaultException e) {
            throw new IllegalStateException("the driver refuses its config");
        }
    }

    private Utf8HttpClient http() {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL) // a standby may send us to the active node
                .connectTimeout(limit);
        if (caCertificates != null) {
            client.sslContext(trusting(caCertificates));
        }
        return new Utf8HttpClient(client.build());
    }

    /** Trusts all certificates of a file; the driver itself would take the first one only, and TLS 1.2 only. */
    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
            if (count == 0) {
                throw new BadCertificates();
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new BadCertificates();
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private static final class BadCertificates extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Keeps the driver from looking at variables and at {@code ~/.vault-token} by itself. */
    private static final class NoEnvironment extends EnvironmentLoader {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable String loadVariable(String name) {
            return null;
        }
    }
}
