package dev.modelsecrets.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A key file of 32 random bytes: what a server opens its store with, without the time that a password takes.
 *
 * <pre>{@code
 * StoreKeyFile key = StoreKeyFile.create(Path.of("/etc/models/store.key"));
 * EncryptedSecretStore store = EncryptedSecretStore.create(Path.of("/var/lib/models/secrets.json"), key);
 * }</pre>
 *
 * <p>{@code head -c 32 /dev/urandom} makes such a file too. Keep it on another volume than the store and its backups.
 * Thread-safe; the file is read when the store is opened.
 */
public final class StoreKeyFile implements StoreKey {

    static final String KIND = "key-file";

    private static final byte[] CONTEXT = StoreFormat.slotContext(KIND);

    private final Path file;
    private final AtomicBoolean warned = new AtomicBoolean();

    private StoreKeyFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * Uses a key file that exists.
     *
     * @param file the file, of exactly 32 bytes; one that everybody can read gets a warning
     * @return the key; the file is not read yet
     */
    public static StoreKeyFile at(Path file) {
        return new StoreKeyFile(file);
    }

    /**
     * Creates a key file with 32 random bytes, readable by its owner only.
     *
     * @param file the file to create, in a directory that exists
     * @return the key
     * @throws StoreKeyException if there is such a file already, or it cannot be written
     */
    public static StoreKeyFile create(Path file) {
        StoreKeyFile key = new StoreKeyFile(file);
        byte[] bytes = AesGcm.random(DataKey.BYTES);
        try {
            Files.createFile(key.file, Ownership.ownerOnly(key.file));
            Files.write(key.file, bytes, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            return key;
        } catch (IOException e) {
            throw new StoreKeyException("the key file " + key.file + " cannot be created: " + StoreFailures.reason(e));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, String> wrap(byte[] dataKey) {
        byte[] key = read();
        try {
            return Map.of("wrapped", new AesGcm(key).seal(dataKey, CONTEXT));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public byte[] unwrap(Map<String, String> slot) {
        byte[] key = read();
        try {
            byte @Nullable [] dataKey = new AesGcm(key).open(slot.getOrDefault("wrapped", ""), CONTEXT);
            if (dataKey == null) {
                throw new WrongKeyException(this + " does not open the store, or its key slot was altered");
            }
            return dataKey;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private byte[] read() {
        byte[] key = KeyMaterial.read(file, "the key file", warned);
        if (key.length != DataKey.BYTES) {
            Arrays.fill(key, (byte) 0);
            throw new StoreKeyException("the key file " + file + " has to be 32 bytes, and is "
                    + (key.length < DataKey.BYTES ? "shorter" : "longer"));
        }
        return key;
    }

    /** Returns where the key is, never the key. */
    @Override
    public String toString() {
        return "the key file " + file;
    }
}
