package dev.modelsecrets.store;

import java.util.Map;

/**
 * What opens an encrypted store: a password, a key file, or a key that a service holds.
 *
 * <p>The values of a store are encrypted with its data key, 32 random bytes. The file keeps that key in slots, one for
 * each kind of {@code StoreKey}, wrapped so that only this key unwraps it. {@link StorePassword} and {@link
 * StoreKeyFile} are two kinds; implement this interface for a key management service, whose encrypt and decrypt calls
 * are {@link #wrap} and {@link #unwrap}. Implementations are thread-safe, and print where the key is but never the key.
 * Methods throw only the exceptions that they declare: of any other, a store reports the class without the message.
 */
public interface StoreKey {

    /**
     * Returns the kind of slot that this key opens.
     *
     * @return lower-case letters, digits and hyphens, for example {@code password} or {@code vault-transit}
     */
    String kind();

    /**
     * Wraps the data key of a store; called when the store is created and when this key is added to it.
     *
     * @param dataKey 32 bytes; must not be kept
     * @return the fields of the slot, which stand in the file as JSON strings: whatever {@link #unwrap} needs, but none
     *     of the name {@code kind}
     * @throws StoreKeyException if the key cannot be used
     */
    Map<String, String> wrap(byte[] dataKey);

    /**
     * Unwraps the data key of a store; called when the store is opened, once for a process unless the key changes.
     *
     * @param slot the fields of a slot of this kind; they may have been altered
     * @return the data key; the caller clears it
     * @throws WrongKeyException if this key does not open the slot, or the slot was altered
     * @throws StoreKeyException if the key cannot be used
     */
    byte[] unwrap(Map<String, String> slot);
}
