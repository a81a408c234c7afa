package dev.modelsecrets.store;

import static dev.modelsecrets.store.Fixtures.PASSWORD;
import static dev.modelsecrets.store.Fixtures.password;
import static dev.modelsecrets.store.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Pkcs12ImportTest {

    private static final String INDEX = """
        {"format":1}
        {"name":"gone","deletedVersion":4}
        {"name":"hf-secret","type":"opaque","description":"gated models","keys":["HF_TOKEN","other"],\
        "created":1700000000000,"updated":1700000001000,"version":3,\
        "attachments":[{"deployment":"llm","since":1700000002000,"restartNeeded":true}]}
        {"name":"tls","type":"opaque","directory":"demo","subPaths":{"key":"sub"},"keys":["key"],\
        "created":1700000000000,"updated":1700000000000,"version":1}
        """;

    @TempDir
    private Path directory;

    private Path old;
    private EncryptedSecretStore store;

    @BeforeEach
    void createStores() throws Exception {
        old = directory.resolve("secrets.p12");
        store = Fixtures.create(directory);
    }

    private void writeOld(Map<String, String> entries) throws Exception {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        keyStore.load(null, null);
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            keyStore.setEntry(
                    entry.getKey(),
                    new KeyStore.SecretKeyEntry(
                            new SecretKeySpec(entry.getValue().getBytes(StandardCharsets.UTF_8), "AES")),
                    new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        }
        try (OutputStream out = Files.newOutputStream(old)) {
            keyStore.store(out, PASSWORD.toCharArray());
        }
    }

    private static Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("model-secrets.index", INDEX);
        entries.put("hf-secret/^h^f_^t^o^k^e^n", "test-token-\u00e9");
        entries.put("hf-secret/other", "test-other");
        entries.put("tls/key", "test-key");
        return entries;
    }

    @Test
    void import_storeOfTheFirstDesign_copiesEverything() throws Exception {
        writeOld(entries());
        byte[] before = Files.readAllBytes(old);

        List<SecretMetadata> imported = store.importPkcs12(old, password());

        assertThat(imported).extracting(SecretMetadata::name).containsExactly("hf-secret", "tls");
        SecretMetadata secret = store.describe("hf-secret");
        assertThat(secret.description()).isEqualTo("gated models");
        assertThat(secret.version()).isEqualTo(3);
        assertThat(secret.created()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
        assertThat(secret.attachments())
                .containsExactly(new SecretMetadata.Attachment("llm", Instant.ofEpochMilli(1_700_000_002_000L), true));
        assertThat(store.describe("tls").mount()).isEqualTo(SecretMount.files("demo", Map.of("key", "sub")));
        assertThat(value(store, "hf-secret", "HF_TOKEN")).isEqualTo("test-token-\u00e9");
        assertThat(value(store, "tls", "key")).isEqualTo("test-key");
        assertThat(Files.readAllBytes(old)).isEqualTo(before);
    }

    @Test
    void import_nameThatExists_copiesNothing() throws Exception {
        writeOld(entries());
        store.put("tls", "test-mine");

        assertThatThrownBy(() -> store.importPkcs12(old, password())).isInstanceOf(SecretExistsException.class);
        assertThat(store.list()).extracting(SecretMetadata::name).containsExactly("tls");
    }

    @Test
    void import_wrongPassword_isTold() throws Exception {
        writeOld(entries());

        assertThatThrownBy(() -> store.importPkcs12(old, password("test-another-password")))
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining("does not open the store " + old);
    }

    @Test
    void import_fileWithoutChecksum_isRefused() throws Exception {
        writeOld(entries());
        byte[] whole = Files.readAllBytes(old);
        // SEQUENCE (length in two bytes), INTEGER 3, SEQUENCE (length in two bytes), and then the checksum.
        assertThat(new byte[] {whole[0], whole[1], whole[4], whole[7], whole[8]})
                .containsExactly(0x30, 0x82, 0x02, 0x30, 0x82);
        int content = 7 + 4 + ((whole[9] & 0xff) << 8) + (whole[10] & 0xff);
        byte[] stripped = Arrays.copyOf(whole, content);
        stripped[2] = (byte) ((content - 4) >> 8);
        stripped[3] = (byte) (content - 4);
        Files.write(old, stripped);

        assertThatThrownBy(() -> store.importPkcs12(old, password()))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessage("the store " + old + " was altered: it has no checksum; import a copy of the file");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void import_entryMissing_isNamed() throws Exception {
        Map<String, String> entries = entries();
        entries.remove("tls/key");
        writeOld(entries);

        assertThatThrownBy(() -> store.importPkcs12(old, password()))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("its entry tls/key is missing or cannot be read");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void import_otherFiles_areTold() throws Exception {
        assertThatThrownBy(() -> store.importPkcs12(old, password()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("the store " + old + " cannot be read: it does not exist, or a directory above it");
        Files.writeString(old, "secrets: {}");
        assertThatThrownBy(() -> store.importPkcs12(old, password()))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessage("the file " + old + " is not a PKCS#12 file, as stores of the first design are");
        Files.write(old, new byte[] {0x30, 0x03, 0x02, 0x01, 0x03});
        assertThatThrownBy(() -> store.importPkcs12(old, password())).isInstanceOf(WrongKeyException.class);
    }
}
