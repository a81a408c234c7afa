package dev.modelsecrets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.store.Fixtures;
import dev.modelsecrets.store.InvalidSecretException;
import dev.modelsecrets.store.SecretExistsException;
import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretNotFoundException;
import dev.modelsecrets.store.SecretStoreException;
import dev.modelsecrets.store.StoreSecretProvider;
import dev.modelsecrets.store.StoredSecret;
import dev.modelsecrets.store.VersionConflictException;
import dev.modelsecrets.testing.FailOnSecretLeak;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a store keeps its secrets in Kubernetes, and what it does when others come in between. */
@FailOnSecretLeak
class KubernetesSecretStoreTest {

    @TempDir
    private Path directory;

    private MockBackend backend;
    private KubernetesSecretStore store;

    @BeforeEach
    void start() throws Exception {
        backend = new MockBackend(directory);
        store = KubernetesSecretStore.builder()
                .client(backend.client())
                .namespace(backend.namespace())
                .build();
    }

    @AfterEach
    void stop() {
        store.close();
        backend.close();
    }

    private Secret object(String name) {
        return backend.client()
                .secrets()
                .inNamespace(backend.namespace())
                .withName(name)
                .get();
    }

    private static String decoded(Secret object, String key) {
        return new String(Base64.getDecoder().decode(object.getData().get(key)), StandardCharsets.UTF_8);
    }

    @Test
    void create_opaque_isOneLabelledObject() {
        SecretMetadata created = store.create(StoredSecret.builder("hf-secret")
                .description("for gated models")
                .value("hf_token", "test-value-one")
                .build());

        Secret object = object("hf-secret");
        assertThat(object.getType()).isEqualTo("Opaque");
        assertThat(object.getStringData()).isNullOrEmpty();
        assertThat(decoded(object, "hf_token")).isEqualTo("test-value-one");
        assertThat(object.getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "model-secrets");
        assertThat(object.getMetadata().getAnnotations())
                .containsEntry("modelsecrets.dev/name", "hf-secret")
                .containsEntry("modelsecrets.dev/description", "for gated models")
                .containsEntry("modelsecrets.dev/attachments", "[]");
        assertThat(object.getMetadata().getResourceVersion()).isEqualTo(String.valueOf(created.version()));
        assertThat(store)
                .hasToString("namespace " + backend.namespace() + " in Kubernetes at "
                        + backend.address().toString().replaceFirst("/$", ""));
    }

    @Test
    void create_nameThatKubernetesCannotHave_isAnObjectOfALikeName() {
        store.create(Fixtures.secret("HF_TOKEN", "value", "test-value-one"));

        assertThat(object("hf-token-ef4fc798bd").getMetadata().getAnnotations())
                .containsEntry("modelsecrets.dev/name", "HF_TOKEN");
        assertThat(store.describe("HF_TOKEN").name()).isEqualTo("HF_TOKEN");
        assertThat(StoredObject.nameOf("..a__b..")).matches("a-b-[0-9a-f]{10}");
        assertThat(StoredObject.nameOf("__")).matches("[0-9a-f]{10}");
        assertThat(StoredObject.nameOf("X".repeat(253)))
                .satisfies(name -> assertThat(KubernetesNames.isValid(name)).isTrue());
    }

    @Test
    void create_registry_isAPullSecret() {
        store.create(Fixtures.registry("iad-creds", "iad.ocir.io", "test-password"));

        Secret object = object("iad-creds");
        assertThat(object.getType()).isEqualTo("kubernetes.io/dockerconfigjson");
        assertThat(object.getData()).containsOnlyKeys(".dockerconfigjson");
        assertThat(decoded(object, ".dockerconfigjson"))
                .isEqualTo("{\"auths\":{\"iad.ocir.io\":{\"username\":\"test-user\",\"password\":\"test-password\","
                        + "\"email\":\"test@example.com\",\"auth\":\"dGVzdC11c2VyOnRlc3QtcGFzc3dvcmQ=\"}}}");
    }

    @Test
    void list_objectsOfOthers_areNotSeenNorTouched() {
        backend.put("theirs", Map.of("key", "test-value-one".getBytes(StandardCharsets.UTF_8)));

        assertThat(store.list()).isEmpty();
        assertThat(store.find("theirs")).isEmpty();
        assertThatThrownBy(() -> store.create(Fixtures.secret("theirs", "key", "test-value-two")))
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("Secret " + backend.namespace() + "/theirs exists, but is not the store's: it has no label"
                        + " app.kubernetes.io/managed-by: model-secrets, or another type");
        assertThat(decoded(object("theirs"), "key")).isEqualTo("test-value-one");
    }

    @Test
    void update_whatOthersNoted_stays() {
        store.create(Fixtures.secret("a", "key", "test-value-one"));
        Secret theirs = new SecretBuilder(object("a"))
                .editMetadata()
                .addToLabels("team", "vision")
                .addToAnnotations("example.com/note", "theirs")
                .endMetadata()
                .build();
        backend.client().resource(theirs).update();

        store.update(Fixtures.change("a", "key", "test-value-two"));

        assertThat(object("a").getMetadata().getLabels()).containsEntry("team", "vision");
        assertThat(object("a").getMetadata().getAnnotations()).containsEntry("example.com/note", "theirs");
        assertThat(decoded(object("a"), "key")).isEqualTo("test-value-two");
    }

    @Test
    void update_changedByOthersSince_isAConflict() {
        long version =
                store.create(Fixtures.secret("a", "key", "test-value-one")).version();
        Secret theirs = new SecretBuilder(object("a"))
                .editMetadata()
                .addToLabels("team", "vision")
                .endMetadata()
                .build();
        backend.client().resource(theirs).update();

        assertThatThrownBy(() -> store.update(Fixtures.change("a", "key", "test-value-two"), version))
                .isInstanceOf(VersionConflictException.class);
    }

    @Test
    void update_somebodyComesFirst_isDoneAgain() {
        store.create(Fixtures.secret("a", "key", "test-value-one"));
        backend.expect("PUT", "a", 409);

        store.update(Fixtures.change("a", "key", "test-value-two"));

        assertThat(decoded(object("a"), "key")).isEqualTo("test-value-two");
    }

    @Test
    void describe_amongOthers_asksForTheOneObject() {
        store.create(Fixtures.secret("a", "key", "test-value-one"));
        store.create(Fixtures.secret("b", "key", "test-value-two"));
        int before = backend.server().requests().size();

        assertThat(store.describe("a").name()).isEqualTo("a");
        assertThat(store.find("c")).isEmpty();

        assertThat(backend.server().requests().stream().skip(before))
                .extracting(request -> request.method() + " " + request.uri())
                .containsExactly("GET /api/v1/namespaces/models/secrets/a", "GET /api/v1/namespaces/models/secrets/c");
    }

    @Test
    void update_manyWritersWithoutAVersion_allSucceed() throws Exception {
        store.create(Fixtures.secret("a", "key", "test-value"));
        ExecutorService writers = Executors.newFixedThreadPool(16);
        List<Future<?>> writes = new ArrayList<>();
        for (int writer = 0; writer < 16; writer++) {
            String value = "test-value-" + writer;
            writes.add(writers.submit(() -> {
                for (int i = 0; i < 10; i++) {
                    store.update(Fixtures.change("a", "key", value));
                }
            }));
        }

        for (Future<?> write : writes) {
            write.get();
        }
        writers.shutdown();
        assertThat(decoded(object("a"), "key")).startsWith("test-value-");
    }

    @Test
    void put_secretThatAFinalizerHolds_isRefusedInsteadOfLost() {
        store.create(Fixtures.secret("a", "key", "test-value-one"));
        Secret held = new SecretBuilder(object("a"))
                .editMetadata()
                .addToFinalizers("example.com/backup")
                .endMetadata()
                .build();
        backend.client().resource(held).update();
        store.delete("a");

        assertThat(store.find("a")).isEmpty();
        assertThat(store.list()).isEmpty();
        assertThatThrownBy(() -> store.put(Fixtures.secret("a", "key", "test-value-two")))
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("Secret models/a is being deleted, and held by example.com/backup: what is written to it"
                        + " now would be lost; try again when it is gone");
    }

    @Test
    void update_deletedMeanwhileAndHeld_isNotTakenForWritten() {
        store.create(Fixtures.secret("a", "key", "test-value-one"));
        Secret held = new SecretBuilder(object("a"))
                .editMetadata()
                .addToFinalizers("example.com/backup")
                .endMetadata()
                .build();
        backend.client().resource(held).update();
        backend.delete("a");

        assertThatThrownBy(() -> store.update(Fixtures.change("a", "key", "test-value-two")))
                .isInstanceOf(SecretNotFoundException.class);
    }

    @Test
    void create_somebodyComesFirst_exists() {
        store.create(Fixtures.secret("a", "key", "test-value-one"));

        assertThatThrownBy(() -> store.create(Fixtures.secret("a", "key", "test-value-two")))
                .isInstanceOf(SecretExistsException.class);
    }

    @Test
    void attach_secondIsRefused_firstIsPutBack() {
        store.create(Fixtures.secret("a", "one", "test-value-one"));
        store.create(Fixtures.secret("b", "two", "test-value-two"));
        backend.expect("PUT", "b", 403);

        assertThatThrownBy(() -> store.attach("llm", List.of("a", "b")))
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("Kubernetes at " + backend.address().toString().replaceFirst("/$", "")
                        + " refuses to update Secret " + backend.namespace()
                        + "/b: let a Role of this account grant the"
                        + " verbs get, list, create, update and delete on the resource secrets in the namespace "
                        + backend.namespace());

        assertThat(store.attached("llm")).isEmpty();
        assertThat(object("a").getMetadata().getAnnotations()).containsEntry("modelsecrets.dev/attachments", "[]");
    }

    @Test
    void save_largerThanKubernetesAllows_isRefused() {
        String half = "x".repeat((1 << 19) + 1);

        InvalidSecretException refused = catchThrowableOfType(
                InvalidSecretException.class,
                () -> store.create(StoredSecret.builder("a")
                        .value("one", half)
                        .value("two", half)
                        .build()));

        assertThat(refused)
                .hasMessage("secret a is too large: Kubernetes allows 1 MiB for all values of a secret together");
    }

    @Test
    void resolve_whatWasStored_foundByBothProviders() {
        store.create(Fixtures.secret("hf-token", "value", "test-value-one"));
        KubernetesSecretProvider direct = KubernetesSecretProvider.builder()
                .client(backend.client())
                .namespace(backend.namespace())
                .build();

        assertThat(SecretsResolver.of(direct).resolve("hf_token").require("hf_token"))
                .isEqualTo("test-value-one");
        assertThat(SecretsResolver.of(StoreSecretProvider.ofSecret(store, "hf-token"))
                        .resolve("value")
                        .require("value"))
                .isEqualTo("test-value-one");
    }

    @Test
    void any_serverGone_saysSo() throws Exception {
        try (KubernetesSecretStore lost = KubernetesSecretStore.builder()
                .kubeconfig(Kubeconfig.plain(directory, java.net.URI.create("https://localhost:1")))
                .build()) {
            assertThatThrownBy(lost::list)
                    .isInstanceOf(SecretStoreException.class)
                    .hasMessage("Kubernetes at https://localhost:1 cannot be reached: connection refused")
                    .hasNoCause();
        }
    }
}
