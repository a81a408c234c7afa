package dev.modelsecrets.store;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that can be told about a stored secret without its values; immutable.
 *
 * @param name the secret's name
 * @param type what kind of secret it is
 * @param description what it is for; may be empty
 * @param mount how its keys reach a deployment
 * @param keys the names of its keys, sorted
 * @param created when it was created
 * @param updated when its keys, description or mount last changed
 * @param version 1 at first, one more with each change; a name that was deleted and created anew goes on counting
 * @param attachments the deployments that use it
 */
public record SecretMetadata(
        String name,
        SecretType type,
        String description,
        SecretMount mount,
        Set<String> keys,
        Instant created,
        Instant updated,
        long version,
        List<Attachment> attachments) {

    /** Copies and checks the parts. */
    public SecretMetadata {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(mount, "mount");
        keys = Collections.unmodifiableSortedSet(new TreeSet<>(keys));
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(updated, "updated");
        attachments = List.copyOf(attachments);
    }

    /**
     * Tells whether a deployment still runs with what the secret was before its last change.
     *
     * @return true if any attachment needs a restart
     */
    public boolean restartNeeded() {
        return attachments.stream().anyMatch(Attachment::restartNeeded);
    }

    boolean isAttachedTo(String deployment) {
        return attachments.stream()
                .anyMatch(attachment -> attachment.deployment().equals(deployment));
    }

    SecretMetadata withAttachments(List<Attachment> attachments) {
        return new SecretMetadata(name, type, description, mount, keys, created, updated, version, attachments);
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
}
