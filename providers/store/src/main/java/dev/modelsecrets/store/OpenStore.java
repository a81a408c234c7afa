package dev.modelsecrets.store;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The file of an encrypted store, its data key, and the newest state of it that this process has seen.
 *
 * <p>Readers share one immutable snapshot; nobody waits for a writer's disk. The key is unwrapped when the file is
 * first read, and again only if its checksum does not fit the key at hand. Thread-safe.
 */
final class OpenStore {

    /** A state of the file that was verified. */
    private record Snapshot(StoreDocument document, DataKey key, FileStamp stamp) {}

    private final StoreFile file;
    private final Clock clock;
    private final @Nullable AuditLog audit;
    private final Object guard = new Object();
    private volatile StoreKey opener;
    private volatile @Nullable Snapshot snapshot;
    private volatile boolean closed;

    OpenStore(StoreFile file, StoreKey opener, Clock clock, @Nullable AuditLog audit) {
        this.file = file;
        this.opener = opener;
        this.clock = clock;
        this.audit = audit;
    }

    StoreFile file() {
        return file;
    }

    /** Writes an empty store. */
    void create() {
        DataKey key = DataKey.random();
        // The derivation from a password takes a while: not within the lock.
        KeySlot slot = key.wrap(opener);
        file.locked(() -> {
            if (file.exists()) {
                throw new StoreExistsException("the file " + file.path() + " exists already; open it instead");
            }
            put(new StoreDocument.Content(UUID.randomUUID().toString(), 1, List.of(slot), List.of()).sign(key), key);
            return true;
        });
    }

    /** What a reader works on. */
    record View(StoreDocument document, DataKey key) {}

    /** Returns the current state, without reading the file if that is certainly what it was. */
    View view() {
        Snapshot known = snapshot;
        if (known == null || closed || !known.stamp.provesUnchanged(file.stamp())) {
            known = load();
        }
        return new View(known.document, known.key);
    }

    /** Returns what changes whenever the file does, without reading it. */
    FileStamp stamp() {
        return file.stamp();
    }

    private Snapshot load() {
        synchronized (guard) {
            if (closed) {
                throw new StoreUnavailableException("the store " + file.path() + " is closed");
            }
            Snapshot known = snapshot;
            // Before the file: a writer writes the file first, so that the log is never ahead of it.
            byte[] logged = audit == null ? new byte[0] : audit.tail();
            FileStamp stamp = file.stamp();
            byte[] bytes = file.read();
            if (known == null || !Arrays.equals(known.document.bytes(), bytes)) {
                StoreDocument document = StoreDocument.parse(bytes, path());
                DataKey key = unlock(document, known);
                if (known != null) {
                    refuseOlder(document, known.document);
                }
                known = new Snapshot(document, key, stamp);
            } else {
                known = new Snapshot(known.document, known.key, stamp);
            }
            if (audit != null) {
                refuseUnlogged(known.document, audit.last(logged, known.key));
            }
            snapshot = known;
            return known;
        }
    }

    private DataKey unlock(StoreDocument document, @Nullable Snapshot known) {
        if (known != null && document.isSignedWith(known.key)) {
            return known.key;
        }
        StoreKey key = opener;
        KeySlot slot = document.slot(key.kind());
        if (slot == null) {
            throw new WrongKeyException("the store " + path() + " has no slot for " + key + "; it opens with: "
                    + String.join(", ", kinds(document)));
        }
        DataKey dataKey = DataKey.unwrap(key, slot);
        if (!document.isSignedWith(dataKey)) {
            dataKey.clear();
            throw new DamagedStoreException(
                    "the store " + path() + " was altered: its checksum does not fit its content," + " though " + key
                            + " opens it; put back a copy of the file");
        }
        return dataKey;
    }

    /** Only a newer state of the same store may follow the one that was seen last. */
    private void refuseOlder(StoreDocument document, StoreDocument seen) {
        if (!document.id().equals(seen.id())) {
            throw new DamagedStoreException("the store " + path()
                    + " was replaced by another store; restart this process if that was intended");
        }
        if (document.generation() <= seen.generation()) {
            throw new DamagedStoreException(
                    "the store " + path() + " was rolled back: this process has seen generation "
                            + seen.generation() + ", and the file is generation " + document.generation()
                            + "; restart this process if a backup was put back on purpose");
        }
    }

    private void refuseUnlogged(StoreDocument document, AuditLog.Last logged) {
        if (document.generation() < logged.generation()) {
            throw new DamagedStoreException("the store " + path() + " was rolled back: its audit log has generation "
                    + logged.generation() + ", and the file is generation " + document.generation()
                    + "; start a new audit log if a backup was put back on purpose");
        }
    }

    /** A change that is being made while nobody else makes one. */
    final class Change {

        private final Snapshot base;
        private final AuditLog.@Nullable Last logged;

        private Change(Snapshot base, AuditLog.@Nullable Last logged) {
            this.base = base;
            this.logged = logged;
        }

        View view() {
            return new View(base.document, base.key);
        }

        /** Writes the next generation of the file. */
        void save(UnaryOperator<StoreDocument.Content> change) {
            requireLog();
            StoreDocument document = base.document;
            put(
                    change.apply(new StoreDocument.Content(
                                    document.id(), document.generation() + 1, document.slots(), document.entries()))
                            .sign(base.key),
                    base.key);
        }

        private void requireLog() {
            if (audit != null) {
                try {
                    audit.open().close();
                } catch (IOException e) {
                    throw StoreFailures.notWritten("the " + audit, e);
                }
            }
        }

        /** Says in the audit log what was done or refused. */
        void log(Supplier<List<AuditLog.Line>> lines) {
            if (audit != null && logged != null) {
                long generation = Objects.requireNonNull(snapshot).document.generation();
                List<AuditLog.Line> all = new ArrayList<>(lines.get());
                // An empty store, of generation 1, has no line.
                if (Math.max(1, logged.generation()) < base.document.generation()) {
                    AuditEvent gap = AuditEvent.of(AuditLog.UNLOGGED, "", Set.of());
                    all.add(
                            0,
                            new AuditLog.Line(
                                    gap,
                                    "",
                                    0,
                                    "changes up to generation " + base.document.generation() + " have no line here"));
                }
                try {
                    audit.append(all, logged, clock.instant(), generation, base.key);
                } catch (IOException e) {
                    throw generation > base.document.generation()
                            ? StoreFailures.notLogged("the store " + path(), "the " + audit, e)
                            : StoreFailures.notWritten("the " + audit, e);
                }
            }
        }
    }

    interface Changing<T> {
        T apply(Change change);
    }

    /** Runs work that may change the file while nobody else does. */
    <T> T change(Changing<T> work) {
        return file.locked(() -> {
            Snapshot base = load();
            AuditLog.@Nullable Last logged = audit == null ? null : audit.last(audit.tail(), base.key);
            return work.apply(new Change(base, logged));
        });
    }

    private void put(StoreDocument document, DataKey key) {
        file.replace(document.bytes());
        synchronized (guard) {
            snapshot = new Snapshot(document, key, file.stamp());
        }
    }

    /** Adds a slot for a key, in place of the one of its kind. */
    void addKey(StoreKey key, String principal) {
        View before = view();
        KeySlot slot = before.key.wrap(key);
        change(change -> {
            change.save(content -> {
                List<KeySlot> slots = new ArrayList<>(content.slots());
                slots.removeIf(other -> other.kind().equals(slot.kind()));
                slots.add(slot);
                return new StoreDocument.Content(content.id(), content.generation(), slots, content.entries());
            });
            if (opener.kind().equals(key.kind())) {
                opener = key;
            }
            change.log(() -> List.of(keyLine("add key " + key.kind(), principal)));
            return true;
        });
    }

    void removeKey(String kind, String principal) {
        change(change -> {
            List<KeySlot> slots = new ArrayList<>(change.base.document.slots());
            if (!slots.removeIf(slot -> slot.kind().equals(kind))) {
                throw new StoreKeyException("the store " + path() + " has no key of the kind " + kind);
            }
            if (slots.isEmpty()) {
                throw new StoreKeyException(
                        "the only key of the store " + path() + " cannot be removed: add another one first");
            }
            change.save(
                    content -> new StoreDocument.Content(content.id(), content.generation(), slots, content.entries()));
            change.log(() -> List.of(keyLine("remove key " + kind, principal)));
            return true;
        });
    }

    private static AuditLog.Line keyLine(String verb, String principal) {
        return new AuditLog.Line(AuditEvent.of(verb, "", Set.of()), principal, 0, AuditLog.DONE);
    }

    List<String> kinds() {
        return kinds(view().document);
    }

    private static List<String> kinds(StoreDocument document) {
        return document.slots().stream().map(KeySlot::kind).toList();
    }

    long verifyAuditLog() {
        return audit == null ? 0 : audit.verify(view().key);
    }

    /** Forgets the data key; readers that are at work may fail. */
    void close() {
        synchronized (guard) {
            closed = true;
            Snapshot known = snapshot;
            snapshot = null;
            if (known != null) {
                known.key.clear();
            }
        }
    }

    private String path() {
        return file.path().toString();
    }
}
