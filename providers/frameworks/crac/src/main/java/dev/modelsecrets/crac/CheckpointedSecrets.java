package dev.modelsecrets.crac;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshing secrets that are in no checkpoint: their values are dropped before it, and resolved anew after the
 * restore.
 *
 * <p>A checkpoint (CRaC) is an image of the whole heap. Before it the resolver and the refreshing secrets are closed
 * and let go, with all that they remember: the snapshot, former values, caches, what redactors know. From then on
 * {@link #get()} throws; after the restore a new resolver is made. Thread-safe. Keep this object: the context of CRaC
 * refers to it weakly.
 *
 * <pre>{@code
 * CheckpointedSecrets secrets = CheckpointedSecrets.register(
 *         StandardProviders::resolver, SecretDeclarations.of("hf_access_token"), Duration.ofSeconds(30));
 * secrets.whileResolved(SecretRedaction::install);
 * client.call(secrets.get().require("hf_access_token"));
 * }</pre>
 */
public final class CheckpointedSecrets implements Supplier<Secrets>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.modelsecrets");

    private final Supplier<SecretsResolver> resolvers;
    private final SecretDeclarations declarations;
    private final Duration interval;
    private final Hook hook = new Hook();

    /** Null from the checkpoint to the restore, after a restore that found no values, and after the close. */
    private volatile @Nullable Generation generation;

    // Guarded by this.
    private final List<Function<? super RefreshingSecrets, ? extends AutoCloseable>> attachments = new ArrayList<>();
    private boolean suspended;
    private boolean closed;

    private CheckpointedSecrets(
            Supplier<SecretsResolver> resolvers, SecretDeclarations declarations, Duration interval) {
        this.resolvers = Objects.requireNonNull(resolvers, "resolvers");
        this.declarations = Objects.requireNonNull(declarations, "declarations");
        this.interval = Objects.requireNonNull(interval, "interval");
        generation = open();
    }

    /**
     * Resolves now, and registers with the global context of CRaC; on a JVM without CRaC nothing calls that.
     *
     * @param resolvers makes a resolver with new providers each time: one that is kept would keep what it caches
     * @param declarations the names a model needs
     * @param interval how long to wait between looks; see {@link SecretsResolver#refreshing}
     * @return the secrets; keep them
     * @throws dev.modelsecrets.SecretsException for all that {@code resolve} throws: the first look must succeed
     */
    public static CheckpointedSecrets register(
            Supplier<SecretsResolver> resolvers, SecretDeclarations declarations, Duration interval) {
        return register(resolvers, declarations, interval, Core.getGlobalContext());
    }

    /**
     * Resolves now, and registers with a context of the application's own.
     *
     * @param resolvers makes a resolver with new providers each time: one that is kept would keep what it caches
     * @param declarations the names a model needs
     * @param interval how long to wait between looks; see {@link SecretsResolver#refreshing}
     * @param context tells of checkpoints
     * @return the secrets; keep them
     * @throws dev.modelsecrets.SecretsException for all that {@code resolve} throws: the first look must succeed
     */
    public static CheckpointedSecrets register(
            Supplier<SecretsResolver> resolvers,
            SecretDeclarations declarations,
            Duration interval,
            Context<Resource> context) {
        CheckpointedSecrets secrets = new CheckpointedSecrets(resolvers, declarations, interval);
        try {
            context.register(secrets.hook);
        } catch (Throwable failure) {
            secrets.close();
            throw failure;
        }
        return secrets;
    }

    /**
     * Returns the newest snapshot; after a restore that found no values, it resolves again first.
     *
     * <p>The snapshot is the caller's: one that is kept over a checkpoint is in its image.
     *
     * @return the secrets
     * @throws SuspendedSecretsException between a checkpoint and the restore
     * @throws dev.modelsecrets.SecretsException for all that {@code resolve} throws, after a restore that found no
     *     values
     * @throws IllegalStateException if this is closed
     */
    @Override
    public Secrets get() {
        Generation now = generation;
        return (now == null ? reopened() : now).secrets.get();
    }

    /**
     * Does something with the refreshing secrets now and after each restore, and undoes it before each checkpoint: a
     * redaction, a listener, a pool of connections.
     *
     * <p>Later ones are undone first. What throws in a hook of CRaC harms nobody: a WARN names the class.
     *
     * @param attachment gets the refreshing secrets, and returns what to close; it must keep no value elsewhere
     * @throws SuspendedSecretsException between a checkpoint and the restore
     * @throws IllegalStateException if this is closed
     */
    public void whileResolved(Function<? super RefreshingSecrets, ? extends AutoCloseable> attachment) {
        Objects.requireNonNull(attachment, "attachment");
        synchronized (this) {
            Generation now = reopened();
            now.attached.add(attachment.apply(now.secrets));
            attachments.add(attachment);
        }
    }

    private synchronized Generation reopened() {
        Generation now = generation;
        if (now == null) {
            if (closed) {
                throw new IllegalStateException("these secrets are closed");
            }
            if (suspended) {
                throw new SuspendedSecretsException(declarations.names());
            }
            now = open();
            generation = now;
            for (Function<? super RefreshingSecrets, ? extends AutoCloseable> attachment : attachments) {
                attach(now, attachment);
            }
        }
        return now;
    }

    private Generation open() {
        SecretsResolver resolver = resolvers.get();
        try {
            return new Generation(resolver, resolver.refreshing(declarations, interval));
        } catch (Throwable failure) {
            resolver.close();
            throw failure;
        }
    }

    private static void attach(
            Generation generation, Function<? super RefreshingSecrets, ? extends AutoCloseable> attachment) {
        try {
            generation.attached.add(attachment.apply(generation.secrets));
        } catch (Throwable failure) {
            contain(failure);
            LOG.warn(
                    "After the restore, an attachment of the secrets threw {}",
                    failure.getClass().getName());
        }
    }

    /** Whatever else an attachment throws must not keep values in an image, nor a process from its restore. */
    private static void contain(Throwable failure) {
        if (failure instanceof VirtualMachineError error) {
            throw error;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void drop() {
        Generation dropped = generation;
        generation = null;
        if (dropped != null) {
            dropped.close();
        }
    }

    private synchronized void suspend() {
        suspended = true;
        drop();
    }

    private synchronized void resume() {
        suspended = false;
        if (!closed) {
            reopened();
        }
    }

    /** Drops the values for good. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        attachments.clear();
        drop();
    }

    /** Returns the names, never a value. */
    @Override
    public String toString() {
        return "CheckpointedSecrets" + declarations.names();
    }

    /** What CRaC calls. */
    private final class Hook implements Resource {

        @Override
        public void beforeCheckpoint(Context<? extends Resource> context) {
            suspend();
        }

        @Override
        public void afterRestore(Context<? extends Resource> context) {
            resume();
        }

        @Override
        public String toString() {
            return CheckpointedSecrets.this.toString();
        }
    }

    /** All that holds values from one checkpoint to the next. */
    private static final class Generation {

        private final SecretsResolver resolver;
        private final transient RefreshingSecrets secrets;
        private final List<AutoCloseable> attached = new ArrayList<>();

        Generation(SecretsResolver resolver, RefreshingSecrets secrets) {
            this.resolver = resolver;
            this.secrets = secrets;
        }

        void close() {
            try {
                closeAttached();
            } finally {
                secrets.close();
                resolver.close();
            }
        }

        private void closeAttached() {
            for (int i = attached.size() - 1; i >= 0; i--) {
                try {
                    attached.get(i).close();
                } catch (Throwable failure) {
                    contain(failure);
                    LOG.warn(
                            "Closing an attachment of the secrets threw {}",
                            failure.getClass().getName());
                }
            }
        }
    }
}
