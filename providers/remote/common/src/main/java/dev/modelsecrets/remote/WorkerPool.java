package dev.modelsecrets.remote;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes the pool of a provider: daemon threads that end after ten idle seconds. */
final class WorkerPool {

    private WorkerPool() {}

    /**
     * Makes a pool. There is no bound, since a thread that hangs in a client must not keep the others waiting; a find
     * takes a few at most.
     *
     * @param provider the provider's name, for those who look at threads
     * @param service whose class loader the threads get: clients look for their parts with it
     */
    static ExecutorService of(String provider, RemoteService service) {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(null, task, "model-secrets-" + provider, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(service.getClass().getClassLoader());
            return thread;
        });
    }
}
