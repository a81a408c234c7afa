package dev.modelsecrets.store;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/**
 * A password of a store: from a file, an environment variable, a callback, or an array that is cleared afterwards.
 *
 * <p>The key that opens the slot is derived with PBKDF2-HMAC-SHA256, 600,000 rounds and a random salt: a fifth of a
 * second for each attempt. The password is read when the store is opened and cleared after the derivation. It consists
 * of printable ASCII, which every keyboard and every encoding agree on. {@link #destroy()} clears a password that was
 * given as an array; it then opens nothing. Thread-safe if its callback is.
 */
public final class StorePassword implements StoreKey, Destroyable {

    static final String KIND = "password";

    private static final int SHORTEST = 12;
    private static final int ROUNDS = 600_000;

    /** More would let an altered file keep a reader busy for minutes. */
    private static final int MOST_ROUNDS = 10_000_000;

    private static final byte[] CONTEXT = StoreFormat.slotContext(KIND);

    private final String source;
    private final transient Supplier<char[]> reader;
    private final Runnable clear;
    private volatile boolean destroyed;

    private StorePassword(String source, Supplier<char[]> reader, Runnable clear) {
        this.source = source;
        this.reader = reader;
        this.clear = clear;
    }

    private StorePassword(String source, Supplier<char[]> reader) {
        this(source, reader, () -> {});
    }

    /**
     * Uses a password that the application has at hand, for example from a prompt.
     *
     * @param password the password; copied, so that the caller can clear its array at once
     * @return the password, which {@link #destroy()} clears
     */
    public static StorePassword of(char[] password) {
        char[] kept = password.clone();
        return new StorePassword("the application", kept::clone, () -> Arrays.fill(kept, '\0'));
    }

    /**
     * Reads the password from a file: one line, whose line break does not count.
     *
     * @param file the file; one that everybody can read gets a warning
     * @return the source of the password; the file is not read yet
     */
    public static StorePassword fromFile(Path file) {
        Path path = file.toAbsolutePath();
        AtomicBoolean warned = new AtomicBoolean();
        return new StorePassword("the file " + path, () -> read(path, warned));
    }

    /**
     * Reads the password from an environment variable of this process.
     *
     * @param variable the variable's name
     * @return the source of the password
     */
    public static StorePassword fromEnvironment(String variable) {
        return fromEnvironment(variable, System.getenv());
    }

    /**
     * Reads the password from a variable of a given environment, for tests.
     *
     * @param variable the variable's name
     * @param environment variables and their values; looked at whenever the password is needed
     * @return the source of the password
     */
    public static StorePassword fromEnvironment(String variable, Map<String, String> environment) {
        String source = "the environment variable " + Objects.requireNonNull(variable, "variable");
        Objects.requireNonNull(environment, "environment");
        return new StorePassword(source, () -> {
            String value = environment.get(variable);
            if (value == null) {
                throw new StoreKeyException(source + " is not set; it has to hold the password of the store");
            }
            return value.toCharArray();
        });
    }

    /**
     * Asks the application for the password, for example at a prompt or from a key management service.
     *
     * @param callback gives the password; the array is cleared after it was copied
     * @return the source of the password
     */
    public static StorePassword fromCallback(Supplier<char[]> callback) {
        Objects.requireNonNull(callback, "callback");
        return new StorePassword("a callback", () -> {
            char[] given;
            try {
                given = callback.get();
            } catch (RuntimeException e) {
                // What it says is not known, and may be the password.
                throw new StoreKeyException("the callback for the password failed with "
                        + e.getClass().getSimpleName());
            }
            if (given == null) {
                throw new StoreKeyException("the callback for the password returned null");
            }
            char[] copy = given.clone();
            Arrays.fill(given, '\0');
            return copy;
        });
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, String> wrap(byte[] dataKey) {
        char[] password = read();
        byte[] salt = AesGcm.random(16);
        try {
            if (password.length < SHORTEST) {
                throw new StoreKeyException("the password from " + source + " is too short: use at least " + SHORTEST
                        + " characters, better 32 random ones");
            }
            byte[] key = derive(password, salt, ROUNDS);
            String wrapped = new AesGcm(key).seal(dataKey, CONTEXT);
            Arrays.fill(key, (byte) 0);
            Map<String, String> slot = new LinkedHashMap<>();
            slot.put("salt", Base64.getEncoder().encodeToString(salt));
            slot.put("rounds", Integer.toString(ROUNDS));
            slot.put("wrapped", wrapped);
            return slot;
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    @Override
    public byte[] unwrap(Map<String, String> slot) {
        char[] password = read();
        try {
            byte[] salt = Base64.getDecoder().decode(slot.getOrDefault("salt", ""));
            int rounds = Integer.parseInt(slot.getOrDefault("rounds", ""));
            byte @Nullable [] dataKey = null;
            if (salt.length > 0 && rounds > 0 && rounds <= MOST_ROUNDS) {
                byte[] key = derive(password, salt, rounds);
                dataKey = new AesGcm(key).open(slot.getOrDefault("wrapped", ""), CONTEXT);
                Arrays.fill(key, (byte) 0);
            }
            if (dataKey == null) {
                throw wrong();
            }
            return dataKey;
        } catch (IllegalArgumentException e) {
            throw wrong();
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private WrongKeyException wrong() {
        return new WrongKeyException(
                "the password from " + source + " does not open the store, or its key slot was altered");
    }

    private static byte[] derive(char[] password, byte[] salt, int rounds) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, rounds, DataKey.BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw AesGcm.unsupported(e);
        } finally {
            spec.clearPassword();
        }
    }

    /** Reads the password anew; the caller clears it. */
    char[] read() {
        if (destroyed) {
            throw new StoreKeyException("the password from " + source + " was destroyed");
        }
        char[] password = reader.get();
        boolean blank = true;
        for (char c : password) {
            if (c < ' ' || c > '~') {
                Arrays.fill(password, '\0');
                throw new StoreKeyException("the password from " + source
                        + " has a character that is not printable ASCII, which not every system encodes alike");
            }
            blank &= c == ' ';
        }
        if (blank) {
            throw new StoreKeyException(
                    "the password from " + source + (password.length == 0 ? " is empty" : " is blank"));
        }
        return password;
    }

    private static char[] read(Path file, AtomicBoolean warned) {
        byte[] bytes = KeyMaterial.read(file, "the password file", warned);
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            int end = text.length();
            if (end > 0 && text.charAt(end - 1) == '\n') {
                end -= end > 1 && text.charAt(end - 2) == '\r' ? 2 : 1;
            }
            char[] password = Arrays.copyOf(text.array(), end);
            Arrays.fill(text.array(), '\0');
            return password;
        } catch (CharacterCodingException e) {
            throw new StoreKeyException("the password file " + file + " is not text");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Clears a password that was given as an array; this object opens nothing afterwards. */
    @Override
    public void destroy() {
        destroyed = true;
        clear.run();
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    /** Returns where the password comes from, never the password. */
    @Override
    public String toString() {
        return "the password from " + source;
    }
}
