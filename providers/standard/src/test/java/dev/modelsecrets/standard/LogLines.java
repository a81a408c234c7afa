package dev.modelsecrets.standard;

import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.SubstituteLoggerFactory;

/**
 * What the library logs on the current thread, until it is closed; other tests may log at the same time.
 *
 * <p>The module under test does not read {@code java.logging}, the backend behind SLF4J here, so it is reached by
 * reflection: a filter in front of a handler that never writes.
 */
public final class LogLines implements AutoCloseable {

    private final Thread owner = Thread.currentThread();
    private final List<String> lines = new ArrayList<>();
    private final Object logger;
    private final Object handler;

    /** Starts to listen. */
    public LogLines() throws ReflectiveOperationException {
        this(() -> {});
    }

    /** Starts to listen, and runs code for each line as a handler of a logging backend does. */
    public LogLines(Runnable backend) throws ReflectiveOperationException {
        awaitBackend();
        Class<?> filterType = type("Filter");
        Object filter = Proxy.newProxyInstance(
                filterType.getClassLoader(), new Class<?>[] {filterType}, (proxy, method, record) -> {
                    if (Thread.currentThread().equals(owner)) {
                        lines.add(describe(record[0]));
                        backend.run();
                    }
                    return false;
                });
        handler = type("StreamHandler")
                .getConstructor(OutputStream.class, type("Formatter"))
                .newInstance(
                        OutputStream.nullOutputStream(),
                        type("SimpleFormatter").getConstructor().newInstance());
        type("Handler").getMethod("setFilter", filterType).invoke(handler, filter);
        logger = type("Logger").getMethod("getLogger", String.class).invoke(null, "dev.modelsecrets");
        type("Logger").getMethod("addHandler", type("Handler")).invoke(logger, handler);
    }

    /** While one thread starts SLF4J, what others log is kept, and passed on by that thread. */
    private static void awaitBackend() {
        while (LoggerFactory.getILoggerFactory() instanceof SubstituteLoggerFactory) {
            Thread.onSpinWait();
        }
    }

    /** Returns level and text of each line so far, with the exception that was logged if there was one. */
    public List<String> soFar() {
        return List.copyOf(lines);
    }

    /** Forgets the lines so far. */
    public void forget() {
        lines.clear();
    }

    @Override
    public void close() throws ReflectiveOperationException {
        type("Logger").getMethod("removeHandler", type("Handler")).invoke(logger, handler);
    }

    private static String describe(Object record) throws ReflectiveOperationException {
        Class<?> type = type("LogRecord");
        Object thrown = type.getMethod("getThrown").invoke(record);
        return type.getMethod("getLevel").invoke(record) + " "
                + type.getMethod("getMessage").invoke(record) + (thrown == null ? "" : " " + thrown);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("java.util.logging." + name);
    }
}
