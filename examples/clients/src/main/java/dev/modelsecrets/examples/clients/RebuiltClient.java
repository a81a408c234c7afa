package dev.modelsecrets.examples.clients;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secrets;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client that takes its key when it is built: it is built anew once the key has changed, and no request is dropped.
 *
 * <p>A call holds the client that it began with. A former client is closed when the last of its calls has ended.
 * Thread-safe.
 *
 * @param <C> the client
 */
final class RebuiltClient<C> implements AutoCloseable {

    private final RefreshingSecrets secrets;
    private final Function<Secrets, C> builder;
    private final Consumer<C> closer;

    // Guarded by this.
    private @Nullable Lease<C> current;
    private int builds;
    private boolean closed;

    RebuiltClient(RefreshingSecrets secrets, Function<Secrets, C> builder, Consumer<C> closer) {
        this.secrets = secrets;
        this.builder = builder;
        this.closer = closer;
    }

    /** Calls the client that has the newest key. */
    <R> R call(Function<? super C, R> request) {
        Lease<C> lease = acquire();
        try {
            return request.apply(lease.client);
        } finally {
            release(lease);
        }
    }

    @SuppressWarnings("ReferenceEquality") // A snapshot is another object exactly where something has changed.
    private synchronized Lease<C> acquire() {
        if (closed) {
            throw new IllegalStateException("this client is closed");
        }
        Secrets newest = secrets.get();
        Lease<C> lease = current;
        if (lease == null || lease.secrets != newest) {
            Lease<C> built = new Lease<>(builder.apply(newest), newest);
            builds++;
            current = built;
            if (lease != null) {
                release(lease);
            }
            lease = built;
        }
        lease.holders++;
        return lease;
    }

    private void release(Lease<C> lease) {
        boolean last;
        synchronized (this) {
            last = --lease.holders == 0;
        }
        if (last) {
            closer.accept(lease.client);
        }
    }

    /** Returns how many clients have been built. */
    synchronized int builds() {
        return builds;
    }

    /** Closes the client after its last call. */
    @Override
    public void close() {
        Lease<C> last;
        synchronized (this) {
            closed = true;
            last = current;
            current = null;
        }
        if (last != null) {
            release(last);
        }
    }

    private static final class Lease<C> {

        final C client;
        final transient Secrets secrets;

        /** The calls, and one for being the current client. */
        int holders = 1;

        Lease(C client, Secrets secrets) {
            this.client = client;
            this.secrets = secrets;
        }
    }
}
