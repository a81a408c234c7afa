package dev.modelsecrets.examples.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.AccessPolicy;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretAccessDeniedException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretName;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.inject.ArgumentExpansion;
import dev.modelsecrets.inject.InjectionPlan;
import dev.modelsecrets.inject.ModelFactory;
import dev.modelsecrets.inject.SecretFiles;
import dev.modelsecrets.inject.SecretInjection;
import dev.modelsecrets.standard.MountedSecretProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code README.md} about handing over, refreshing and redacting; each one runs. */
class HandingOverSnippetsTest {

    private static final Secrets SECRETS = Secrets.of(Map.of(
            "hf_access_token", "test-token-1",
            "license.key", "test-license-1",
            "db_password", "test-password-1"));

    @TempDir
    private Path directory;

    record HuggingFace(
            Secret hfAccessToken, // takes hf_access_token, and prints [secret]
            Optional<URI> hfEndpoint, // may be missing
            @SecretName("hf-timeout") Duration timeout) {}

    @Test
    void record_resolved_isFilled() {
        SecretsResolver resolver = SecretsResolver.of(
                SecretProvider.of("test", Map.of("hf_access_token", "test-token-1", "hf-timeout", "PT30S")));
        URI fallback = URI.create("https://huggingface.co");

        HuggingFace access = resolver.resolve(HuggingFace.class); // the record declares the names
        String header = "Bearer " + access.hfAccessToken().reveal();
        URI endpoint = access.hfEndpoint().orElse(fallback);

        assertThat(header).isEqualTo("Bearer test-token-1");
        assertThat(endpoint).isEqualTo(fallback);
        assertThat(access.toString()).doesNotContain("test-token-1");
        assertThat(access.timeout()).hasSeconds(30);
    }

    @Test
    void model_madeByTheFactory_getsWhatItsConstructorTakes() throws IOException {
        Secrets secrets = Secrets.of(Map.of("hf_access_token", "token-1", "hf_endpoint_key", "key-1"));
        Upstream service = new Upstream();
        ServerLog log = ServerLog.over(Writer.nullWriter(), List.of());

        SentimentModel model = ModelFactory.of(secrets, service, log).create(SentimentModel.class);

        assertThat(model.predict("text")).isEqualTo("1");
    }

    @Test
    void childProcess_withInjection_getsWhatWasGranted() {
        Secrets secrets = SECRETS;
        ProcessBuilder process = new ProcessBuilder("serve", "--token", "$(HF_TOKEN)");
        process.environment().put("AUTH_SECRET", "not granted");

        SecretInjection injection = SecretInjection.builder()
                .variable("HF_TOKEN", "hf_access_token")
                .variable("LICENSE_KEY", "license", "key") // envvar_name, secret_name, secret_key: license.key
                .build();
        InjectionPlan plan = injection.plan(secrets); // every problem in one error, and nothing has happened
        plan.applyTo(process);

        assertThat(process.environment())
                .containsEntry("HF_TOKEN", "test-token-1")
                .containsEntry("LICENSE_KEY", "test-license-1")
                .doesNotContainKey("AUTH_SECRET");
        assertThat(process.command()).containsExactly("serve", "--token", "$(HF_TOKEN)");
    }

    @Test
    void arguments_byOptIn_areExpanded() {
        Secrets secrets = SECRETS;
        ProcessBuilder process = new ProcessBuilder("serve", "--token", "$(HF_TOKEN)");

        SecretInjection injection = SecretInjection.builder()
                .variable("HF_TOKEN", "hf_access_token")
                .expandArguments(ArgumentExpansion.STRICT) // every user of the machine can see arguments
                .build();
        injection.plan(secrets).applyTo(process);

        assertThat(process.command()).containsExactly("serve", "--token", "test-token-1");
    }

    @Test
    void files_written_areThereUntilClosed() throws Exception {
        Secrets secrets = SECRETS;
        Path bentoHome = directory.resolve("bentoml");
        String program = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder process = new ProcessBuilder(program, "-version");
        Path file = bentoHome.resolve("demo/secrets/password/db");

        SecretInjection injection = SecretInjection.builder()
                .file("db_password", "secrets/password/db")
                .build();
        try (SecretFiles files = injection.plan(secrets).writeTo(bentoHome.resolve("demo"))) {
            process.directory(files.directory().toFile()).start().waitFor(); // it reads them; close() removes them
        }

        assertThat(file).doesNotExist();
        try (SecretFiles files = injection.plan(secrets).writeTo(directory)) {
            assertThat(files.directory().resolve("secrets/password/db")).hasContent("test-password-1");
        }
    }

    @Test
    void plan_withProblems_listsThemAll() {
        SecretInjection injection = SecretInjection.builder()
                .variable("TOKEN", "hf_access_token")
                .variable("TOKEN", "license.key")
                .variable("no-shell", "license.key")
                .file("db_password", "keys")
                .file("license.key", "keys/license")
                .build();
        assertThatThrownBy(() -> injection.plan(SECRETS))
                .isInstanceOf(SecretsException.class)
                .hasMessage("""
                        3 problems in the secret injection, nothing was applied:
                          variable TOKEN: the secrets hf_access_token and license.key have different values
                          variable "no-shell": no shell can export this name; allowed is [A-Za-z_][A-Za-z0-9_]*
                          file "keys/license": lies below "keys", which is the file of the secret db_password""");
    }

    @Test
    void policy_model_seesWhatItsListHas() {
        List<SecretProvider> providers = List.of(SecretProvider.of("test", Map.of("hf_access_token", "test-token-1")));

        AccessPolicy policy = AccessPolicy.builder()
                .allow("sentiment", "hf_access_token") // this one and no other
                .trust("upscaler") // whatever it declares
                .build();
        SecretsResolver resolver = SecretsResolver.builder()
                .providers(providers)
                .accessPolicy(policy)
                .build();
        Secrets secrets = resolver.forModel("sentiment").resolve("hf_access_token");

        assertThat(secrets).containsOnlyKeys("hf_access_token");
        assertThatThrownBy(() -> resolver.forModel("stranger").resolve("hf_access_token"))
                .isInstanceOf(SecretAccessDeniedException.class)
                .hasMessageContaining("access policy    denied: model stranger is not trusted with secrets."
                        + " Allow it in the access policy, or do not declare it");
    }

    @Test
    void refreshing_rotatedMount_isSeenByTheNextGet() throws Exception {
        RotatingMount mount = new RotatingMount(directory.resolve("secrets"));
        mount.publish(Map.of("hf_access_token", "test-token-1"));
        SecretsResolver resolver = SecretsResolver.of(MountedSecretProvider.at(mount.directory()));
        SecretDeclarations declarations = SecretDeclarations.of("hf_access_token");
        StringWriter lines = new StringWriter();
        PrintWriter log = new PrintWriter(lines);

        RefreshingSecrets refreshing = resolver.refreshing(declarations, Duration.ofSeconds(10));
        refreshing.onChange(change -> log.println("rotated: " + change.changed())); // names, never values

        Secrets secrets = refreshing.get(); // keep it for one whole request: it never changes
        String answer = call(secrets);
        if (answer.equals("401")) {
            answer = call(refreshing.refresh()); // looks again now, once for all threads that ask
        }

        try (refreshing) {
            assertThat(answer).isEqualTo("401");
            mount.publish(Map.of("hf_access_token", "test-token-2"));
            assertThat(call(refreshing.refresh())).isEqualTo("200");
            assertThat(call(refreshing.get())).isEqualTo("200");
            assertThat(call(secrets)).isEqualTo("401");
            assertThat(refreshing.lastFailure()).isEmpty();
            while (lines.toString().isEmpty()) {
                Thread.sleep(1); // listeners run on a thread of their own
            }
        }
        assertThat(lines.toString()).isEqualTo("rotated: [hf_access_token]" + System.lineSeparator());
    }

    private static String call(Secrets secrets) {
        return secrets.require("hf_access_token").equals("test-token-2") ? "200" : "401";
    }

    @Test
    void cached_remoteStore_isAskedOnce() {
        int[] calls = {0};
        SecretProvider remoteStore = SecretProvider.of("remote", name -> {
            calls[0]++;
            return Lookup.found("test-token-1", name);
        });

        SecretProvider store = SecretProvider.cached(remoteStore, Duration.ofMinutes(5), Duration.ofHours(1));
        SecretsResolver resolver = SecretsResolver.of(store);

        assertThat(resolver.resolve("hf_access_token")).isEqualTo(resolver.resolve("hf_access_token"));
        assertThat(calls[0]).isEqualTo(1);
    }

    @Test
    void redactor_ofText_leavesNames() {
        Secrets secrets = SECRETS;

        String line = secrets.redactor().redact("Authorization: Bearer test-token-1");

        assertThat(line).isEqualTo("Authorization: Bearer [secret:hf_access_token]");
    }

    @Test
    void redactor_ofAWholeLog_followsTheRotation() throws IOException {
        Path file = directory.resolve("server.log");
        SecretsResolver resolver = SecretsResolver.of(SecretProvider.of("test", SECRETS));
        try (RefreshingSecrets refreshing =
                resolver.refreshing(SecretDeclarations.of("hf_access_token"), Duration.ZERO)) {

            Writer log = refreshing.redactor().wrap(Files.newBufferedWriter(file)); // old values and new ones
            log.write("token=test-tok");
            log.write("en-1\n"); // also in pieces
            log.close();
        }

        assertThat(file).hasContent("token=[secret:hf_access_token]\n");
    }
}
