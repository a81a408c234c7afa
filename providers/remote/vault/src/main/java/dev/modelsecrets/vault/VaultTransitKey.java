package dev.modelsecrets.vault;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.store.StoreKey;
import dev.modelsecrets.store.StoreKeyException;
import dev.modelsecrets.store.WrongKeyException;
import dev.modelsecrets.vault.TransitService.Operation;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A key of Vault's transit engine that opens an encrypted store: the key never leaves Vault.
 *
 * <p>The file of the store keeps its data key as a ciphertext of the engine. To open the store asks Vault to decrypt
 * it, once for a process; who may open the store is decided, logged and revoked in Vault. The policy needs the
 * capability {@code update} on {@code transit/decrypt/<key>}, and on {@code transit/encrypt/<key>} to create a store or
 * to add this key. Use {@code type=aes256-gcm96}, the default of the engine, and do not trim its key versions while a
 * store has a slot of one.
 *
 * <pre>{@code
 * StoreKey key = VaultTransitKey.of(VaultSecretProvider.builder().kubernetes("models"), "model-secrets");
 * EncryptedSecretStore store = EncryptedSecretStore.open(file, key);
 * }</pre>
 *
 * <p>The module {@code model-secrets-store} is an optional dependency of this one. Thread-safe; each call logs in anew
 * and leaves no connection behind.
 */
public final class VaultTransitKey implements StoreKey {

    private static final String KIND = "vault-transit";
    private static final String CIPHERTEXT = "ciphertext";

    /** The name under which the one value of a call is looked up. */
    private static final String VALUE = "key";

    private final VaultSecretProvider.Builder vault;
    private final String key;

    private VaultTransitKey(VaultSecretProvider.Builder vault, String key) {
        this.vault = vault;
        this.key = key;
    }

    /**
     * Uses a key of a transit engine.
     *
     * @param vault where Vault is and how to log in: its address, namespace, certificates, login and {@code mount},
     *     which is {@code transit} by default; other options do not matter. Do not change it afterwards
     * @param key the name of the key, which must exist
     * @return the key; nothing is contacted
     * @throws IllegalStateException if the address or the login is missing
     * @throws IllegalArgumentException if the address is not a URL, or the name of the key is not valid
     */
    public static VaultTransitKey of(VaultSecretProvider.Builder vault, String key) {
        Objects.requireNonNull(vault, "vault").checkAccess();
        return new VaultTransitKey(vault, VaultNames.checked(key));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, String> wrap(byte[] dataKey) {
        String ciphertext = call(Operation.ENCRYPT, Base64.getEncoder().encodeToString(dataKey));
        return Map.of(CIPHERTEXT, ciphertext);
    }

    @Override
    public byte[] unwrap(Map<String, String> slot) {
        String plaintext = call(Operation.DECRYPT, slot.getOrDefault(CIPHERTEXT, ""));
        try {
            return Base64.getDecoder().decode(plaintext);
        } catch (IllegalArgumentException e) {
            // The message would quote a character of the key.
            throw new StoreKeyException(this + " gave an answer that is not base64");
        }
    }

    private String call(Operation operation, String text) {
        TransitService service = vault.transit(key, operation, text);
        Lookup answer;
        try (VaultSecretProvider provider = new VaultSecretProvider(VaultSecretProvider.builder(), service)) {
            answer = Objects.requireNonNull(provider.find(Set.of(VALUE)).get(VALUE));
        }
        if (answer.isFound()) {
            return answer.value();
        }
        if (service.isTextRefused()) {
            throw new WrongKeyException(this + " does not open the store, or its key slot was altered");
        }
        throw new StoreKeyException(
                answer.isAbsent() ? this + " gave an empty answer" : this + " cannot be used: " + answer.problem());
    }

    /** Returns the name of the key and its engine, never a token. */
    @Override
    public String toString() {
        return "the Vault key " + vault.transitMount() + "/" + key;
    }
}
