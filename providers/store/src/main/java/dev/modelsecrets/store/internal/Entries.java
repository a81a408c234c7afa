package dev.modelsecrets.store.internal;

import dev.modelsecrets.store.DamagedStoreException;
import dev.modelsecrets.store.SecretStoreException;
import dev.modelsecrets.store.WrongPasswordException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.SecretKeyEntry;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a PKCS#12 keystore: secret keys that hold a text each, under an alias; not thread-safe.
 *
 * <p>How entries are encrypted and the whole is protected is the JDK's default (AES-256 and HMAC-SHA-256, 10,000 rounds
 * each), and changes with its security properties {@code keystore.pkcs12.*}. An entry is encrypted when it is put, not
 * when the keystore is written, so that a write costs the same however many entries there are.
 */
public final class Entries {

    /** Says "data": the bytes are no key of any cipher. WildFly's credential store uses it in the same way. */
    private static final String DATA = "1.2.840.113549.1.7.1";

    /** Decrypts with the password and nothing else; tells a wrong password from an altered file. */
    private static final String CHECK = "model-secrets.check";

    private final KeyStore keyStore;
    private final char[] password;
    private final String file;

    private Entries(KeyStore keyStore, char[] password, String file) {
        this.keyStore = keyStore;
        this.password = password;
        this.file = file;
    }

    /**
     * Starts a keystore.
     *
     * @param password the password; kept, and cleared by nobody
     * @param file the file's name, for messages
     */
    public static Entries create(char[] password, String file) {
        try {
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(null, null);
            Entries entries = new Entries(keyStore, password, file);
            entries.put(CHECK, "model-secrets");
            return entries;
        } catch (GeneralSecurityException | IOException e) {
            throw failed(file, e);
        }
    }

    /**
     * Opens a keystore.
     *
     * @param bytes the whole file
     * @param password the password; kept, and cleared by nobody
     * @param passwordSource where the password came from, for messages
     * @param file the file's name, for messages
     * @throws WrongPasswordException if another password was used to write it
     * @throws DamagedStoreException if the bytes are not what was written
     */
    public static Entries open(byte[] bytes, char[] password, String passwordSource, String file) {
        checkLength(bytes, file);
        try {
            KeyStore keyStore = load(bytes, password);
            return new Entries(keyStore, password, file);
        } catch (IOException e) {
            if (!(e.getCause() instanceof UnrecoverableKeyException)) {
                throw notReadable(file);
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            throw notReadable(file);
        }
        // The checksum over the file does not fit: either to the password, or to the content.
        if (anyEntryOpens(bytes, password, file)) {
            throw new DamagedStoreException("the store " + file + " was altered: its checksum does not fit its content,"
                    + " though the password does; put back a copy of the file");
        }
        throw new WrongPasswordException("the password from " + passwordSource + " does not open the store " + file);
    }

    private static KeyStore load(byte[] bytes, char @Nullable [] password)
            throws GeneralSecurityException, IOException {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        keyStore.load(new ByteArrayInputStream(bytes), password);
        return keyStore;
    }

    /** The outermost length says how long the file has to be. */
    private static void checkLength(byte[] bytes, String file) {
        if (bytes.length == 0) {
            throw truncated(file, "it is empty");
        }
        int marker = bytes.length < 2 ? 0 : bytes[1] & 0xff;
        if (bytes[0] != 0x30 || marker == 0x80 || marker > 0x84) {
            throw notReadable(file);
        }
        int header = marker < 0x80 ? 2 : 2 + (marker & 0x7f);
        if (bytes.length < header) {
            throw truncated(file, "it ends after " + bytes.length + " bytes");
        }
        long length = marker < 0x80 ? marker : 0;
        for (int i = 2; i < header; i++) {
            length = (length << 8) | (bytes[i] & 0xff);
        }
        if (bytes.length < header + length) {
            throw truncated(file, "it has " + bytes.length + " of " + (header + length) + " bytes");
        }
        if (bytes.length > header + length) {
            throw new DamagedStoreException("the store " + file + " was altered: there are "
                    + (bytes.length - header - length) + " bytes after its end; put back a copy of the file");
        }
    }

    private static DamagedStoreException truncated(String file, String how) {
        return new DamagedStoreException(
                "the store " + file + " is truncated: " + how + "; put back a copy of the file");
    }

    private static DamagedStoreException notReadable(String file) {
        return new DamagedStoreException(
                "the store " + file + " was altered or is no PKCS#12 file; put back a copy of the file");
    }

    private static boolean anyEntryOpens(byte[] bytes, char[] password, String file) {
        try {
            Entries entries = new Entries(load(bytes, null), password, file);
            for (String alias : entries.aliases()) {
                try {
                    if (entries.get(alias) != null) {
                        return true;
                    }
                } catch (DamagedStoreException e) {
                    // The next one may open.
                }
            }
            return false;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw notReadable(file);
        }
    }

    private List<String> aliases() throws KeyStoreException {
        return Collections.list(keyStore.aliases());
    }

    /**
     * Decrypts an entry.
     *
     * @return its text, or null if there is none of that alias
     * @throws DamagedStoreException if it cannot be decrypted
     */
    public @Nullable String get(String alias) {
        try {
            if (!keyStore.isKeyEntry(alias)) {
                return null;
            }
            return keyStore.getEntry(alias, new PasswordProtection(password)) instanceof SecretKeyEntry entry
                    ? new String(entry.getSecretKey().getEncoded(), StandardCharsets.UTF_8)
                    : null;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new DamagedStoreException("the store " + file + " was altered: its entry " + alias
                    + " cannot be decrypted; put back a copy of the file");
        }
    }

    /** Encrypts an entry, in place of the one of that alias. */
    public void put(String alias, String text) {
        try {
            keyStore.setEntry(
                    alias,
                    new SecretKeyEntry(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), DATA)),
                    new PasswordProtection(password));
        } catch (KeyStoreException e) {
            throw failed(file, e);
        }
    }

    /** Removes the entry of that alias, if there is one. */
    public void remove(String alias) {
        try {
            if (keyStore.containsAlias(alias)) {
                keyStore.deleteEntry(alias);
            }
        } catch (KeyStoreException e) {
            throw failed(file, e);
        }
    }

    /** Returns the bytes of the file. */
    public byte[] toBytes() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            keyStore.store(bytes, password);
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw failed(file, e);
        }
    }

    /**
     * Encrypts everything anew, with another password.
     *
     * @param newPassword the other password; kept, and cleared by nobody
     * @return the entries under the other password; this object is not to be used any more
     * @throws DamagedStoreException if an entry does not open with the old password
     */
    public Entries withPassword(char[] newPassword) {
        Entries result = new Entries(keyStore, newPassword, file);
        try {
            for (String alias : aliases()) {
                if (keyStore.isKeyEntry(alias)) {
                    KeyStore.Entry entry = keyStore.getEntry(alias, new PasswordProtection(password));
                    keyStore.setEntry(alias, entry, new PasswordProtection(newPassword));
                }
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new DamagedStoreException("the store " + file
                    + " has an entry that the password of the store does not open; the password was not changed");
        }
        return result;
    }

    /** Says that the JDK lacks what every JDK has; its exceptions may hold anything, so only the kind is told. */
    private static SecretStoreException failed(String file, Exception e) {
        return new SecretStoreException("the store " + file + " cannot be encrypted by this Java runtime: "
                + e.getClass().getSimpleName());
    }
}
