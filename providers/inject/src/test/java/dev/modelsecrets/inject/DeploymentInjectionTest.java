package dev.modelsecrets.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.SecretMount;
import dev.modelsecrets.store.SecretStage;
import dev.modelsecrets.store.SecretType;
import dev.modelsecrets.store.StoreKeyFile;
import dev.modelsecrets.store.StoredSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secrets of a deployment, from a store to variables and files. */
class DeploymentInjectionTest {

    @TempDir
    Path directory;

    private EncryptedSecretStore store;

    @BeforeEach
    void createStore() {
        store = EncryptedSecretStore.create(
                directory.resolve("secrets.json"), StoreKeyFile.create(directory.resolve("store.key")));
        store.create(StoredSecret.builder("hf")
                .stage(SecretStage.RUNTIME)
                .value("HF_TOKEN", "test-token")
                .build());
        store.create(StoredSecret.builder("tls")
                .mount(SecretMount.files("$BENTOML_HOME/certificates", Map.of("tls.crt", "sub")))
                .value("tls.crt", "test-certificate")
                .value("tls.key", "test-key")
                .build());
        store.create(StoredSecret.builder("forge")
                .stage(SecretStage.BUILD)
                .value("FORGE_TOKEN", "test-forge")
                .build());
        store.create(StoredSecret.builder("iad")
                .type(SecretType.CONTAINER_REGISTRY)
                .value("registry_server", "iad.ocir.io")
                .value("username", "test-user")
                .value("password", "test-password")
                .value("email", "test@example.com")
                .build());
        store.attach("llm", List.of("hf", "tls", "forge", "iad"));
    }

    @Test
    void plan_deployment_hasItsVariables() {
        Map<String, String> environment = SecretInjection.ofDeployment(store, "llm")
                .plan()
                .applyTo(new ProcessBuilder("server"))
                .environment();

        assertThat(environment).containsEntry("HF_TOKEN", "test-token").doesNotContainKey("FORGE_TOKEN");
    }

    @Test
    void plan_deployment_hasItsFilesBelowTheDirectory() throws Exception {
        Path home = directory.resolve("bentoml");

        try (SecretFiles files =
                SecretInjection.ofDeployment(store, "llm").plan().writeTo(home)) {
            assertThat(files.directory().resolve("certificates/sub/tls.crt")).hasContent("test-certificate");
            assertThat(files.directory().resolve("certificates/tls.key")).hasContent("test-key");
            assertThat(Files.readString(files.directory().resolve(".docker/config.json")))
                    .contains("iad.ocir.io", "\"auths\"");
        }
    }

    @Test
    void plan_buildOfADeployment_hasWhatTheBuildNeeds() {
        Map<String, String> environment = SecretInjection.ofDeployment(store, "llm", SecretStage.BUILD)
                .plan()
                .applyTo(new ProcessBuilder("builder"))
                .environment();

        assertThat(environment).containsEntry("FORGE_TOKEN", "test-forge").doesNotContainKey("HF_TOKEN");
    }

    @Test
    void plan_secretChangedSince_hasTheNewValue() {
        SecretInjection injection = SecretInjection.ofDeployment(store, "llm");

        store.update(
                StoredSecret.builder("hf").value("HF_TOKEN", "test-rotated").build());

        assertThat(injection.plan().applyTo(new ProcessBuilder("server")).environment())
                .containsEntry("HF_TOKEN", "test-rotated");
    }

    @Test
    void plan_secretDetachedAndDeletedSince_saysWhatIsMissing() {
        SecretInjection injection = SecretInjection.ofDeployment(store, "llm");
        store.detach("llm", List.of("hf"));
        store.delete("hf");

        assertThatThrownBy(injection::plan)
                .isInstanceOf(MissingSecretsException.class)
                .hasMessageContaining("HF_TOKEN")
                .hasMessageContaining("has no secret hf");
    }

    @Test
    void plan_keyThatNoVariableCanHave_isAProblem() {
        store.create(StoredSecret.builder("odd").value("api-key", "test-odd").build());
        store.attach("llm", List.of("odd"));

        assertThatThrownBy(() -> SecretInjection.ofDeployment(store, "llm").plan())
                .isInstanceOf(SecretInjectionException.class)
                .hasMessageContaining("api-key")
                .hasMessageNotContaining("test-odd");
    }

    @Test
    void plan_injectionThatWasBuilt_saysToResolveFirst() {
        SecretInjection injection = SecretInjection.builder().variable("A", "a").build();

        assertThatThrownBy(injection::plan)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("resolve declarations() and call plan(secrets)");
    }

    @Test
    void toString_deployment_showsNamesOnly() {
        assertThat(SecretInjection.ofDeployment(store, "llm"))
                .hasToString("SecretInjection[variables=[HF_TOKEN<-HF_TOKEN], files=["
                        + "certificates/sub/tls.crt<-tls.tls.crt, certificates/tls.key<-tls.tls.key,"
                        + " .docker/config.json<-.dockerconfigjson]]");
    }
}
