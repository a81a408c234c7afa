package dev.modelsecrets.examples.benchmarks.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a program that keeps secrets in a database writes itself: AES-256-GCM with a fresh nonce, bound to the name.
 * Used by one thread.
 */
public final class Values {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Cipher cipher;
    private final SecretKeySpec key;

    /** Who only reads needs none. */
    private static final class Source {
        private static final SecureRandom RANDOM = new SecureRandom();
    }

    private Values(byte[] key) {
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
            this.key = new SecretKeySpec(key, "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the key from the file {@code key} of a directory, which is made if it is missing. */
    public static Values of(Path directory) throws IOException {
        Path file = directory.resolve("key");
        if (!Files.exists(file)) {
            byte[] key = new byte[32];
            Source.RANDOM.nextBytes(key);
            Files.write(file, key);
        }
        return new Values(Files.readAllBytes(file));
    }

    /** Returns nonce, encrypted value and tag. */
    public byte[] seal(String name, String value) {
        try {
            byte[] nonce = new byte[NONCE];
            Source.RANDOM.nextBytes(nonce);
            byte[] plain = value.getBytes(StandardCharsets.UTF_8);
            start(Cipher.ENCRYPT_MODE, nonce, name);
            byte[] sealed = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the value. */
    public String open(String name, byte[] sealed) {
        try {
            start(Cipher.DECRYPT_MODE, sealed, name);
            return new String(cipher.doFinal(sealed, NONCE, sealed.length - NONCE), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void start(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    }
}
