package dev.modelsecrets.store;

import dev.modelsecrets.SecretDeclarations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Manages secrets: what may be done with them, whatever kind of store they are in.
 *
 * <p>No public method returns a value: values leave a store only through {@link StoreSecretProvider}. Every method is
 * one transaction: it is carried out as a whole, or throws and changes nothing. Thread-safe.
 *
 * <p>Another kind of store extends this class, in any module, and supplies transactions; what create, update and attach
 * mean is the same everywhere. It hands values out only through {@code Transaction}, a protected type that none but the
 * store itself and this package can get hold of.
 */
public abstract class SecretStore {

    private final String namespace;
    private final String baseDirectory;
    private final Clock clock;

    /**
     * Sets what all stores have.
     *
     * @param namespace the name under which results of {@link SecretOperations} report this store
     * @param baseDirectory the absolute path that files of mounted secrets must stay under
     * @param clock tells the time of changes
     */
    protected SecretStore(String namespace, String baseDirectory, Clock clock) {
        this.namespace = Objects.requireNonNull(namespace, "namespace");
        this.baseDirectory = MountPlan.normalizeBase(baseDirectory);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Creates a secret.
     *
     * @param secret the whole secret
     * @return what the store now knows of it
     * @throws SecretExistsException if there is a secret of that name
     * @throws InvalidSecretException if it is not a whole secret
     */
    public final SecretMetadata create(StoredSecret secret) {
        return change(edit -> edit.create(secret));
    }

    /**
     * Creates several secrets together.
     *
     * @param secrets whole secrets, each with another name
     * @return what the store now knows of each, in the same order
     * @throws SecretExistsException if there is a secret of one of the names; none is created then
     * @throws InvalidSecretException if one is not a whole secret; none is created then
     */
    public final List<SecretMetadata> createAll(Collection<StoredSecret> secrets) {
        return edit(
                edit -> secrets.stream().map(edit::create).toList(),
                (edit, drafts) ->
                        drafts.stream().map(draft -> edit.require(draft.name())).toList());
    }

    /**
     * Sets the given keys of a secret and keeps its others; description and mount change if they are given.
     *
     * @param changes what to change
     * @return what the store now knows of the secret
     * @throws SecretNotFoundException if there is no secret of that name
     * @throws InvalidSecretException if the secret may not have those keys, or the type is another one
     * @throws AttachmentRefusedException if a deployment that uses the secret could not use it any more
     */
    public final SecretMetadata update(StoredSecret changes) {
        return change(edit -> edit.update(changes, OptionalLong.empty()));
    }

    /**
     * Sets the given keys of a secret and keeps its others, unless somebody has changed the secret meanwhile.
     *
     * @param changes what to change
     * @param expectedVersion the version that the change is based on
     * @return what the store now knows of the secret
     * @throws VersionConflictException if that is not the current version
     */
    public final SecretMetadata update(StoredSecret changes, long expectedVersion) {
        return change(edit -> edit.update(changes, OptionalLong.of(expectedVersion)));
    }

    /**
     * Gives a secret exactly the given keys; description and mount change if they are given.
     *
     * @param secret the whole secret
     * @return what the store now knows of it
     * @throws SecretNotFoundException if there is no secret of that name
     * @throws InvalidSecretException if it is not a whole secret, or the type is another one
     * @throws AttachmentRefusedException if a deployment that uses the secret could not use it any more
     */
    public final SecretMetadata replace(StoredSecret secret) {
        return change(edit -> edit.replace(secret, OptionalLong.empty()));
    }

    /**
     * Gives a secret exactly the given keys, unless somebody has changed the secret meanwhile.
     *
     * @param secret the whole secret
     * @param expectedVersion the version that the change is based on
     * @return what the store now knows of the secret
     * @throws VersionConflictException if that is not the current version
     */
    public final SecretMetadata replace(StoredSecret secret, long expectedVersion) {
        return change(edit -> edit.replace(secret, OptionalLong.of(expectedVersion)));
    }

    /**
     * Creates a secret, or updates the one of that name: the "upsert" of Baseten.
     *
     * @param secret the secret; a whole one if it is new
     * @return what the store now knows of it
     * @throws InvalidSecretException if it is not valid
     * @throws AttachmentRefusedException if a deployment that uses the secret could not use it any more
     */
    public final SecretMetadata put(StoredSecret secret) {
        return change(edit -> edit.put(secret));
    }

    /**
     * Creates a secret that is one value, or changes that value: what Baseten calls a secret.
     *
     * <p>A new secret has the key {@code value}; of one that exists, that key or its only one is changed. {@link
     * StoreSecretProvider#of} finds such a secret under its own name.
     *
     * @param name the secret's name
     * @param value the value, handed over verbatim
     * @return what the store now knows of the secret
     * @throws InvalidSecretException if the value is blank, or the secret has several keys and none is called {@code
     *     value}
     */
    public final SecretMetadata put(String name, String value) {
        return change(edit -> edit.put(name, value));
    }

    /**
     * Undoes the last change of a secret's values: they become what they were, as a new version.
     *
     * <p>To undo twice is to have the changed values again. Description, mount and labels stay as they are.
     *
     * @param name the secret's name
     * @return what the store now knows of the secret
     * @throws SecretNotFoundException if there is no secret of that name, or no earlier values of it
     * @throws AttachmentRefusedException if a deployment that uses the secret could not use it any more
     */
    public final SecretMetadata undo(String name) {
        return change(edit -> edit.undo(name, OptionalLong.empty(), OptionalLong.empty()));
    }

    /**
     * Gives a secret the values of an earlier version, as a new version.
     *
     * @param name the secret's name
     * @param version one of the versions of {@link SecretMetadata#history}
     * @return what the store now knows of the secret
     * @throws SecretNotFoundException if there is no secret of that name, or no values of that version
     * @throws AttachmentRefusedException if a deployment that uses the secret could not use it any more
     */
    public final SecretMetadata undo(String name, long version) {
        return change(edit -> edit.undo(name, OptionalLong.of(version), OptionalLong.empty()));
    }

    /**
     * Gives a secret the values of an earlier version if its version is still {@code expectedVersion}.
     *
     * @param name the secret's name
     * @param version one of the versions of {@link SecretMetadata#history}
     * @param expectedVersion the version that is to be undone
     * @return what the store now knows of the secret
     * @throws VersionConflictException if the secret has another version by now
     * @throws SecretNotFoundException if there is no secret of that name, or no values of that version
     * @throws AttachmentRefusedException if a deployment that uses the secret could not use it any more
     */
    public final SecretMetadata undo(String name, long version, long expectedVersion) {
        return change(edit -> edit.undo(name, OptionalLong.of(version), OptionalLong.of(expectedVersion)));
    }

    /**
     * Deletes a secret that no deployment uses.
     *
     * @param name the secret's name
     * @throws SecretNotFoundException if there is no secret of that name
     * @throws SecretInUseException if it is attached; the exception lists the deployments
     */
    public final void delete(String name) {
        editQuietly(edit -> edit.delete(name, OptionalLong.empty(), false));
    }

    /**
     * Deletes a secret that no deployment uses, unless somebody has changed it meanwhile.
     *
     * @param name the secret's name
     * @param expectedVersion the version that is to be deleted
     * @throws VersionConflictException if that is not the current version
     */
    public final void delete(String name, long expectedVersion) {
        editQuietly(edit -> edit.delete(name, OptionalLong.of(expectedVersion), false));
    }

    /**
     * Deletes a secret even if deployments use it, which then fail at their next start.
     *
     * @param name the secret's name
     * @throws SecretNotFoundException if there is no secret of that name
     */
    public final void forceDelete(String name) {
        editQuietly(edit -> edit.delete(name, OptionalLong.empty(), true));
    }

    /**
     * Deletes a secret even if deployments use it, unless somebody has changed it meanwhile.
     *
     * @param name the secret's name
     * @param expectedVersion the version that is to be deleted
     * @throws VersionConflictException if that is not the current version
     */
    public final void forceDelete(String name, long expectedVersion) {
        editQuietly(edit -> edit.delete(name, OptionalLong.of(expectedVersion), true));
    }

    /**
     * Tells everything about a secret but its values.
     *
     * @param name the secret's name
     * @return what the store knows of it
     * @throws SecretNotFoundException if there is no secret of that name
     */
    public final SecretMetadata describe(String name) {
        return find(name).orElseThrow(() -> notFound(List.of(name)));
    }

    /**
     * Tells everything about a secret but its values, if there is one.
     *
     * @param name the secret's name
     * @return what the store knows of it, or empty
     */
    public final Optional<SecretMetadata> find(String name) {
        SecretDeclarations.checkName(name);
        return read(transaction -> transaction.metadata(name));
    }

    /**
     * Tells everything about all secrets but their values.
     *
     * @return what the store knows, sorted by name; immutable
     */
    public final List<SecretMetadata> list() {
        return read(transaction -> transaction.names().stream()
                .map(name -> transaction.metadata(name).orElseThrow())
                .toList());
    }

    /**
     * Searches the secrets.
     *
     * @param text what to look for in names, keys, descriptions and labels; case does not matter
     * @return what the store knows of those that have it, sorted by name; immutable
     */
    public final List<SecretMetadata> list(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return list().stream()
                .filter(secret -> Stream.of(
                                Stream.of(secret.name(), secret.description()),
                                secret.keys().stream(),
                                secret.labels().keySet().stream(),
                                secret.labels().values().stream())
                        .flatMap(texts -> texts)
                        .anyMatch(
                                candidate -> candidate.toLowerCase(Locale.ROOT).contains(wanted)))
                .toList();
    }

    /**
     * Returns the secrets that somebody should look after.
     *
     * @param within how far to look ahead
     * @return what the store knows of those that expire, or whose rotation is due, until then; sorted by name
     */
    public final List<SecretMetadata> due(Duration within) {
        Instant now = clock.instant();
        Instant time = within.compareTo(Duration.between(now, Instant.MAX)) < 0 ? now.plus(within) : Instant.MAX;
        return list().stream().filter(secret -> secret.isDue(time)).toList();
    }

    /**
     * Attaches secrets to a deployment, beside those that it uses already.
     *
     * <p>All of them together are looked at first. Refused are: the same key with different values in two secrets, two
     * secrets for one registry, two files at one path, a file where another one needs a directory, and paths that leave
     * the base directory.
     *
     * @param deployment the deployment's name; the rules for names of secrets apply
     * @param secrets names of secrets; one that is attached already stays so
     * @return what the deployment uses now, sorted by name
     * @throws SecretNotFoundException if any of them does not exist; the message lists them all
     * @throws AttachmentRefusedException if they do not fit together; the exception lists every reason
     */
    public final List<SecretMetadata> attach(String deployment, Collection<String> secrets) {
        return edit(edit -> edit.attach(deployment, secrets), (edit, drafts) -> edit.attached(deployment));
    }

    /**
     * Attaches secrets to a deployment, and makes sure that they cover what its model declares.
     *
     * @param deployment the deployment's name
     * @param secrets names of secrets
     * @param declarations what the model declares; a name that has a fallback need not be covered
     * @return what the deployment uses now, sorted by name
     * @throws SecretNotFoundException if any of the secrets does not exist
     * @throws AttachmentRefusedException if they do not fit together, or a required name is neither one of their keys
     *     nor the name of one that is a single value
     */
    public final List<SecretMetadata> attach(
            String deployment, Collection<String> secrets, SecretDeclarations declarations) {
        return edit(
                edit -> {
                    List<SecretMetadata> attached = edit.attach(deployment, secrets);
                    edit.requireCovered(deployment, declarations);
                    return attached;
                },
                (edit, drafts) -> edit.attached(deployment));
    }

    /**
     * Gives a deployment exactly the given secrets, in one transaction: what it uses beside them is detached.
     *
     * <p>This is how a project switches to another secret, as {@code leap secrets set} does in Tensorleap.
     *
     * @param deployment the deployment's name
     * @param secrets names of secrets
     * @return what the deployment uses now, sorted by name
     * @throws SecretNotFoundException if any of them does not exist
     * @throws AttachmentRefusedException if they do not fit together; the deployment then uses what it used before
     */
    public final List<SecretMetadata> attachOnly(String deployment, Collection<String> secrets) {
        return edit(edit -> edit.attachOnly(deployment, secrets), (edit, drafts) -> edit.attached(deployment));
    }

    /**
     * Detaches secrets from a deployment.
     *
     * @param deployment the deployment's name
     * @param secrets names of secrets that it uses
     * @throws SecretNotFoundException if it does not use one of them
     */
    public final void detach(String deployment, Collection<String> secrets) {
        editQuietly(edit -> edit.detach(deployment, secrets));
    }

    /**
     * Detaches everything from a deployment, for example because it is gone.
     *
     * @param deployment the deployment's name
     */
    public final void detachAll(String deployment) {
        editQuietly(edit -> edit.detach(
                deployment,
                edit.attached(deployment).stream().map(SecretMetadata::name).toList()));
    }

    /**
     * Returns what a deployment uses.
     *
     * @param deployment the deployment's name
     * @return what the store knows of its secrets, sorted by name
     */
    public final List<SecretMetadata> attached(String deployment) {
        return list().stream().filter(secret -> secret.isAttachedTo(deployment)).toList();
    }

    /**
     * Tells where everything goes that is attached to a deployment: its variables, its files, its registries.
     *
     * @param deployment the deployment's name
     * @param stage {@link SecretStage#BUILD} or {@link SecretStage#RUNTIME}; with {@link SecretStage#ALL} both together
     * @return the placements, without values; see {@link StoreSecretProvider#ofPlacements}
     * @throws AttachmentRefusedException if the secrets do not fit together; {@link #attach} refuses that, but for what
     *     one stage has beside the other
     */
    public final List<Placement> placements(String deployment, SecretStage stage) {
        return read(transaction -> {
            List<SecretMetadata> attached = transaction.attached(deployment);
            List<String> problems = new MountPlan(transaction, baseDirectory, attached).problems(stage);
            if (!problems.isEmpty()) {
                throw AttachmentRefusedException.ofDeployment(deployment, problems);
            }
            return new MountPlan(transaction, baseDirectory, attached).placements(stage);
        });
    }

    /**
     * Notes that a deployment was restarted and has what its secrets are now.
     *
     * @param deployment the deployment's name
     */
    public final void restarted(String deployment) {
        editQuietly(edit -> edit.restarted(deployment));
    }

    /**
     * Returns the name under which results of {@link SecretOperations} report this store.
     *
     * @return the namespace, {@code default} unless the store was given another one
     */
    public final String namespace() {
        return namespace;
    }

    /**
     * Returns where the secrets are, for messages.
     *
     * @return for example {@code store /var/lib/models/secrets.json}
     */
    public abstract String location();

    /**
     * Runs work on the secrets as they are at one moment.
     *
     * @param work reads; must not write, nor keep the transaction
     * @param <T> what it finds out
     * @return what it returns
     * @throws SecretStoreException if the store cannot be read
     */
    protected abstract <T> T read(Function<? super Transaction, ? extends T> work);

    /**
     * Runs work that reads and writes while nobody else writes, then stores all that it wrote.
     *
     * @param work reads and writes; must not keep the transaction. If it throws, nothing is stored. It may be run again
     *     on the state of then if another writer came first
     * @param <T> what it returns
     * @return what it returns
     * @throws SecretStoreException if the store cannot be read or written; nothing is stored then
     */
    protected abstract <T> T write(Function<? super Transaction, ? extends T> work);

    /** Returns what changes whenever the secrets do, if the store can tell that without reading them. */
    Optional<Object> version() {
        return Optional.empty();
    }

    /** Runs work of the provider, the one way out for values. */
    final <T> T readValues(Function<? super Transaction, ? extends T> work) {
        return read(work);
    }

    final <T> T edit(Function<Edit, T> work) {
        return edit(work, (edit, result) -> result);
    }

    private SecretMetadata change(Function<Edit, SecretMetadata> work) {
        return edit(work, (edit, draft) -> edit.require(draft.name()));
    }

    /** Does some work, then looks at what became of it, as only then all versions are known. */
    private <D, T> T edit(Function<Edit, D> work, BiFunction<Edit, D, T> outcome) {
        return write(transaction -> {
            Edit edit = new Edit(transaction, this, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            D draft = work.apply(edit);
            edit.checkDeployments();
            transaction.commit();
            return outcome.apply(edit, draft);
        });
    }

    private void editQuietly(Consumer<Edit> work) {
        edit(edit -> {
            work.accept(edit);
            return true;
        });
    }

    final Instant now() {
        return clock.instant();
    }

    /**
     * Returns the directory that files of mounted secrets stay under; BentoCloud calls it {@code $BENTOML_HOME}.
     *
     * @return an absolute path in the container, with {@code /} between its parts
     */
    public final String baseDirectory() {
        return baseDirectory;
    }

    final SecretNotFoundException notFound(List<String> names) {
        return new SecretNotFoundException("the store has no secret " + String.join(", ", names));
    }

    /** Returns where the secrets are. */
    @Override
    public String toString() {
        return location();
    }

    /**
     * The secrets of a store during one {@link #read} or {@link #write}; a store implements it, nobody else sees it.
     *
     * <p>Used by one thread. What was saved or removed shows at once in what the same transaction reads.
     */
    protected abstract static class Transaction {

        /** Creates a transaction. */
        protected Transaction() {}

        /**
         * Returns the names of all secrets.
         *
         * @return the names, sorted
         */
        protected abstract SortedSet<String> names();

        /**
         * Returns what is known of a secret.
         *
         * @param name the secret's name
         * @return all but its values, or empty if there is no such secret
         */
        protected abstract Optional<SecretMetadata> metadata(String name);

        /**
         * Returns a value.
         *
         * @param name the name of a secret that exists
         * @param key one of its keys
         * @return the value
         */
        protected abstract String value(String name, String key);

        /**
         * Returns the values of an earlier state of a secret.
         *
         * @param name the name of a secret that exists
         * @param version one of the versions of its {@link SecretMetadata#history}
         * @return key names and values; empty by default, in a store that keeps no earlier values
         */
        protected Map<String, String> values(String name, long version) {
            return Map.of();
        }

        /** Is told what somebody is about to do, before it is checked; for the audit log. */
        void begin(AuditEvent event) {}

        final List<SecretMetadata> attached(String deployment) {
            return names().stream()
                    .flatMap(name -> metadata(name).stream())
                    .filter(secret -> secret.isAttachedTo(deployment))
                    .toList();
        }

        /**
         * Returns the version that the next change of a secret, or its creation, leads to.
         *
         * @param name the secret's name
         * @return a version that this name never had
         */
        protected abstract long nextVersion(String name);

        /**
         * Creates or changes a secret.
         *
         * @param secret all of its metadata; keys that it does not list any more are removed
         * @param values the values of those keys that are new or changed
         */
        protected abstract void save(SecretMetadata secret, Map<String, String> values);

        /**
         * Removes a secret.
         *
         * @param name the name of a secret that exists
         */
        protected abstract void remove(String name);

        /**
         * Is called once in a {@link #write}, after its last change and before what it did is told.
         *
         * <p>By default it does nothing. A store whose backend gives out the versions writes here already, so that
         * {@link #metadata} tells them; such a store may return any number from {@link #nextVersion}. If it throws,
         * nothing is stored.
         */
        protected void commit() {}
    }
}
