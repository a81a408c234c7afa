package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.testing.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** Writes kubeconfigs for tests. */
final class Kubeconfig {

    static final String TOKEN = "test-token-of-an-account";

    private Kubeconfig() {}

    /** Writes one for a server whose certificate is not looked at. */
    static Path insecure(Path directory, URI server, String namespace) throws IOException {
        return write(directory, server, "insecure-skip-tls-verify: true", namespace, TOKEN);
    }

    /** Writes one that trusts the {@link TestCertificate} of a directory. */
    static Path trusting(Path directory, URI server, String namespace) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("loopback.p12"))) {
            store.load(in, "test-password".toCharArray());
        }
        String certificate = Base64.getMimeEncoder()
                .encodeToString(store.getCertificate("loopback").getEncoded());
        String pem = "-----BEGIN CERTIFICATE-----\n" + certificate + "\n-----END CERTIFICATE-----\n";
        String trust = "certificate-authority-data: "
                + Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
        return write(directory, server, trust, namespace, TOKEN);
    }

    /** Writes one that trusts what the JVM trusts. */
    static Path plain(Path directory, URI server) throws IOException {
        return write(directory, server, "disable-compression: true", "models", TOKEN);
    }

    static Path write(Path directory, URI server, String trust, String namespace, String token) throws IOException {
        String yaml = """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts:
                - name: test
                  context: {cluster: test, user: test, namespace: %s}
                clusters:
                - name: test
                  cluster:
                    server: %s
                    %s
                users:
                - name: test
                  user: {token: "%s"}
                """.formatted(namespace, server, trust, token);
        return Files.writeString(Files.createTempFile(directory, "kubeconfig", ".yaml"), yaml);
    }
}
