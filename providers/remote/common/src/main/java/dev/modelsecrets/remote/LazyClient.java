package dev.modelsecrets.remote;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that is either given, and never closed here, or made when it is first needed, and closed by who made it.
 *
 * <p>Thread-safe.
 *
 * @param <C> the client's type
 */
public final class LazyClient<C> {

    private final @Nullable Supplier<C> maker;
    private final Consumer<C> closer;
    private @Nullable C client;
    private boolean closed;

    private LazyClient(@Nullable C client, @Nullable Supplier<C> maker, Consumer<C> closer) {
        this.client = client;
        this.maker = maker;
        this.closer = closer;
    }

    /**
     * Takes a client of somebody else's.
     *
     * @param client the client; it stays open
     * @param <C> its type
     * @return a holder
     */
    public static <C> LazyClient<C> given(C client) {
        return new LazyClient<>(client, null, ignored -> {});
    }

    /**
     * Makes a client once, at the first {@link #get()}.
     *
     * @param maker makes it; contacts nobody if the client library allows
     * @param closer closes it
     * @param <C> its type
     * @return a holder
     */
    public static <C> LazyClient<C> made(Supplier<C> maker, Consumer<C> closer) {
        return new LazyClient<>(null, maker, closer);
    }

    /**
     * Returns the client.
     *
     * @return the same one each time
     * @throws IllegalStateException if this is closed
     */
    public synchronized C get() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        C present = client;
        if (present == null && maker != null) {
            present = maker.get();
            client = present;
        }
        if (present == null) {
            throw new IllegalStateException("the client's maker gave none");
        }
        return present;
    }

    /** Closes the client if it was made here. Idempotent. */
    public synchronized void close() {
        C present = client;
        if (!closed && maker != null && present != null) {
            closer.accept(present);
        }
        closed = true;
        client = null;
    }
}
