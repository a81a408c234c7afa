package dev.modelsecrets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cluster is asked, and as whom; a file that somebody names never leads to another one. */
class ClustersTest {

    private static final String SENTINEL = "test-sentinel-of-a-token";

    @TempDir
    private Path directory;

    /** A machine where the pod's own cluster could be taken for the one that was meant. */
    private Machine inAPod;

    @BeforeEach
    void makePod() throws Exception {
        inAPod = Pod.in(directory, URI.create("https://pod.test:443")).machine();
    }

    private Path write(String content) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "config", ""), content);
    }

    private Path kubeconfig(String user) throws IOException {
        return write("""
                current-context: here
                contexts:
                - {name: here, context: {cluster: c, user: u}}
                clusters:
                - {name: c, cluster: {server: "https://cluster.test:6443/", insecure-skip-tls-verify: true}}
                users:
                - {name: u, user: %s}
                """.formatted(user));
    }

    private static Cluster find(Path kubeconfig, Machine machine) {
        return Clusters.find(kubeconfig, machine, Duration.ofMinutes(1));
    }

    private void assertRefused(Path kubeconfig, String message) {
        assertThatThrownBy(() -> find(kubeconfig, inAPod))
                .isInstanceOf(UnusableConfigurationException.class)
                .hasMessage(message)
                .hasNoCause();
    }

    private Map<String, List<String>> headers(Path kubeconfig) {
        return headers(find(kubeconfig, inAPod));
    }

    private static Map<String, List<String>> headers(Cluster cluster) {
        HttpRequest.Builder request = HttpRequest.newBuilder(cluster.address());
        cluster.login().authorize(request);
        return request.build().headers().map();
    }

    @Test
    void find_fileThatIsNone_isRefused() throws Exception {
        Path missing = directory.resolve("nope");
        assertRefused(missing, "the kubeconfig " + missing + " does not exist");

        for (String nothing : List.of("", "\n", "# a comment\n", "---\n")) {
            Path empty = write(nothing);
            assertRefused(empty, "the kubeconfig " + empty + " is empty");
        }

        assertRefused(directory, "the kubeconfig " + directory + " cannot be read (IOException)");

        Path broken = write("users: [\"" + SENTINEL);
        assertRefused(broken, "the kubeconfig " + broken + " is not the YAML of a kubeconfig");
        Path text = write(SENTINEL);
        assertRefused(text, "the kubeconfig " + text + " is not the YAML of a kubeconfig");
    }

    @Test
    void find_noUsableContext_isRefused() throws Exception {
        String whole = Files.readString(kubeconfig("{token: " + SENTINEL + "}"));

        Path none = write(whole.replace("current-context: here", ""));
        assertRefused(
                none, "the kubeconfig " + none + " has no current-context: choose one with kubectl config use-context");

        Path misspelt = write(whole.replace("current-context: here", "current-context: there"));
        assertRefused(misspelt, "the kubeconfig " + misspelt + " has no context there, which is its current-context");

        Path noCluster = write(whole.replace("cluster: c,", "cluster: d,"));
        assertRefused(
                noCluster,
                "the context here of the kubeconfig " + noCluster + " needs a cluster with a server, and the file has"
                        + " no such entry named d (several files are made one by kubectl config view --flatten)");

        Path noServer = write(whole.replace("server: \"https://cluster.test:6443/\",", ""));
        assertRefused(
                noServer,
                "the context here of the kubeconfig " + noServer + " needs a cluster with a server, and the file has"
                        + " no such entry named c (several files are made one by kubectl config view --flatten)");

        Path noUser = write(whole.replace("user: u}", "user: v}"));
        assertRefused(
                noUser,
                "the context here of the kubeconfig " + noUser + " needs a user, and the file has no such entry named"
                        + " v (several files are made one by kubectl config view --flatten)");

        for (String address : List.of("file:/etc/" + SENTINEL, "cluster.test:6443", "https://", "https://a b")) {
            assertRefused(
                    write(whole.replace("https://cluster.test:6443/", address)),
                    "the address of the API server does not begin with https:// (or http://) and a host");
        }
    }

    @Test
    void find_variablesOfFabric8_changeNothing() throws Exception {
        System.setProperty("kubernetes.master", "https://other.test");
        try {
            assertThat(find(kubeconfig("{token: test-token}"), inAPod).address())
                    .isEqualTo(URI.create("https://cluster.test:6443"));
        } finally {
            System.clearProperty("kubernetes.master");
        }
    }

    @Test
    void find_variableKubeconfig_isTheOnlyPlaceThatIsLookedAt() throws Exception {
        Path kubeconfig = kubeconfig("{token: test-token}");
        Path missing = directory.resolve("nope");

        assertThat(find(null, withKubeconfig(missing + File.pathSeparator + kubeconfig))
                        .address())
                .isEqualTo(URI.create("https://cluster.test:6443"));
        assertThatThrownBy(() -> find(null, withKubeconfig(missing.toString())))
                .hasMessage("the kubeconfig " + missing + " does not exist");
    }

    private Machine withKubeconfig(String value) {
        return new Machine(Map.of("KUBECONFIG", value), directory, inAPod.serviceAccount());
    }

    @Test
    void find_homeDirectory_comesBeforeThePod() throws Exception {
        Files.createDirectories(directory.resolve(".kube"));
        Files.copy(kubeconfig("{token: test-token}"), directory.resolve(".kube").resolve("config"));

        Machine both = new Machine(inAPod.environment(), directory, inAPod.serviceAccount());

        assertThat(find(null, both).address()).isEqualTo(URI.create("https://cluster.test:6443"));
        assertThat(find(null, inAPod).address()).isEqualTo(URI.create("https://pod.test:443"));
    }

    @Test
    void login_tokenFile_isReadWithEachRequest() throws Exception {
        Files.writeString(directory.resolve("token.txt"), "test-token-one\n");
        // A path in a kubeconfig is meant from where the file is, and a token beside it does not count.
        Cluster cluster = find(kubeconfig("{tokenFile: token.txt, token: " + SENTINEL + "}"), inAPod);

        assertThat(headers(cluster)).containsEntry("Authorization", List.of("Bearer test-token-one"));
        Files.writeString(directory.resolve("token.txt"), "test-token-two");
        assertThat(headers(cluster)).containsEntry("Authorization", List.of("Bearer test-token-two"));
        Files.delete(directory.resolve("token.txt"));
        assertThatThrownBy(() -> headers(cluster))
                .isInstanceOf(UnusableConfigurationException.class)
                .hasMessage("the token file " + directory.resolve("token.txt") + " does not exist");
    }

    @Test
    void login_everyKind_isTaken() throws Exception {
        assertThat(headers(kubeconfig("{token: test-token}")))
                .containsEntry("Authorization", List.of("Bearer test-token"));
        assertThat(headers(kubeconfig("{username: test-user, password: test-password}")))
                .containsEntry("Authorization", List.of("Basic dGVzdC11c2VyOnRlc3QtcGFzc3dvcmQ="));
        assertThat(headers(kubeconfig("{token: test-token, as: model, as-groups: [a, b]}")))
                .containsEntry("Impersonate-User", List.of("model"))
                .containsEntry("Impersonate-Group", List.of("a", "b"));
        assertThat(headers(kubeconfig("{}"))).isEmpty();
    }

    @Test
    void login_command_givesTheToken() throws Exception {
        Path kubeconfig = kubeconfig("""
                {exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: echo, args: [
                '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"test-token"}}'
                ]}}""".replace("\n", " "));

        assertThat(headers(kubeconfig)).containsEntry("Authorization", List.of("Bearer test-token"));
    }

    @Test
    void login_commandThatGivesNone_isRefused() throws Exception {
        Path kubeconfig = kubeconfig(
                "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: \"false\"}}");

        assertThatThrownBy(() -> find(kubeconfig, inAPod))
                .isInstanceOf(UnusableConfigurationException.class)
                .hasMessageContaining(kubeconfig.toString())
                .hasNoCause();
    }

    @Test
    void find_serverName_isRefused() throws Exception {
        Path kubeconfig = write(Files.readString(kubeconfig("{}"))
                .replace("insecure-skip-tls-verify: true", "tls-server-name: other.test"));

        assertRefused(
                kubeconfig,
                "the kubeconfig " + kubeconfig + " sets tls-server-name, which the JDK's HTTP client cannot do: use a"
                        + " server address that the certificate is for");
    }

    @Test
    void find_proxyOfTheCluster_isTaken() throws Exception {
        Path kubeconfig = write(Files.readString(kubeconfig("{}"))
                .replace("insecure-skip-tls-verify: true", "proxy-url: \"http://proxy.test:3128\""));

        Cluster cluster = find(kubeconfig, inAPod);

        assertThat(cluster.proxies().proxyFor(cluster.address()))
                .hasValueSatisfying(proxy -> assertThat(proxy.getHostString() + ":" + proxy.getPort())
                        .isEqualTo("proxy.test:3128"));
    }

    @Test
    void toString_always_showsNoToken() throws Exception {
        Cluster cluster = find(kubeconfig("{token: " + SENTINEL + "}"), inAPod);

        assertThat(cluster).hasToString("https://cluster.test:6443");
        assertThat(inAPod).hasToString("Machine");
    }
}
