package dev.modelsecrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault;
import dev.modelsecrets.store.DamagedStoreException;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoreKeyException;
import dev.modelsecrets.store.StoreKeyFile;
import dev.modelsecrets.store.StoreSecretProvider;
import dev.modelsecrets.store.WrongKeyException;
import dev.modelsecrets.testing.FailOnSecretLeak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that a key of Vault's transit engine opens. */
@FailOnSecretLeak
class VaultTransitKeyTest {

    @TempDir
    Path directory;

    private VaultServer server;
    private Path file;

    @BeforeEach
    void start() throws Exception {
        server = new VaultServer();
        server.transit.keys.add("model-secrets");
        file = directory.resolve("secrets.json");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private VaultSecretProvider.Builder vault(String token) {
        return VaultSecretProvider.builder()
                .environment(Map.of("VAULT_ADDR", server.address()))
                .token(token);
    }

    private VaultTransitKey key(String name) {
        return VaultTransitKey.of(vault(VaultServer.ROOT), name);
    }

    private static String resolve(EncryptedSecretStore store) {
        return SecretsResolver.of(StoreSecretProvider.of(store))
                .resolve("hf_token")
                .require("hf_token");
    }

    @Test
    void open_storeOfTheKey_readsIt() throws Exception {
        EncryptedSecretStore.create(file, key("model-secrets")).put("hf_token", "test-token");

        EncryptedSecretStore store = EncryptedSecretStore.open(file, key("model-secrets"));

        assertThat(resolve(store)).isEqualTo("test-token");
        assertThat(Files.readString(file)).contains("vault-transit", "vault:v1:1000");
    }

    @Test
    void open_storeThatIsRead_asksVaultOnce() {
        EncryptedSecretStore.create(file, key("model-secrets")).put("hf_token", "test-token");
        EncryptedSecretStore store = EncryptedSecretStore.open(file, key("model-secrets"));
        resolve(store);
        long before = server.requests("transit/decrypt/");

        store.put("hf_token", "test-other");

        assertThat(resolve(store)).isEqualTo("test-other");
        assertThat(server.requests("transit/decrypt/")).isEqualTo(before);
    }

    @Test
    void of_nothingIsContactedBeforeAStoreIsOpened() {
        assertThat(key("model-secrets")).hasToString("the Vault key transit/model-secrets");
        assertThat(server.http.requests()).isEmpty();
    }

    @Test
    void of_withoutAddressOrLogin_isRefusedAtOnce() {
        assertThatThrownBy(
                        () -> VaultTransitKey.of(VaultSecretProvider.builder().environment(Map.of()), "model-secrets"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("VAULT_ADDR");
    }

    @Test
    void open_otherKeyOfTheEngine_isTheWrongKey() {
        server.transit.keys.add("other");
        EncryptedSecretStore.create(file, key("model-secrets")).put("hf_token", "test-token");

        assertThatThrownBy(() -> resolve(EncryptedSecretStore.open(file, key("other"))))
                .hasMessageContaining("the Vault key transit/other does not open the store");
    }

    @Test
    void unwrap_alteredSlot_isTheWrongKey() {
        assertThatThrownBy(() -> key("model-secrets").unwrap(Map.of("ciphertext", "vault:v1:none")))
                .isInstanceOf(WrongKeyException.class)
                .hasMessage("the Vault key transit/model-secrets does not open the store, or its key slot was altered");
    }

    @Test
    void open_slotOfAnotherStore_isDamage() throws Exception {
        EncryptedSecretStore.create(file, key("model-secrets")).put("hf_token", "test-token");
        Path other = directory.resolve("other.json");
        EncryptedSecretStore.create(other, key("model-secrets"));
        String text = Files.readString(file);
        Files.writeString(file, text.replace("vault:v1:1000", "vault:v1:1001"));

        assertThatThrownBy(() ->
                        EncryptedSecretStore.open(file, key("model-secrets")).list())
                .isInstanceOf(DamagedStoreException.class);
    }

    @Test
    void wrap_keyThatDoesNotExist_saysHowToLookForIt() {
        assertThatThrownBy(() -> EncryptedSecretStore.create(file, key("none")))
                .isInstanceOf(StoreKeyException.class)
                .hasMessageContaining("the Vault key transit/none cannot be used")
                .hasMessageContaining("vault read transit/keys/none");
        assertThat(file).doesNotExist();
    }

    @Test
    void wrap_policyWithoutTheRight_saysWhichIsNeeded() {
        String token = server.token("nothing", 3600, false);

        assertThatThrownBy(
                        () -> VaultTransitKey.of(vault(token), "model-secrets").wrap(new byte[32]))
                .isInstanceOf(StoreKeyException.class)
                .hasMessageContaining("grant the capability update on that path")
                .hasMessageNotContaining(token);
    }

    @Test
    void unwrap_vaultThatIsSealed_saysSo() {
        Map<String, String> slot = key("model-secrets").wrap(new byte[32]);
        server.sealed = true;

        assertThatThrownBy(() -> key("model-secrets").unwrap(slot))
                .isInstanceOf(StoreKeyException.class)
                .hasMessageContaining("is sealed: unseal it");
    }

    @Test
    void unwrap_connectionThatBreaksOnce_isTriedAgain() {
        Map<String, String> slot = key("model-secrets").wrap(new byte[32]);
        server.http.next(new Fault.CutOff());

        assertThat(key("model-secrets").unwrap(slot)).isEqualTo(new byte[32]);
    }

    @Test
    void addKey_storeWithAKeyFile_isOpenedByBoth() {
        StoreKeyFile keyFile = StoreKeyFile.create(directory.resolve("store.key"));
        EncryptedSecretStore store = EncryptedSecretStore.create(file, keyFile);
        store.put("hf_token", "test-token");

        store.addKey(key("model-secrets"));

        assertThat(resolve(EncryptedSecretStore.open(file, key("model-secrets"))))
                .isEqualTo("test-token");
        assertThat(resolve(EncryptedSecretStore.open(file, keyFile))).isEqualTo("test-token");
    }
}
