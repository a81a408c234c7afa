package dev.modelsecrets.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Where the password of a store comes from: a file, an environment variable or a callback, never an argument.
 *
 * <p>An argument would stand in a program's text or in the list of processes. The password is read when it is first
 * needed, and again when the one that was read no longer opens the store. It consists of printable ASCII, which is what
 * PKCS#12 tools agree on. Thread-safe if its callback is.
 */
public final class StorePassword {

    private static final int LARGEST_FILE = 4096;

    private final String source;
    private final Supplier<char[]> reader;

    private StorePassword(String source, Supplier<char[]> reader) {
        this.source = source;
        this.reader = reader;
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
                throw new SecretStoreException(source + " is not set; it has to hold the password of the store");
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
                throw new SecretStoreException("the callback for the password failed with "
                        + e.getClass().getSimpleName());
            }
            if (given == null) {
                throw new SecretStoreException("the callback for the password returned null");
            }
            char[] copy = given.clone();
            Arrays.fill(given, '\0');
            return copy;
        });
    }

    /** Reads the password anew; the caller clears it. */
    char[] read() {
        char[] password = reader.get();
        for (char c : password) {
            if (c < ' ' || c > '~') {
                throw new SecretStoreException("the password from " + source
                        + " has a character that is not printable ASCII, which PKCS#12 tools do not agree on");
            }
        }
        if (password.length == 0) {
            throw new SecretStoreException("the password from " + source + " is empty");
        }
        return password;
    }

    private static char[] read(Path file, AtomicBoolean warned) {
        byte[] bytes = new byte[0];
        try {
            if (Files.size(file) > LARGEST_FILE || !Files.isRegularFile(file)) {
                throw new SecretStoreException("the password file " + file + " is not a file of one line");
            }
            bytes = Files.readAllBytes(file);
            warnIfOpenToAll(file, warned);
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            int end = text.length();
            if (end > 0 && text.charAt(end - 1) == '\n') {
                end -= end > 1 && text.charAt(end - 2) == '\r' ? 2 : 1;
            }
            return Arrays.copyOf(text.array(), end);
        } catch (NoSuchFileException e) {
            throw new SecretStoreException("the password file " + file + " does not exist");
        } catch (AccessDeniedException e) {
            throw new SecretStoreException("the password file " + file + " cannot be read: permission denied");
        } catch (CharacterCodingException e) {
            throw new SecretStoreException("the password file " + file + " is not text");
        } catch (IOException e) {
            throw new SecretStoreException("the password file " + file + " cannot be read: "
                    + e.getClass().getSimpleName());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static void warnIfOpenToAll(Path file, AtomicBoolean warned) throws IOException {
        @Nullable
        Set<PosixFilePermission> permissions = Files.getFileStore(file).supportsFileAttributeView("posix")
                ? Files.getPosixFilePermissions(file)
                : null;
        // Group may read: Kubernetes gives a mounted file to the group of the pod.
        if (permissions != null
                && permissions.contains(PosixFilePermission.OTHERS_READ)
                && warned.compareAndSet(false, true)) {
            LoggerFactory.getLogger("dev.modelsecrets")
                    .warn("everybody on this machine can read the password file {}; run: chmod 600 {}", file, file);
        }
    }

    /** Returns where the password comes from, never the password. */
    @Override
    public String toString() {
        return source;
    }
}
