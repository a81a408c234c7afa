package dev.modelsecrets.store;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM with one key, as the file of a store uses it: base64 of a random nonce (12 bytes), the ciphertext and its
 * tag (16). Used by one thread.
 */
final class AesGcm {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    /** How many nonces are drawn at a time: one call of the generator costs as much as an encryption. */
    private static final int NONCES = 64;

    private final Cipher cipher;
    private final transient SecretKeySpec key;
    private byte[] nonces = {};
    private int nextNonce;

    AesGcm(byte[] key) {
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
            this.key = new SecretKeySpec(key, "AES");
        } catch (GeneralSecurityException e) {
            throw unsupported(e);
        }
    }

    /** Who only reads needs none. */
    private static final class Source {
        private static final SecureRandom RANDOM = new SecureRandom();
    }

    static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        Source.RANDOM.nextBytes(random);
        return random;
    }

    String seal(byte[] plain, byte[] context) {
        try {
            byte[] sealed = new byte[NONCE_BYTES + plain.length + TAG_BYTES];
            putNonce(sealed);
            start(Cipher.ENCRYPT_MODE, sealed, context);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw unsupported(e);
        }
    }

    private void putNonce(byte[] sealed) {
        if (nextNonce == nonces.length) {
            nonces = random(NONCES * NONCE_BYTES);
            nextNonce = 0;
        }
        System.arraycopy(nonces, nextNonce, sealed, 0, NONCE_BYTES);
        nextNonce += NONCE_BYTES;
    }

    /** Returns the plain bytes, or null if they were not sealed with this key in this context. */
    byte @Nullable [] open(String sealed, byte[] context) {
        try {
            byte[] bytes = Base64.getDecoder().decode(sealed);
            if (bytes.length < NONCE_BYTES + TAG_BYTES) {
                return null;
            }
            start(Cipher.DECRYPT_MODE, bytes, context);
            return cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
        } catch (AEADBadTagException | IllegalArgumentException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw unsupported(e);
        }
    }

    private void start(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce, 0, NONCE_BYTES));
        cipher.updateAAD(context);
    }

    /** Every Java runtime has these algorithms; the exception's message may hold anything, so only its kind is told. */
    static IllegalStateException unsupported(GeneralSecurityException e) {
        return new IllegalStateException("this Java runtime lacks an algorithm that every one has: "
                + e.getClass().getSimpleName());
    }
}
