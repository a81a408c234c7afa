package dev.modelsecrets.store;

import dev.modelsecrets.SecretsException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets in one encrypted file that nobody can alter unnoticed.
 *
 * <pre>{@code
 * StoreKeyFile key = StoreKeyFile.create(Path.of("/etc/models/store.key"));
 * EncryptedSecretStore store = EncryptedSecretStore.create(Path.of("/var/lib/models/secrets.json"), key);
 * store.put("hf_access_token", token);
 * SecretsResolver resolver = SecretsResolver.of(StoreSecretProvider.of(store));
 * }</pre>
 *
 * <p>Each value is encrypted with AES-256-GCM and bound to its place, and an HMAC covers the whole file, so that a
 * value that was altered, removed, swapped or put back is a {@link DamagedStoreException}. A whole file of an earlier
 * date is noticed by a process that has seen a later one, and by the audit log. The README of this module documents the
 * format.
 *
 * <p>The file is always replaced as a whole, so that a crash at any moment leaves the state before or after a change,
 * and keeps its owner, group and mode. Processes take turns writing, by a lock on {@code <file>.lock}; reading needs no
 * lock. Thread-safe.
 */
public final class EncryptedSecretStore extends SecretStore implements AutoCloseable {

    private final OpenStore open;
    private final Builder options;
    private final String principal;

    private EncryptedSecretStore(OpenStore open, Builder options, String principal) {
        super(options.namespace, options.baseDirectory, options.clock);
        this.open = open;
        this.options = options;
        this.principal = principal;
    }

    /**
     * Creates an empty store.
     *
     * @param file the file to create, in a directory that exists
     * @param key what opens it; a password has at least 12 characters, better 32 random ones
     * @return the store
     * @throws StoreExistsException if the file exists already
     * @throws StoreUnavailableException if the file cannot be written
     * @throws StoreKeyException if the key cannot be used
     */
    public static EncryptedSecretStore create(Path file, StoreKey key) {
        return builder(file, key).create();
    }

    /**
     * Opens a store that exists; file and key are looked at when the store is first used.
     *
     * @param file the file
     * @param key what opens it
     * @return the store
     */
    public static EncryptedSecretStore open(Path file, StoreKey key) {
        return builder(file, key).open();
    }

    /**
     * Starts a store with options.
     *
     * @param file the file
     * @param key what opens it
     * @return a builder; not thread-safe
     */
    public static Builder builder(Path file, StoreKey key) {
        return new Builder(file, key);
    }

    /**
     * Changes the password: 32 bytes are wrapped anew, whatever the size of the store.
     *
     * <p>Processes that have the store open go on. Whoever knows the old password and has a copy of the file as it was
     * can still decrypt it, and what is stored later: after a leak, copy the secrets into a new store with {@link
     * #importFrom}.
     *
     * @param newPassword the new password; at least 12 characters
     * @throws StoreKeyException if the new password is blank or too short; the old one then still counts
     */
    public void changePassword(StorePassword newPassword) {
        open.addKey(newPassword, principal);
    }

    /**
     * Lets another key open the store too, in place of one of the same kind.
     *
     * @param key the key, of a kind of its own: a store has one password, one key file and so on
     * @throws StoreKeyException if the key cannot be used; nothing is changed then
     */
    public void addKey(StoreKey key) {
        open.addKey(key, principal);
    }

    /**
     * Removes a key; processes that have the store open go on.
     *
     * @param kind the kind of the key, for example {@code password}
     * @throws StoreKeyException if there is no such key, or no other one
     */
    public void removeKey(String kind) {
        open.removeKey(kind, principal);
    }

    /**
     * Returns what kinds of keys open the store.
     *
     * @return for example {@code password} and {@code key-file}
     */
    public List<String> keyKinds() {
        return open.kinds();
    }

    /**
     * Copies all secrets of a store of the first design, a PKCS#12 file; that file stays as it is.
     *
     * @param file the PKCS#12 file
     * @param password its password
     * @return what this store now knows of the copied secrets
     * @throws SecretExistsException if this store has a secret of one of those names
     * @throws AttachmentRefusedException if the secrets of a deployment would not fit together
     * @throws WrongKeyException if the password does not open the file
     * @throws DamagedStoreException if it is no such store, was altered, or has no checksum
     */
    public List<SecretMetadata> importPkcs12(Path file, StorePassword password) {
        return importAll(Pkcs12Store.read(file, password));
    }

    /**
     * Copies all secrets of another store, with their attachments, without their history.
     *
     * @param other the other store
     * @return what this store now knows of the copied secrets
     * @throws SecretExistsException if this store has a secret of one of those names
     * @throws AttachmentRefusedException if the secrets of a deployment would not fit together
     */
    public List<SecretMetadata> importFrom(SecretStore other) {
        return importAll(other.readValues(StoredCopy::of));
    }

    private List<SecretMetadata> importAll(List<StoredCopy> copies) {
        return changing(draft -> {
            Edit edit = new Edit(draft, this, now());
            for (StoredCopy copy : copies) {
                copy.addTo(draft);
                edit.touch(edit.require(copy.name()));
            }
            edit.checkDeployments();
            return copies.stream()
                    .map(copy -> draft.metadata(copy.name()).orElseThrow())
                    .toList();
        });
    }

    /**
     * Returns this store for another principal, whose name the audit log has beside each change.
     *
     * @param principal the name of a user or a service; never a credential
     * @return a view of the same store
     */
    public EncryptedSecretStore as(String principal) {
        return new EncryptedSecretStore(open, options, Objects.requireNonNull(principal, "principal"));
    }

    /**
     * Records in the audit log, with the verb {@code read}, that values are shown to the principal; nothing without a
     * log.
     *
     * <p>Providers that resolve secrets for a model record nothing; this is for a tool that shows values to a person.
     *
     * @param secret the secret
     * @param keys the keys whose values are shown
     * @throws SecretNotFoundException if there is no secret of that name
     */
    public void recordRead(String secret, Set<String> keys) {
        AuditEvent event = AuditEvent.of("read", secret, Set.copyOf(keys));
        open.change(change -> {
            Draft draft = new Draft(location(), change.view(), options.history);
            long version = draft.metadata(secret)
                    .orElseThrow(() -> notFound(List.of(secret)))
                    .version();
            change.log(() -> List.of(new AuditLog.Line(event, principal, version, AuditLog.DONE)));
            return true;
        });
    }

    /**
     * Verifies the audit log from its first line to its last.
     *
     * @return how many lines it has; 0 if the store keeps none
     * @throws DamagedAuditLogException if a line was altered, removed or added
     */
    public long verifyAuditLog() {
        return open.verifyAuditLog();
    }

    /**
     * Returns the file.
     *
     * @return {@code store} and the absolute path
     */
    @Override
    public String location() {
        return "store " + open.file().path();
    }

    @Override
    protected <T> T read(Function<? super Transaction, ? extends T> work) {
        return work.apply(new Draft(location(), open.view(), 0));
    }

    @Override
    protected <T> T write(Function<? super Transaction, ? extends T> work) {
        return changing(work::apply);
    }

    private <T> T changing(Function<Draft, T> work) {
        return open.change(change -> {
            Draft draft = new Draft(location(), change.view(), options.history);
            T result;
            try {
                result = work.apply(draft);
            } catch (SecretsException e) {
                change.log(
                        () -> draft.lines(principal, "refused: " + e.getClass().getSimpleName()));
                throw e;
            }
            if (draft.isChanged()) {
                change.save(draft::apply);
                change.log(() -> draft.lines(principal, AuditLog.DONE));
            }
            return result;
        });
    }

    @Override
    Optional<Object> version() {
        FileStamp stamp = open.stamp();
        return stamp.settled() ? Optional.of(stamp) : Optional.empty();
    }

    /** Forgets the key; the store is not to be used any more, nor are its views for other principals. */
    @Override
    public void close() {
        open.close();
    }

    /** Collects the options of a store; not thread-safe. */
    public static final class Builder {

        /** Some 292 years. */
        private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

        private final Path file;
        private final StoreKey key;
        private String namespace = "default";
        private String baseDirectory = "/secrets";
        private Clock clock = Clock.systemUTC();
        private Duration lockTimeout = Duration.ofSeconds(60);
        private int history = 5;
        private @Nullable Path auditLog;
        private String principal = System.getProperty("user.name", "unknown");

        private Builder(Path file, StoreKey key) {
            this.file = Objects.requireNonNull(file, "file");
            this.key = Objects.requireNonNull(key, "key");
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
         * Sets how long a writer waits for other writers; 60 s by default.
         *
         * @param lockTimeout the time; more than can be counted in nanoseconds is for ever
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder lockTimeout(Duration lockTimeout) {
            if (lockTimeout.isNegative()) {
                throw new IllegalArgumentException("the lock timeout must not be negative");
            }
            this.lockTimeout = lockTimeout.compareTo(FOR_EVER) < 0 ? lockTimeout : FOR_EVER;
            return this;
        }

        /**
         * Sets how many earlier states of a secret are kept for {@link SecretStore#undo}; 5 by default.
         *
         * @param states the number, 0 for none
         * @return this builder
         */
        public Builder history(int states) {
            if (states < 0) {
                throw new IllegalArgumentException("a negative number of states: " + states);
            }
            this.history = states;
            return this;
        }

        /**
         * Keeps an audit log; none is kept by default. Every process that changes the store has to name the same file.
         *
         * @param file the file of JSON lines, which is created if it is missing
         * @return this builder
         */
        public Builder auditLog(Path file) {
            this.auditLog = Objects.requireNonNull(file, "file");
            return this;
        }

        /**
         * Sets the name that the audit log has beside each change; the user of this process by default.
         *
         * @param principal the name of a user or a service; never a credential
         * @return this builder
         */
        public Builder principal(String principal) {
            this.principal = Objects.requireNonNull(principal, "principal");
            return this;
        }

        /**
         * Creates an empty store.
         *
         * @return the store
         * @throws StoreExistsException if the file exists already
         * @throws StoreUnavailableException if the file cannot be written
         * @throws StoreKeyException if the key cannot be used
         */
        public EncryptedSecretStore create() {
            EncryptedSecretStore store = open();
            store.open.create();
            return store;
        }

        /**
         * Opens a store that exists; file and key are looked at when the store is first used.
         *
         * @return the store
         */
        public EncryptedSecretStore open() {
            OpenStore open = new OpenStore(
                    new StoreFile(file, lockTimeout),
                    key,
                    clock,
                    auditLog == null ? null : new AuditLog(auditLog, file));
            return new EncryptedSecretStore(open, this, principal);
        }
    }
}
