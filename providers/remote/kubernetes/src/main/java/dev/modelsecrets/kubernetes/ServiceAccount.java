package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The service account of a pod, which Kubernetes mounts as three files: token, certificate authority, namespace.
 *
 * <p>The token is read anew for each request, as the kubelet replaces it before it expires.
 */
final class ServiceAccount {

    private ServiceAccount() {}

    /**
     * Returns the cluster that a pod is in; empty outside a pod.
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

    /** Returns what trusts the authorities of the cluster; what the JVM trusts, if the pod has no file of them. */
    private static SSLContext trusting(Path authorities) {
        try {
            return Files.exists(authorities) ? Certificates.trusting(authorities) : SSLContext.getDefault();
        } catch (IOException e) {
            throw new UnusableConfigurationException(String.valueOf(e.getMessage()));
        } catch (NoSuchAlgorithmException e) {
            throw new UnusableConfigurationException("the trust store of this JVM cannot be used");
        }
    }
}
