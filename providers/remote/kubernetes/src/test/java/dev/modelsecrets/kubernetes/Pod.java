package dev.modelsecrets.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;

/** The files and variables that a container of a pod has. */
final class Pod {

    private final Path serviceAccount;
    private final URI server;

    private Pod(Path serviceAccount, URI server) {
        this.serviceAccount = serviceAccount;
        this.server = server;
    }

    /**
     * Makes one below a directory, in the namespace {@code models}, that trusts the TestCertificate of that directory.
     */
    static Pod in(Path directory, URI server) throws Exception {
        Pod pod = new Pod(Files.createTempDirectory(directory, "serviceaccount"), server);
        pod.write("namespace", "models");
        pod.write("token", Kubeconfig.TOKEN);
        if (Files.exists(directory.resolve("loopback.p12"))) {
            pod.write("ca.crt", certificate(directory));
        }
        return pod;
    }

    private static String certificate(Path directory) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("loopback.p12"))) {
            store.load(in, "test-password".toCharArray());
        }
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(store.getCertificate("loopback").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    Path file(String name) {
        return serviceAccount.resolve(name);
    }

    void write(String name, String content) throws IOException {
        Files.writeString(file(name), content, StandardCharsets.UTF_8);
    }

    Machine machine() {
        return new Machine(
                Map.of(
                        "KUBERNETES_SERVICE_HOST",
                        server.getHost(),
                        "KUBERNETES_SERVICE_PORT",
                        String.valueOf(server.getPort())),
                serviceAccount,
                serviceAccount);
    }
}
