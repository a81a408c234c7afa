package dev.modelsecrets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.remote.testing.TestCertificate;
import dev.modelsecrets.store.SecretStoreException;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command of a kubeconfig that gives a credential. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // without a limit they would never end
class CredentialCommandTest {

    @TempDir
    private Path directory;

    private Path kubeconfig(String script) throws IOException {
        return Files.writeString(directory.resolve("config"), """
                current-context: here
                contexts:
                - {name: here, context: {cluster: c, user: u, namespace: models}}
                clusters:
                - {name: c, cluster: {server: "http://localhost:1"}}
                users:
                - name: u
                  user:
                    exec:
                      apiVersion: client.authentication.k8s.io/v1
                      interactiveMode: Never
                      command: /bin/sh
                      args: [-c, '%s']
                """.formatted(script));
    }

    private JsonObject run(String script) throws IOException {
        ExecConfig exec = new ExecConfig();
        exec.setApiVersion("client.authentication.k8s.io/v1");
        exec.setCommand("/bin/sh");
        exec.setArgs(List.of("-c", script));
        exec.setEnv(List.of(new ExecEnvVar("TEST_TOKEN", "test-token")));
        return new CredentialCommand(exec, directory.resolve("config"), Duration.ofMinutes(1)).run();
    }

    private void assertRefused(String script) {
        assertThatThrownBy(() -> run(script))
                .isInstanceOf(UnusableConfigurationException.class)
                .hasMessage(
                        "the command /bin/sh of the kubeconfig " + directory.resolve("config") + " gave no credential")
                .hasNoCause();
    }

    @Test
    void run_variables_areThoseOfTheKubeconfigAndTheProtocol() throws Exception {
        assertThat(run("printf '{\"status\": {\"token\": \"%s\"}}' $TEST_TOKEN").text("token"))
                .isEqualTo("test-token");
        assertThat(run("printf '{\"status\": {\"token\": \"t\", \"info\": %s}}' \"$KUBERNETES_EXEC_INFO\"")
                        .text("info", "apiVersion"))
                .isEqualTo("client.authentication.k8s.io/v1");
    }

    @Test
    void run_muchOutput_isReadToItsEnd() throws Exception {
        JsonObject credential = run("echo a line for people >&2; head -c 300000 /dev/zero | tr '\\0' ' ';"
                + " echo '{\"status\": {\"clientCertificateData\": \"c\", \"clientKeyData\": \"k\"}}'");

        assertThat(credential.text("clientKeyData")).isEqualTo("k");
    }

    @Test
    void run_noCredential_isRefused() {
        assertRefused("exit 1");
        assertRefused("echo test-sentinel");
        assertRefused("echo '{\"status\": {}}'");
        assertRefused("echo '{\"status\": {\"clientCertificateData\": \"c\"}}'");
        assertRefused("echo '{\"status\": {\"token\": \"t\"}}'; exit 1");
    }

    @Test
    void run_missingProgram_isRefused() {
        ExecConfig exec = new ExecConfig();
        exec.setCommand("./no-such-program");
        Path config = directory.resolve("config");

        assertThatThrownBy(() -> new CredentialCommand(exec, config, Duration.ofMinutes(1)).run())
                .hasMessage("the command ./no-such-program of the kubeconfig " + config
                        + " cannot be started: is it installed, and in the PATH?")
                .hasNoCause();
    }

    @Test
    void find_relativeFilesBesideACommand_areFoundFromTheKubeconfig() throws Exception {
        TestCertificate.context(directory);
        Path trusting = Kubeconfig.trusting(directory, URI.create("https://localhost:1"), "models");
        String data = Files.readString(trusting).replaceFirst("(?s).*certificate-authority-data: (\\S+).*", "$1");
        Files.write(directory.resolve("ca.crt"), Base64.getDecoder().decode(data));
        Path kubeconfig = kubeconfig("echo \"{\\\"status\\\": {\\\"token\\\": \\\"test-token\\\"}}\"");
        Files.writeString(
                kubeconfig,
                Files.readString(kubeconfig)
                        .replace("\"http://localhost:1\"", "\"https://localhost:1\", certificate-authority: ca.crt"));

        Cluster cluster = KubeconfigReader.read(List.of(kubeconfig), Machine.current(), Duration.ofMinutes(1));

        HttpRequest.Builder request = HttpRequest.newBuilder(cluster.address());
        cluster.login().authorize(request);
        assertThat(request.build().headers().firstValue("Authorization")).hasValue("Bearer test-token");
        assertThat(cluster.namespace()).isEqualTo("models");
    }

    private Path neverEnding() throws IOException {
        return kubeconfig("echo $$ > " + directory.resolve("pid") + "; sleep 100000; true");
    }

    private void assertEnded() throws Exception {
        long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    }

    @Test
    void find_commandThatNeverEnds_failsAndItIsEnded() throws Exception {
        Path kubeconfig = neverEnding();

        try (KubernetesSecretProvider provider = KubernetesSecretProvider.builder()
                .kubeconfig(kubeconfig)
                .deadline(Duration.ofSeconds(2))
                .build()) {
            Lookup answer = provider.find(Set.of("api_key")).get("api_key");

            assertThat(answer.problem())
                    .isEqualTo("the command /bin/sh of the kubeconfig " + kubeconfig
                            + " gave no credential within 2 s: run it by hand, it may be waiting for a person");
        }
        assertEnded();
    }

    @Test
    void build_commandThatNeverEnds_failsAndItIsEnded() throws Exception {
        Path kubeconfig = neverEnding();

        assertThatThrownBy(() -> KubernetesSecretStore.builder()
                        .kubeconfig(kubeconfig)
                        .deadline(Duration.ofSeconds(2))
                        .build())
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("the command /bin/sh of the kubeconfig " + kubeconfig
                        + " gave no credential within 2 s: run it by hand, it may be waiting for a person");
        assertEnded();
    }
}
