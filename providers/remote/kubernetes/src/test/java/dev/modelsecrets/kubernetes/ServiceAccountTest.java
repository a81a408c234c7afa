package dev.modelsecrets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.remote.testing.TestCertificate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inside a pod: token, certificate authority and namespace from the files that every pod has. */
class ServiceAccountTest {

    /** One for all, so that there is one certificate. */
    @TempDir
    private static Path directory;

    private ApiServer server;
    private Pod pod;

    @BeforeAll
    static void makeCertificate() throws Exception {
        TestCertificate.context(directory);
    }

    @BeforeEach
    void start() throws Exception {
        server = ApiServer.https(TestCertificate.context(directory));
        server.put(
                "models",
                "api-key",
                JsonObject.EMPTY.with(
                        "data",
                        Map.of(
                                "value",
                                Base64.getEncoder().encodeToString("test-value".getBytes(StandardCharsets.UTF_8)))));
        pod = Pod.in(directory, server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private KubernetesSecretProvider provider() {
        return KubernetesSecretProvider.builder().machine(pod.machine()).build();
    }

    private Lookup find() {
        try (KubernetesSecretProvider provider = provider()) {
            return provider.find(Set.of("api_key")).get("api_key");
        }
    }

    @Test
    void find_inAPod_found() {
        Lookup found = find();

        assertThat(found.value()).isEqualTo("test-value");
        assertThat(found.location()).isEqualTo("Secret models/api-key key value");
        assertThat(server.requests())
                .extracting(ApiServer.Request::authorization)
                .containsExactly("Bearer " + Kubeconfig.TOKEN);
    }

    @Test
    void find_tokenReplaced_usesTheNewOne() throws Exception {
        try (KubernetesSecretProvider provider = provider()) {
            provider.find(Set.of("api_key"));
            pod.write("token", "test-token-renewed\n");
            provider.find(Set.of("api_key"));
        }

        assertThat(server.requests())
                .extracting(ApiServer.Request::authorization)
                .containsExactly("Bearer " + Kubeconfig.TOKEN, "Bearer test-token-renewed");
    }

    @Test
    void find_tokenThatIsNone_failsWithoutQuotingIt() throws Exception {
        pod.write("token", "test-token-one\ntest-token-two\n");
        assertThat(find().problem())
                .isEqualTo(pod.file("token") + " holds no usable token: it has several lines, spaces or characters"
                        + " that are not ASCII");

        pod.write("token", "\uFEFFtest-token");
        assertThat(find().problem()).startsWith(pod.file("token") + " holds no usable token");

        pod.write("token", "\n");
        assertThat(find().problem()).isEqualTo(pod.file("token") + " holds no token");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void find_otherAuthority_fails() throws Exception {
        Files.delete(pod.file("ca.crt"));

        assertThat(find().problem())
                .isEqualTo("Kubernetes at " + server.address() + " cannot be reached: its certificate is not trusted,"
                        + " or is for another host; give the client the cluster's certificate authority");
    }

    @Test
    void find_authorityThatIsNone_fails() throws Exception {
        pod.write("ca.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThat(find().problem())
                .isEqualTo("the CA certificates in " + pod.file("ca.crt")
                        + " cannot be read: it must be a file of certificates in PEM form");
    }

    @Test
    void find_podWithoutAToken_saysWhatToSet() throws Exception {
        Files.delete(pod.file("token"));

        assertThat(find().problem())
                .isEqualTo("this pod has no token of a service account: " + pod.file("token")
                        + " does not exist; let the pod's specification say automountServiceAccountToken: true");
    }

    @Test
    void find_tokenTakenAwayLater_fails() throws Exception {
        try (KubernetesSecretProvider provider = provider()) {
            provider.find(Set.of("api_key"));
            Files.delete(pod.file("token"));

            assertThat(provider.find(Set.of("api_key")).get("api_key").problem())
                    .isEqualTo("the token file " + pod.file("token") + " does not exist");
        }
    }

    @Test
    void find_nowhere_saysWhatToSet() {
        Machine laptop = new Machine(Map.of(), directory, directory.resolve("none"));

        try (KubernetesSecretProvider provider =
                KubernetesSecretProvider.builder().machine(laptop).build()) {
            assertThat(provider.find(Set.of("api_key")).get("api_key").problem())
                    .isEqualTo("no kubeconfig and no service account of a pod found: set KUBECONFIG, or call"
                            + " kubeconfig(path)");
        }
    }

    @Test
    void clusterOf_addressOfVersionSix_isInBrackets() {
        Optional<Cluster> cluster = ServiceAccount.clusterOf(
                new Machine(Map.of("KUBERNETES_SERVICE_HOST", "fd00::1"), directory, pod.file("")));

        assertThat(cluster.orElseThrow().address()).isEqualTo(URI.create("https://[fd00::1]:443"));
    }

    @Test
    void watch_inAPod_isTold() throws Exception {
        Semaphore changes = new Semaphore(0);
        try (KubernetesSecretProvider provider = provider();
                AutoCloseable watch = provider.watch(Set.of("api_key"), changes::release)) {
            assertThat(watch).isNotNull();
            assertThat(changes.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
            server.put("models", "api-key", server.get("models", "api-key"));
            assertThat(changes.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void find_withoutFabric8_foundInAPodAndSaidForAKubeconfig() throws Exception {
        Path kubeconfig = Kubeconfig.trusting(directory, server.address(), "models");
        try (WithoutFabric8 loader = new WithoutFabric8()) {
            assertThat(loader.find(pod.machine(), null)).isEqualTo("found");
            assertThat(loader.find(pod.machine(), kubeconfig))
                    .isEqualTo("the kubeconfig " + kubeconfig + " is read with fabric8's client, which is missing: add"
                            + " the dependency io.fabric8:kubernetes-client-api (in a pod with a service account it is"
                            + " not needed)");
        }
        assertThatThrownBy(() -> Class.forName("io.fabric8.kubernetes.client.Config", false, null))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
