package dev.modelsecrets.store;

import dev.modelsecrets.SecretsException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The data key of a store, and the keys derived from it: one for the values, one for the file, one for the audit log.
 */
final class DataKey {

    static final int BYTES = 32;

    private final transient byte[] key;
    private final transient byte[] valuesKey;
    private final transient byte[] fileKey;
    private final transient byte[] auditKey;

    private DataKey(byte[] key) {
        this.key = key;
        this.valuesKey = derive("values");
        this.fileKey = derive("file");
        this.auditKey = derive("audit");
    }

    static DataKey random() {
        return new DataKey(AesGcm.random(BYTES));
    }

    /** Unwraps the key from its slot. */
    static DataKey unwrap(StoreKey opener, KeySlot slot) {
        byte @Nullable [] unwrapped;
        try {
            unwrapped = opener.unwrap(slot.fields());
        } catch (SecretsException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(slot.kind(), e);
        }
        if (unwrapped == null || unwrapped.length != BYTES) {
            throw new WrongKeyException(opener + " unwrapped a key that is not one of a store");
        }
        return new DataKey(unwrapped);
    }

    KeySlot wrap(StoreKey opener) {
        String kind = opener.kind();
        Map<String, String> fields;
        try {
            fields = opener.wrap(key.clone());
        } catch (SecretsException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(kind, e);
        }
        if (fields.containsKey(KeySlot.KIND)) {
            throw new StoreKeyException("the key of the kind " + kind + " has a field of the name " + KeySlot.KIND
                    + ", which each slot has itself: nobody could open the store");
        }
        return new KeySlot(kind, fields);
    }

    /** What the code of a key says is not known, and may be the key. */
    private static StoreKeyException failed(String kind, RuntimeException e) {
        return new StoreKeyException(
                "the key of the kind " + kind + " failed with " + e.getClass().getSimpleName());
    }

    private byte[] derive(String use) {
        return hmac(key, StoreFormat.keyContext(use));
    }

    boolean isSame(DataKey other) {
        return MessageDigest.isEqual(key, other.key);
    }

    /** Returns what encrypts and decrypts the values and descriptions, for one thread. */
    AesGcm values() {
        return new AesGcm(valuesKey);
    }

    byte[] fileMac(byte[] bytes, int length) {
        return hmac(fileKey, bytes, length);
    }

    byte[] auditMac(byte[] line) {
        return hmac(auditKey, line);
    }

    private static byte[] hmac(byte[] key, byte[] bytes) {
        return hmac(key, bytes, bytes.length);
    }

    private static byte[] hmac(byte[] key, byte[] bytes, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(bytes, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw AesGcm.unsupported(e);
        }
    }

    void clear() {
        for (byte[] bytes : new byte[][] {key, valuesKey, fileKey, auditKey}) {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Returns nothing of the key. */
    @Override
    public String toString() {
        return "DataKey";
    }
}
