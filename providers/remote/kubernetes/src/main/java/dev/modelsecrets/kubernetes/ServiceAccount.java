package dev.modelsecrets.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The service account of a pod, which Kubernetes mounts as three files: token, certificate authority, namespace.
 *
 * <p>The token is read anew for each request, as the kubelet replaces it before it expires.
 */
final class ServiceAccount {

    private ServiceAccount() {}

    /**
     * Returns the cluster that a pod is in; empty on a machine that is none.
     *
     * @throws UnusableConfigurationException if it is a pod without a service account
     */
    static Optional<Cluster> clusterOf(Machine machine) {
        String host = machine.variable("KUBERNETES_SERVICE_HOST");
        if (host.isEmpty()) {
            return Optional.empty();
        }
        Path token = machine.serviceAccount().resolve("token");
        if (!Files.exists(token)) {
            throw new UnusableConfigurationException("this pod has no token of a service account: " + token
                    + " does not exist; let the pod's specification say automountServiceAccountToken: true");
        }
        String port = machine.variable("KUBERNETES_SERVICE_PORT");
        String address =
                "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + (port.isEmpty() ? "443" : port);
        return Optional.of(new Cluster(
                Cluster.address(address),
                namespace(machine.serviceAccount().resolve("namespace")),
                trusting(machine.serviceAccount().resolve("ca.crt")),
                machine.proxies(),
                BearerToken.inFile(token)));
    }

    private static String namespace(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new UnusableConfigurationException(file + " cannot be read");
        }
    }

    /** Returns what trusts the authorities of a PEM file; what the JVM trusts, if there is none. */
    private static SSLContext trusting(Path authorities) {
        try {
            if (!Files.exists(authorities)) {
                return SSLContext.getDefault();
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            try (InputStream in = Files.newInputStream(authorities)) {
                for (Certificate certificate :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    store.setCertificateEntry(String.valueOf(store.size()), certificate);
                }
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new UnusableConfigurationException(
                    "the certificate authority of the cluster cannot be read from " + authorities);
        }
    }
}
