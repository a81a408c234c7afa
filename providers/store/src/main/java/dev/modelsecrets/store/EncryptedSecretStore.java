package dev.modelsecrets.store;

import dev.modelsecrets.store.internal.Entries;
import dev.modelsecrets.store.internal.StoreFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets in one encrypted file: a PKCS#12 keystore, as {@code java.security.KeyStore} writes it.
 *
 * <p>The file is readable by its owner only and always replaced as a whole, so that a crash at any moment leaves the
 * state before or after a change. Processes take turns writing, by a lock on {@code <file>.lock}; reading needs no
 * lock. {@code keytool -list} shows an entry {@code <secret>/<key>} for each key, with {@code ^} before each capital
 * letter because PKCS#12 tools ignore case; its bytes are the value in UTF-8. Names of secrets and keys can thus be
 * read without the password. Thread-safe.
 */
public final class EncryptedSecretStore extends SecretStore {

    private static final String INDEX = "model-secrets.index";
    private static final int SHORTEST_PASSWORD = 12;

    private final StoreFile file;
    private final Object guard = new Object();
    private StorePassword source;
    private char @Nullable [] password;
    private @Nullable Loaded loaded;

    private EncryptedSecretStore(Builder builder) {
        super(builder.namespace, builder.baseDirectory, builder.clock);
        this.file = new StoreFile(builder.file, builder.lockTimeout);
        this.source = builder.password;
    }

    /**
     * Creates an empty store.
     *
     * @param file the file to create, in a directory that exists
     * @param password where the password comes from; at least 12 characters, better 32 random ones
     * @return the store
     * @throws SecretStoreException if the file exists already, cannot be written, or the password is too short
     */
    public static EncryptedSecretStore create(Path file, StorePassword password) {
        return builder(file, password).create();
    }

    /**
     * Opens a store that exists; file and password are looked at when the store is first used.
     *
     * @param file the file
     * @param password where the password comes from
     * @return the store
     */
    public static EncryptedSecretStore open(Path file, StorePassword password) {
        return builder(file, password).open();
    }

    /**
     * Starts a store with options.
     *
     * @param file the file
     * @param password where the password comes from
     * @return a builder; not thread-safe
     */
    public static Builder builder(Path file, StorePassword password) {
        return new Builder(file, password);
    }

    /**
     * Encrypts everything anew with another password; the old one opens the store no more.
     *
     * @param newPassword where the new password comes from, now and from now on; at least 12 characters
     * @throws SecretStoreException if the new password is too short; the old one then still counts
     * @throws DamagedStoreException if the file has an entry of a foreign tool under a password of its own
     */
    public void changePassword(StorePassword newPassword) {
        char[] fresh = readNew(newPassword);
        file.locked(() -> {
            synchronized (guard) {
                Loaded old = load();
                loaded = null;
                Entries entries = old.entries.withPassword(fresh);
                byte[] bytes = entries.toBytes();
                file.replace(bytes);
                source = newPassword;
                password = fresh;
                loaded = new Loaded(bytes, entries, old.index);
                return true;
            }
        });
    }

    /**
     * Returns the file.
     *
     * @return {@code store} and the absolute path
     */
    @Override
    public String location() {
        return "store " + file.path();
    }

    @Override
    protected <T> T read(Function<? super Transaction, ? extends T> work) {
        synchronized (guard) {
            return work.apply(new Draft(load()));
        }
    }

    @Override
    protected <T> T write(Function<? super Transaction, ? extends T> work) {
        return file.locked(() -> {
            synchronized (guard) {
                Draft draft = new Draft(load());
                T result = work.apply(draft);
                if (draft.isChanged()) {
                    // If this fails, what is in memory is neither the old nor the new state.
                    loaded = null;
                    loaded = draft.store(file);
                }
                return result;
            }
        });
    }

    /** Reads the file, and decrypts it unless its bytes are those that were read or written last. */
    private Loaded load() {
        byte[] bytes = file.read();
        Loaded known = loaded;
        if (known != null && Arrays.equals(known.bytes, bytes)) {
            return known;
        }
        loaded = null;
        String path = file.path().toString();
        Entries entries = open(bytes, path);
        String index = entries.get(INDEX);
        if (index == null) {
            throw new DamagedStoreException(
                    "the file " + path + " is a PKCS#12 file but no store of secrets: it has no entry " + INDEX
                            + "; it was left as it is");
        }
        known = new Loaded(bytes, entries, Index.of(index, path));
        loaded = known;
        return known;
    }

    private Entries open(byte[] bytes, String path) {
        char @Nullable [] kept = password;
        if (kept != null) {
            try {
                return Entries.open(bytes, kept, source.toString(), path);
            } catch (WrongPasswordException e) {
                // Changed by another process: the source may know the new one.
                Arrays.fill(kept, '\0');
                password = null;
            }
        }
        char[] fresh = source.read();
        Entries entries = Entries.open(bytes, fresh, source.toString(), path);
        password = fresh;
        return entries;
    }

    private static char[] readNew(StorePassword source) {
        char[] password = source.read();
        if (password.length < SHORTEST_PASSWORD) {
            throw new SecretStoreException("the password from " + source + " is too short: use at least "
                    + SHORTEST_PASSWORD + " characters, better 32 random ones");
        }
        return password;
    }

    /** Writes an empty store, unless there is a file already. */
    private EncryptedSecretStore initialize() {
        char[] fresh = readNew(source);
        return file.locked(() -> {
            if (file.exists()) {
                throw new SecretStoreException("the file " + file.path() + " exists already; open it instead");
            }
            synchronized (guard) {
                Entries entries = Entries.create(fresh, file.path().toString());
                Index index = Index.empty(file.path().toString());
                entries.put(INDEX, index.toText());
                byte[] bytes = entries.toBytes();
                file.replace(bytes);
                password = fresh;
                loaded = new Loaded(bytes, entries, index);
            }
            return this;
        });
    }

    /** Names an entry. Aliases have no case in PKCS#12; names of secrets and keys have, but neither '^' nor '/'. */
    private static String alias(String secret, String key) {
        StringBuilder alias = new StringBuilder();
        for (char c : (secret + "/" + key).toCharArray()) {
            if (c >= 'A' && c <= 'Z') {
                alias.append('^').append((char) (c - 'A' + 'a'));
            } else {
                alias.append(c);
            }
        }
        return alias.toString();
    }

    /** A file as it was read or written; never changed, its entries aside while a write is on. */
    private static final class Loaded {

        final byte[] bytes;
        final Entries entries;
        final Index index;

        Loaded(byte[] bytes, Entries entries, Index index) {
            this.bytes = bytes;
            this.entries = entries;
            this.index = index;
        }
    }

    /** Collects changes, and applies them to the entries only when all of them are known. */
    private final class Draft extends Transaction {

        private final Loaded base;
        private final Index index;

        /** Values to put, or null to remove, by alias. */
        private final Map<String, @Nullable String> changes = new LinkedHashMap<>();

        Draft(Loaded base) {
            this.base = base;
            this.index = base.index.copy();
        }

        @Override
        protected SortedSet<String> names() {
            return index.names();
        }

        @Override
        protected Optional<SecretMetadata> metadata(String name) {
            return index.get(name);
        }

        @Override
        protected String value(String name, String key) {
            String alias = alias(name, key);
            String value = changes.containsKey(alias) ? changes.get(alias) : base.entries.get(alias);
            if (value == null) {
                throw new DamagedStoreException(location() + " was altered by another tool: its entry " + alias
                        + " is missing; put the secret " + name + " again");
            }
            return value;
        }

        @Override
        protected long nextVersion(String name) {
            return index.version(name) + 1;
        }

        @Override
        protected void save(SecretMetadata secret, Map<String, String> values) {
            for (String key : keys(secret.name())) {
                if (!secret.keys().contains(key)) {
                    changes.put(alias(secret.name(), key), null);
                }
            }
            index.put(secret);
            values.forEach((key, value) -> changes.put(alias(secret.name(), key), value));
        }

        @Override
        protected void remove(String name) {
            for (String key : keys(name)) {
                changes.put(alias(name, key), null);
            }
            index.remove(name);
        }

        private Set<String> keys(String name) {
            return index.get(name).map(SecretMetadata::keys).orElse(Set.of());
        }

        boolean isChanged() {
            return index.isChanged();
        }

        Loaded store(StoreFile file) {
            changes.forEach((alias, value) -> {
                if (value == null) {
                    base.entries.remove(alias);
                } else {
                    base.entries.put(alias, value);
                }
            });
            base.entries.put(INDEX, index.toText());
            byte[] bytes = base.entries.toBytes();
            file.replace(bytes);
            return new Loaded(bytes, base.entries, index.copy());
        }
    }

    /** Collects the options of a store; not thread-safe. */
    public static final class Builder {

        private final Path file;
        private final StorePassword password;
        private String namespace = "default";
        private String baseDirectory = "/secrets";
        private Clock clock = Clock.systemUTC();
        private Duration lockTimeout = Duration.ofSeconds(60);

        private Builder(Path file, StorePassword password) {
            this.file = Objects.requireNonNull(file, "file");
            this.password = Objects.requireNonNull(password, "password");
        }

        /**
         * Sets the name under which results of {@link SecretOperations} report the store; {@code default} by default.
         *
         * @param namespace the name
         * @return this builder
         */
        public Builder namespace(String namespace) {
            this.namespace = Objects.requireNonNull(namespace, "namespace");
            return this;
        }

        /**
         * Sets the directory that files of mounted secrets must stay under; {@code /secrets} by default. BentoCloud
         * calls it {@code $BENTOML_HOME}.
         *
         * @param baseDirectory an absolute path, in the container and with {@code /} between its parts
         * @return this builder
         */
        public Builder baseDirectory(String baseDirectory) {
            this.baseDirectory = MountPlan.normalizeBase(baseDirectory);
            return this;
        }

        /**
         * Sets what tells the time of changes; the clock of the system by default.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets how long a writer waits for other processes; 60 s by default.
         *
         * @param lockTimeout the time, not negative
         * @return this builder
         */
        public Builder lockTimeout(Duration lockTimeout) {
            this.lockTimeout = Objects.requireNonNull(lockTimeout, "lockTimeout");
            return this;
        }

        /**
         * Creates an empty store.
         *
         * @return the store
         * @throws SecretStoreException if the file exists already, cannot be written, or the password is too short
         */
        public EncryptedSecretStore create() {
            return new EncryptedSecretStore(this).initialize();
        }

        /**
         * Opens a store that exists; file and password are looked at when the store is first used.
         *
         * @return the store
         */
        public EncryptedSecretStore open() {
            return new EncryptedSecretStore(this);
        }
    }
}
