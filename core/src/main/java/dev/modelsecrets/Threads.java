package dev.modelsecrets;

/** The threads of this library: daemons that inherit nothing of the thread that asked for them. */
final class Threads {

    private Threads() {}

    /** Returns a thread, not yet started, without inherited thread locals and without a request's class loader. */
    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Threads.class.getClassLoader());
        return thread;
    }
}
