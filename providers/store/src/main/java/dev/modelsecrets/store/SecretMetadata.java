package dev.modelsecrets.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that can be told about a stored secret without its values.
 *
 * <p>Immutable, thread-safe, and a value: two are equal if all their parts are.
 */
public final class SecretMetadata {

    /** The key that a secret has if it was stored as a single value. */
    static final String SINGLE_KEY = "value";

    private final String name;
    private final SecretType type;
    private final String description;
    private final SecretMount mount;
    private final SecretStage stage;
    private final SortedMap<String, String> labels;
    private final @Nullable SecretTemplate template;
    private final @Nullable Instant expires;
    private final @Nullable Duration rotationPeriod;
    private final @Nullable Instant rotationDue;
    private final Set<String> keys;
    private final Instant created;
    private final Instant updated;
    private final long version;
    private final List<Attachment> attachments;
    private final List<Revision> history;

    private SecretMetadata(Builder builder) {
        this.name = builder.name;
        this.type = builder.type;
        this.description = builder.description;
        this.mount = builder.mount;
        this.stage = builder.stage;
        this.labels = builder.labels.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(builder.labels));
        this.template = builder.template;
        this.expires = builder.expires;
        this.rotationPeriod = builder.rotationPeriod;
        this.rotationDue = builder.rotationDue;
        this.keys = Collections.unmodifiableSortedSet(new TreeSet<>(builder.keys));
        this.created = builder.created;
        this.updated = builder.updated;
        this.version = builder.version;
        this.attachments = List.copyOf(builder.attachments);
        this.history = List.copyOf(builder.history);
    }

    /**
     * Starts the metadata of a secret; what a {@link SecretStore} of another kind makes from what it has stored.
     *
     * @param name the secret's name
     * @return a builder; not thread-safe
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Returns a builder with all that this has. */
    Builder toBuilder() {
        Builder builder = new Builder(name)
                .type(type)
                .description(description)
                .mount(mount)
                .stage(stage)
                .labels(labels)
                .keys(keys)
                .created(created)
                .updated(updated)
                .version(version)
                .attachments(attachments)
                .history(history);
        builder.template = template;
        builder.expires = expires;
        builder.rotationPeriod = rotationPeriod;
        builder.rotationDue = rotationDue;
        return builder;
    }

    /**
     * Returns the secret's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns what kind of secret it is.
     *
     * @return the type
     */
    public SecretType type() {
        return type;
    }

    /**
     * Returns what the secret is for.
     *
     * @return words for people; may be empty
     */
    public String description() {
        return description;
    }

    /**
     * Returns how the secret's keys reach a deployment.
     *
     * @return environment variables or files
     */
    public SecretMount mount() {
        return mount;
    }

    /**
     * Returns when deployments need the secret.
     *
     * @return the stage, {@link SecretStage#ALL} unless told otherwise
     */
    public SecretStage stage() {
        return stage;
    }

    /**
     * Returns the labels.
     *
     * @return names and texts, sorted; immutable
     */
    public SortedMap<String, String> labels() {
        return labels;
    }

    /**
     * Returns the template that the secret was made from, which its updates are held to.
     *
     * @return the template, or empty if it was made without one
     */
    public Optional<SecretTemplate> template() {
        return Optional.ofNullable(template);
    }

    /**
     * Returns when the credential stops working, as far as the one who stored it knew.
     *
     * @return the time, or empty if it does not expire
     */
    public Optional<Instant> expires() {
        return Optional.ofNullable(expires);
    }

    /**
     * Returns how often the values are to be changed.
     *
     * @return the time from one change of a value to the next, or empty if that does not matter
     */
    public Optional<Duration> rotationPeriod() {
        return Optional.ofNullable(rotationPeriod);
    }

    /**
     * Returns when the values are to be changed next.
     *
     * @return the last change of a value and the rotation period later, or empty if there is no period
     */
    public Optional<Instant> rotationDue() {
        return Optional.ofNullable(rotationDue);
    }

    /**
     * Tells whether somebody should look after the secret by a given time.
     *
     * @param time a time, for example a week from now
     * @return true if it expires or its rotation is due then
     */
    public boolean isDue(Instant time) {
        return (expires != null && !expires.isAfter(time)) || (rotationDue != null && !rotationDue.isAfter(time));
    }

    /**
     * Returns the names of the secret's keys.
     *
     * @return the names, sorted; immutable
     */
    public Set<String> keys() {
        return keys;
    }

    /**
     * Returns when the secret was created.
     *
     * @return the time, in milliseconds
     */
    public Instant created() {
        return created;
    }

    /**
     * Returns when the secret was last changed; attaching it somewhere does not change it.
     *
     * @return the time, in milliseconds
     */
    public Instant updated() {
        return updated;
    }

    /**
     * Returns the version: 1 at first, one more with each change.
     *
     * @return the version; a name that was deleted and created anew goes on counting
     */
    public long version() {
        return version;
    }

    /**
     * Returns the deployments that use the secret.
     *
     * @return the attachments, in the order in which they were made
     */
    public List<Attachment> attachments() {
        return attachments;
    }

    /**
     * Returns the earlier states whose values the store still has, for {@link SecretStore#undo}.
     *
     * @return the states, latest first; empty in a store that keeps none
     */
    public List<Revision> history() {
        return history;
    }

    /**
     * Tells whether a deployment still runs with what the secret was before its last change.
     *
     * @return true if any attachment needs a restart
     */
    public boolean restartNeeded() {
        return attachments.stream().anyMatch(Attachment::restartNeeded);
    }

    /**
     * Tells whether the model of a deployment is handed the keys: not those that its image is built or pulled with, of
     * which any registry has four of a common name.
     */
    boolean isForModel() {
        return type == SecretType.OPAQUE && stage != SecretStage.BUILD;
    }

    boolean isAttachedTo(String deployment) {
        return attachments.stream()
                .anyMatch(attachment -> attachment.deployment().equals(deployment));
    }

    /** Returns the key that stands for the secret as a whole: {@code value}, or the only one. */
    Optional<String> singleKey() {
        if (type == SecretType.OPAQUE && keys.contains(SINGLE_KEY)) {
            return Optional.of(SINGLE_KEY);
        }
        return keys.size() == 1 ? Optional.of(keys.iterator().next()) : Optional.empty();
    }

    SecretMetadata withAttachments(List<Attachment> attachments) {
        return toBuilder().attachments(attachments).build();
    }

    private List<@Nullable Object> parts() {
        List<@Nullable Object> parts = new ArrayList<>(List.of(
                name, type, description, mount, stage, labels, keys, created, updated, version, attachments, history));
        Collections.addAll(parts, template, expires, rotationPeriod, rotationDue);
        return parts;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof SecretMetadata other && parts().equals(other.parts());
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, version, updated);
    }

    /** Returns name, type, keys and version. */
    @Override
    public String toString() {
        return "SecretMetadata[" + name + ", " + type + ", keys " + keys + ", version " + version + "]";
    }

    /**
     * A deployment that uses a secret.
     *
     * @param deployment the deployment's name
     * @param since when it was attached
     * @param restartNeeded true if the secret changed after the deployment was attached or last restarted
     */
    public record Attachment(String deployment, Instant since, boolean restartNeeded) {

        /** Checks the parts. */
        public Attachment {
            Objects.requireNonNull(deployment, "deployment");
            Objects.requireNonNull(since, "since");
        }
    }

    /**
     * An earlier state of a secret.
     *
     * @param version the version that it had
     * @param updated when it was made
     * @param keys the names of the keys that it had, sorted
     */
    public record Revision(long version, Instant updated, Set<String> keys) {

        /** Copies and checks the parts. */
        public Revision {
            Objects.requireNonNull(updated, "updated");
            keys = Collections.unmodifiableSortedSet(new TreeSet<>(keys));
        }
    }

    /** Collects the parts of a secret's metadata; not thread-safe. */
    public static final class Builder {

        private final String name;
        private SecretType type = SecretType.OPAQUE;
        private String description = "";
        private SecretMount mount = SecretMount.environment();
        private SecretStage stage = SecretStage.ALL;
        private Map<String, String> labels = Map.of();
        private @Nullable SecretTemplate template;
        private @Nullable Instant expires;
        private @Nullable Duration rotationPeriod;
        private @Nullable Instant rotationDue;
        private Collection<String> keys = List.of();
        private Instant created = Instant.EPOCH;
        private Instant updated = Instant.EPOCH;
        private long version = 1;
        private List<Attachment> attachments = List.of();
        private List<Revision> history = List.of();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /**
         * Sets the type; opaque by default.
         *
         * @param type the type
         * @return this builder
         */
        public Builder type(SecretType type) {
            this.type = Objects.requireNonNull(type, "type");
            return this;
        }

        /**
         * Sets the description; empty by default.
         *
         * @param description words for people
         * @return this builder
         */
        public Builder description(String description) {
            this.description = Objects.requireNonNull(description, "description");
            return this;
        }

        /**
         * Sets the mount; environment variables by default.
         *
         * @param mount the mount
         * @return this builder
         */
        public Builder mount(SecretMount mount) {
            this.mount = Objects.requireNonNull(mount, "mount");
            return this;
        }

        /**
         * Sets the stage; all by default.
         *
         * @param stage the stage
         * @return this builder
         */
        public Builder stage(SecretStage stage) {
            this.stage = Objects.requireNonNull(stage, "stage");
            return this;
        }

        /**
         * Sets the labels; none by default.
         *
         * @param labels names and texts
         * @return this builder
         */
        public Builder labels(Map<String, String> labels) {
            this.labels = Objects.requireNonNull(labels, "labels");
            return this;
        }

        /**
         * Sets the template that the secret was made from.
         *
         * @param template the template
         * @return this builder
         */
        public Builder template(SecretTemplate template) {
            this.template = Objects.requireNonNull(template, "template");
            return this;
        }

        Builder withoutTemplate() {
            this.template = null;
            return this;
        }

        /**
         * Sets when the credential expires; never by default.
         *
         * @param expires the time
         * @return this builder
         */
        public Builder expires(Instant expires) {
            this.expires = Objects.requireNonNull(expires, "expires");
            return this;
        }

        /**
         * Sets when the values are to be changed, and how often.
         *
         * @param period the time from one change to the next
         * @param due when the next change is due
         * @return this builder
         */
        public Builder rotation(Duration period, Instant due) {
            this.rotationPeriod = Objects.requireNonNull(period, "period");
            this.rotationDue = Objects.requireNonNull(due, "due");
            return this;
        }

        Builder neverExpires() {
            this.expires = null;
            return this;
        }

        Builder withoutRotation() {
            this.rotationPeriod = null;
            this.rotationDue = null;
            return this;
        }

        /**
         * Sets the names of the keys.
         *
         * @param keys the names
         * @return this builder
         */
        public Builder keys(Collection<String> keys) {
            this.keys = Objects.requireNonNull(keys, "keys");
            return this;
        }

        /**
         * Sets when the secret was created.
         *
         * @param created the time
         * @return this builder
         */
        public Builder created(Instant created) {
            this.created = Objects.requireNonNull(created, "created");
            return this;
        }

        /**
         * Sets when the secret was last changed.
         *
         * @param updated the time
         * @return this builder
         */
        public Builder updated(Instant updated) {
            this.updated = Objects.requireNonNull(updated, "updated");
            return this;
        }

        /**
         * Sets the version; 1 by default.
         *
         * @param version the version
         * @return this builder
         */
        public Builder version(long version) {
            this.version = version;
            return this;
        }

        /**
         * Sets the deployments that use the secret; none by default.
         *
         * @param attachments the attachments
         * @return this builder
         */
        public Builder attachments(List<Attachment> attachments) {
            this.attachments = Objects.requireNonNull(attachments, "attachments");
            return this;
        }

        /**
         * Sets the earlier states whose values the store has; none by default.
         *
         * @param history the states, latest first
         * @return this builder
         */
        public Builder history(List<Revision> history) {
            this.history = Objects.requireNonNull(history, "history");
            return this;
        }

        /**
         * Builds the metadata.
         *
         * @return immutable metadata
         */
        public SecretMetadata build() {
            return new SecretMetadata(this);
        }
    }
}
