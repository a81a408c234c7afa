package dev.modelsecrets.store;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.store.SecretMetadata.Attachment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the operations of a store mean, within one transaction; each checks everything before it saves anything. */
final class Edit {

    private final SecretStore.Transaction transaction;
    private final SecretStore store;
    private final Instant now;

    /** Deployments whose secrets changed, with the names of those secrets. */
    private final Map<String, Set<String>> touched = new TreeMap<>();

    Edit(SecretStore.Transaction transaction, SecretStore store, Instant now) {
        this.transaction = transaction;
        this.store = store;
        this.now = now;
    }

    SecretMetadata create(StoredSecret secret) {
        if (transaction.metadata(secret.name()).isPresent()) {
            throw new SecretExistsException(secret.name());
        }
        requireWhole(secret);
        SecretMetadata created = new SecretMetadata(
                secret.name(),
                secret.type().orElse(SecretType.OPAQUE),
                secret.description().orElse(""),
                secret.mount().orElse(SecretMount.environment()),
                secret.keys(),
                now,
                now,
                transaction.nextVersion(secret.name()),
                List.of());
        transaction.save(created, secret.values());
        return created;
    }

    SecretMetadata update(StoredSecret changes, long expectedVersion) {
        SecretMetadata current = require(changes.name());
        Set<String> keys = new TreeSet<>(current.keys());
        keys.addAll(changes.keys());
        return change(current, changes, keys, expectedVersion);
    }

    SecretMetadata replace(StoredSecret secret, long expectedVersion) {
        SecretMetadata current = require(secret.name());
        requireWhole(secret);
        return change(current, secret, secret.keys(), expectedVersion);
    }

    SecretMetadata put(StoredSecret secret) {
        return transaction.metadata(secret.name()).isPresent() ? update(secret, -1) : create(secret);
    }

    private SecretMetadata change(SecretMetadata current, StoredSecret given, Set<String> keys, long expectedVersion) {
        checkVersion(current, expectedVersion);
        SecretMount mount = given.mount().orElseGet(() -> keep(current.mount(), keys));
        List<String> problems = new ArrayList<>();
        if (given.type().isPresent() && given.type().get() != current.type()) {
            problems.add("its type is " + current.type() + " and cannot be changed to "
                    + given.type().get());
        } else {
            problems.addAll(StoredSecret.problemsOfKeys(current.type(), keys, true));
        }
        if (!keys.containsAll(mount.subPaths().keySet())) {
            problems.add("a sub path is given for a key that the secret does not have");
        }
        if (!problems.isEmpty()) {
            throw new InvalidSecretException("secret " + current.name() + " cannot be changed so", problems);
        }

        boolean restart = !current.attachments().isEmpty() && affectsDeployments(current, given, keys, mount);
        List<Attachment> attachments = new ArrayList<>();
        for (Attachment attachment : current.attachments()) {
            attachments.add(
                    new Attachment(attachment.deployment(), attachment.since(), attachment.restartNeeded() || restart));
            if (restart) {
                touch(attachment.deployment(), current.name());
            }
        }
        SecretMetadata changed = new SecretMetadata(
                current.name(),
                current.type(),
                given.description().orElse(current.description()),
                mount,
                keys,
                current.created(),
                now,
                transaction.nextVersion(current.name()),
                attachments);
        transaction.save(changed, given.values());
        return changed;
    }

    private static SecretMount keep(SecretMount mount, Set<String> keys) {
        if (mount.directory().isEmpty() || keys.containsAll(mount.subPaths().keySet())) {
            return mount;
        }
        Map<String, String> subPaths = new TreeMap<>(mount.subPaths());
        subPaths.keySet().retainAll(keys);
        return SecretMount.files(mount.directory().get(), subPaths);
    }

    private boolean affectsDeployments(
            SecretMetadata current, StoredSecret given, Set<String> keys, SecretMount mount) {
        return !keys.equals(current.keys())
                || !mount.equals(current.mount())
                || given.values().entrySet().stream()
                        .anyMatch(entry -> !entry.getValue().equals(transaction.value(current.name(), entry.getKey())));
    }

    void delete(String name, long expectedVersion, boolean force) {
        SecretMetadata current = require(name);
        checkVersion(current, expectedVersion);
        if (!force && !current.attachments().isEmpty()) {
            throw new SecretInUseException(
                    name,
                    current.attachments().stream().map(Attachment::deployment).toList());
        }
        transaction.remove(name);
    }

    List<SecretMetadata> attach(String deployment, Collection<String> secrets) {
        SecretDeclarations.checkName(deployment);
        List<String> missing = new ArrayList<>();
        for (String name : new LinkedHashSet<>(secrets)) {
            Optional<SecretMetadata> found = transaction.metadata(SecretDeclarations.checkName(name));
            if (found.isEmpty()) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw store.notFound(missing);
        }
        for (String name : new LinkedHashSet<>(secrets)) {
            SecretMetadata secret = require(name);
            if (!secret.isAttachedTo(deployment)) {
                List<Attachment> attachments = new ArrayList<>(secret.attachments());
                attachments.add(new Attachment(deployment, now, false));
                transaction.save(secret.withAttachments(attachments), Map.of());
                touch(deployment, name);
            }
        }
        return attached(deployment);
    }

    void detach(String deployment, Collection<String> secrets) {
        for (String name : new LinkedHashSet<>(secrets)) {
            SecretMetadata secret = require(name);
            if (!secret.isAttachedTo(deployment)) {
                throw new SecretNotFoundException("deployment " + deployment + " does not use the secret " + name);
            }
            transaction.save(
                    secret.withAttachments(secret.attachments().stream()
                            .filter(attachment -> !attachment.deployment().equals(deployment))
                            .toList()),
                    Map.of());
        }
    }

    void restarted(String deployment) {
        for (SecretMetadata secret : attached(deployment)) {
            transaction.save(
                    secret.withAttachments(secret.attachments().stream()
                            .map(attachment -> attachment.deployment().equals(deployment)
                                    ? new Attachment(deployment, attachment.since(), false)
                                    : attachment)
                            .toList()),
                    Map.of());
        }
    }

    List<SecretMetadata> attached(String deployment) {
        return transaction.names().stream()
                .map(this::require)
                .filter(secret -> secret.isAttachedTo(deployment))
                .toList();
    }

    private void touch(String deployment, String secret) {
        touched.computeIfAbsent(deployment, any -> new TreeSet<>()).add(secret);
    }

    /** Returns the deployments that do not work any more after this edit, and the secrets that were touched there. */
    Map<String, Set<String>> touched() {
        return touched;
    }

    /** Looks at all secrets of a deployment together; returns what is wrong. */
    List<String> problemsOf(String deployment) {
        return new MountPlan(transaction, store.baseDirectory(), attached(deployment)).problems();
    }

    void checkDeployments() {
        for (String deployment : touched.keySet()) {
            List<String> problems = problemsOf(deployment);
            if (!problems.isEmpty()) {
                throw new AttachmentRefusedException(
                        "the secrets of deployment " + deployment + " do not fit together", problems);
            }
        }
    }

    SecretMetadata require(String name) {
        return transaction
                .metadata(SecretDeclarations.checkName(name))
                .orElseThrow(() -> store.notFound(List.of(name)));
    }

    private static void requireWhole(StoredSecret secret) {
        List<String> problems =
                StoredSecret.problemsOfKeys(secret.type().orElse(SecretType.OPAQUE), secret.keys(), true);
        if (problems.isEmpty()
                && !secret.keys()
                        .containsAll(secret.mount()
                                .orElse(SecretMount.environment())
                                .subPaths()
                                .keySet())) {
            problems.add("a sub path is given for a key that the secret does not have");
        }
        if (!problems.isEmpty()) {
            throw new InvalidSecretException("secret " + secret.name() + " is not a whole secret", problems);
        }
    }

    private static void checkVersion(SecretMetadata current, long expected) {
        if (expected != -1 && expected != current.version()) {
            throw new VersionConflictException(current.name(), expected, current.version());
        }
    }
}
