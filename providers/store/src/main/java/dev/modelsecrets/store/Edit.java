package dev.modelsecrets.store;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.store.SecretMetadata.Attachment;
import dev.modelsecrets.store.SecretMetadata.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
        transaction.begin(AuditEvent.of("create", secret.name(), secret.keys()));
        if (transaction.metadata(secret.name()).isPresent()) {
            throw new SecretExistsException(secret.name());
        }
        requireWhole(secret);
        SecretMetadata.Builder created = SecretMetadata.builder(secret.name())
                .type(secret.type().orElse(SecretType.OPAQUE))
                .keys(secret.keys())
                .created(now)
                .updated(now)
                .version(transaction.nextVersion(secret.name()));
        secret.applyTo(created);
        setRotation(created, secret.rotationPeriod());
        SecretMetadata metadata = created.build();
        transaction.save(metadata, secret.values());
        return metadata;
    }

    private void setRotation(SecretMetadata.Builder metadata, Optional<Duration> period) {
        period.ifPresent(given -> {
            if (given.isZero()) {
                metadata.withoutRotation();
            } else {
                metadata.rotation(given, now.plus(given));
            }
        });
    }

    SecretMetadata update(StoredSecret changes, OptionalLong expectedVersion) {
        transaction.begin(AuditEvent.of("update", changes.name(), changes.keys()));
        SecretMetadata current = require(changes.name());
        Set<String> keys = new TreeSet<>(current.keys());
        keys.addAll(changes.keys());
        return change(current, changes, keys, expectedVersion);
    }

    SecretMetadata replace(StoredSecret secret, OptionalLong expectedVersion) {
        transaction.begin(AuditEvent.of("replace", secret.name(), secret.keys()));
        SecretMetadata current = require(secret.name());
        requireWhole(secret);
        return change(current, secret, secret.keys(), expectedVersion);
    }

    SecretMetadata put(StoredSecret secret) {
        return exists(secret.name()) ? update(secret, OptionalLong.empty()) : create(secret);
    }

    /** Baseten's upsert: a secret is a name and a value, whatever its key is called. */
    SecretMetadata put(String name, String value) {
        if (!exists(name)) {
            return create(StoredSecret.builder(name)
                    .value(SecretMetadata.SINGLE_KEY, value)
                    .build());
        }
        SecretMetadata current = require(name);
        Optional<String> key = current.singleKey();
        if (key.isEmpty()) {
            transaction.begin(AuditEvent.of("update", name, Set.of()));
            throw new InvalidSecretException(
                    "secret " + name + " cannot be put as a single value",
                    List.of("it has the keys " + String.join(", ", current.keys()) + "; say which one to change"));
        }
        return update(StoredSecret.changesTo(name).value(key.get(), value).build(), OptionalLong.empty());
    }

    private boolean exists(String name) {
        return transaction.metadata(SecretDeclarations.checkName(name)).isPresent();
    }

    SecretMetadata undo(String name, OptionalLong version, OptionalLong expectedVersion) {
        transaction.begin(AuditEvent.of("undo", SecretDeclarations.checkName(name), Set.of()));
        SecretMetadata current = require(name);
        checkVersion(current, expectedVersion);
        Revision earlier = current.history().stream()
                .filter(revision -> version.isEmpty() || revision.version() == version.getAsLong())
                .findFirst()
                .orElseThrow(() -> new SecretNotFoundException("secret " + name + " has no values of "
                        + (version.isEmpty() ? "an earlier version" : "version " + version.getAsLong())));
        StoredSecret.Builder values = StoredSecret.changesTo(name).values(transaction.values(name, earlier.version()));
        // What was stored once may be stored again, also if the secret got a template since that has other keys.
        boolean fits = current.template()
                .filter(template -> !template.hasKeys(earlier.keys()))
                .isEmpty();
        return change(
                fits ? current : current.toBuilder().withoutTemplate().build(),
                values.withoutFormatCheck().build(),
                earlier.keys(),
                OptionalLong.empty());
    }

    private SecretMetadata change(
            SecretMetadata current, StoredSecret given, Set<String> keys, OptionalLong expectedVersion) {
        checkVersion(current, expectedVersion);
        SecretMount mount = given.mount().orElseGet(() -> keep(current.mount(), keys));
        List<String> problems = problemsOf(current, given, keys);
        if (!keys.containsAll(mount.subPaths().keySet())) {
            problems.add("a sub path is given for a key that the secret does not have");
        }
        if (!problems.isEmpty()) {
            throw new InvalidSecretException("secret " + current.name() + " cannot be changed so", problems);
        }

        Map<String, String> changed = new TreeMap<>(given.values());
        changed.entrySet()
                .removeIf(entry -> current.keys().contains(entry.getKey())
                        && entry.getValue().equals(transaction.value(current.name(), entry.getKey())));
        boolean restart = !changed.isEmpty()
                || !keys.equals(current.keys())
                || !mount.equals(current.mount())
                || given.stage().filter(stage -> stage != current.stage()).isPresent();
        List<Attachment> attachments = new ArrayList<>();
        for (Attachment attachment : current.attachments()) {
            attachments.add(
                    new Attachment(attachment.deployment(), attachment.since(), attachment.restartNeeded() || restart));
            if (restart) {
                touch(attachment.deployment(), current.name());
            }
        }
        SecretMetadata.Builder next = current.toBuilder();
        given.applyTo(next);
        next.mount(mount)
                .keys(keys)
                .updated(now)
                .version(transaction.nextVersion(current.name()))
                .attachments(attachments);
        setRotation(
                next, given.rotationPeriod().or(() -> changed.isEmpty() ? Optional.empty() : current.rotationPeriod()));
        SecretMetadata metadata = next.build();
        transaction.save(metadata, changed);
        return metadata;
    }

    private static List<String> problemsOf(SecretMetadata current, StoredSecret given, Set<String> keys) {
        List<String> problems = new ArrayList<>();
        if (given.type().isPresent() && given.type().get() != current.type()) {
            problems.add("its type is " + current.type() + " and cannot be changed to "
                    + given.type().get());
            return problems;
        }
        Optional<SecretTemplate> template = given.template().or(current::template);
        if (template.isPresent()) {
            problems.addAll(template.get().problemsOfKeys(keys));
            problems.addAll(template.get().problems(given.values(), false, given.checksFormats()));
        } else {
            problems.addAll(StoredSecret.problemsOfKeys(current.type(), keys, true));
        }
        return problems;
    }

    private static SecretMount keep(SecretMount mount, Set<String> keys) {
        if (mount.directory().isEmpty() || keys.containsAll(mount.subPaths().keySet())) {
            return mount;
        }
        Map<String, String> subPaths = new TreeMap<>(mount.subPaths());
        subPaths.keySet().retainAll(keys);
        return SecretMount.files(mount.directory().get(), subPaths);
    }

    void delete(String name, OptionalLong expectedVersion, boolean force) {
        delete(name, Optional.empty(), expectedVersion, force);
    }

    void delete(String name, Optional<SecretType> expectedType, OptionalLong expectedVersion, boolean force) {
        transaction.begin(AuditEvent.of("delete", SecretDeclarations.checkName(name), Set.of()));
        SecretMetadata current = require(name);
        if (expectedType.isPresent() && expectedType.get() != current.type()) {
            throw new InvalidSecretException(
                    "secret " + name + " is not deleted",
                    List.of("its type is " + current.type() + ", not " + expectedType.get()));
        }
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
        begin("attach", deployment, secrets);
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

    /** Gives a deployment exactly the given secrets. */
    List<SecretMetadata> attachOnly(String deployment, Collection<String> secrets) {
        List<String> others = attached(deployment).stream()
                .map(SecretMetadata::name)
                .filter(name -> !secrets.contains(name))
                .toList();
        if (!others.isEmpty()) {
            detach(deployment, others);
        }
        return attach(deployment, secrets);
    }

    void detach(String deployment, Collection<String> secrets) {
        begin("detach", deployment, secrets);
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

    private void begin(String verb, String deployment, Collection<String> secrets) {
        for (String name : new LinkedHashSet<>(secrets)) {
            transaction.begin(new AuditEvent(verb, deployment, SecretDeclarations.checkName(name), Set.of()));
        }
    }

    void restarted(String deployment) {
        begin(
                "restarted",
                deployment,
                attached(deployment).stream().map(SecretMetadata::name).toList());
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
        return transaction.attached(deployment);
    }

    private void touch(String deployment, String secret) {
        touched.computeIfAbsent(deployment, any -> new TreeSet<>()).add(secret);
    }

    /** Has the deployments of a secret looked at, as if it had been attached to each. */
    void touch(SecretMetadata secret) {
        secret.attachments().forEach(attachment -> touch(attachment.deployment(), secret.name()));
    }

    /** Returns the deployments that do not work any more after this edit, and the secrets that were touched there. */
    Map<String, Set<String>> touched() {
        return touched;
    }

    /** Looks at all secrets of a deployment together; returns what is wrong. */
    List<String> problemsOf(String deployment) {
        // What is needed while the image is built and what is needed afterwards never meet.
        return new MountPlan(transaction, store.baseDirectory(), attached(deployment))
                .problems(SecretStage.BUILD, SecretStage.RUNTIME);
    }

    /** Refuses declarations of a model that the secrets of its deployment do not cover. */
    void requireCovered(String deployment, SecretDeclarations declarations) {
        Set<String> covered = new TreeSet<>();
        for (SecretMetadata secret : attached(deployment)) {
            if (secret.isForModel()) {
                covered.addAll(secret.keys());
                if (secret.singleKey().isPresent()) {
                    covered.add(secret.name());
                }
            }
        }
        List<String> problems = new ArrayList<>();
        for (String name : declarations.names()) {
            if (!covered.contains(name) && declarations.defaultValue(name).isEmpty()) {
                problems.add("the model needs " + name + ", which none of the attached secrets has"
                        + NearMiss.of(name, covered));
            }
        }
        if (!problems.isEmpty()) {
            throw new AttachmentRefusedException(
                    "the secrets of deployment " + deployment + " do not cover what its model declares", problems);
        }
    }

    void checkDeployments() {
        for (String deployment : touched.keySet()) {
            List<String> problems = problemsOf(deployment);
            if (!problems.isEmpty()) {
                throw AttachmentRefusedException.ofDeployment(deployment, problems);
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
        secret.template().ifPresent(template -> problems.addAll(template.problemsOfKeys(secret.keys())));
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

    private static void checkVersion(SecretMetadata current, OptionalLong expected) {
        if (expected.isPresent() && expected.getAsLong() != current.version()) {
            throw new VersionConflictException(current.name(), expected.getAsLong(), current.version());
        }
    }
}
