package dev.modelsecrets;

import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.SubstituteLoggerFactory;

/**
 * Keeps what the library logs on the current thread until it is closed; other tests may log at the same time.
 *
 * <p>The tests run inside the module {@code dev.modelsecrets.core}, which does not read {@code java.logging}, the
 * backend behind SLF4J here; so the handler is reached by reflection.
 */
final class LogCapture implements AutoCloseable {

    private final Thread owner = Thread.currentThread();
    private final List<Object> records = new ArrayList<>();
    private final Object logger;
    private final Object handler;

    /** Starts to listen. */
    LogCapture() {
        this(record -> {});
    }

    /** Starts to listen, and calls code as a handler or formatter of a logging backend does. */
    LogCapture(Consumer<Object> backend) {
        awaitBackend();
        Class<?> filterType = logging("Filter");
        Object filter = Proxy.newProxyInstance(
                filterType.getClassLoader(), new Class<?>[] {filterType}, (proxy, method, arguments) -> {
                    if (Thread.currentThread().equals(owner)) {
                        records.add(arguments[0]);
                        backend.accept(arguments[0]);
                    }
                    return false;
                });
        try {
            logger = logging("Logger").getMethod("getLogger", String.class).invoke(null, "dev.modelsecrets");
            handler = logging("StreamHandler")
                    .getConstructor(OutputStream.class, logging("Formatter"))
                    .newInstance(
                            OutputStream.nullOutputStream(),
                            logging("SimpleFormatter").getConstructor().newInstance());
            logging("Handler").getMethod("setFilter", filterType).invoke(handler, filter);
            loggerMethod("addHandler").invoke(logger, handler);
        } catch (ReflectiveOperationException failure) {
            throw new LinkageError("java.util.logging", failure);
        }
    }

    /** While one thread starts SLF4J, what others log is kept, and passed on by that thread. */
    private static void awaitBackend() {
        while (LoggerFactory.getILoggerFactory() instanceof SubstituteLoggerFactory) {
            Thread.onSpinWait();
        }
    }

    /** Returns what was logged so far: each record's level and text, and its exception if it has one. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Object record : records) {
            Object thrown = read(record, "getThrown");
            lines.add(
                    read(record, "getLevel") + " " + read(record, "getMessage") + (thrown == null ? "" : " " + thrown));
        }
        return lines;
    }

    @Override
    public void close() {
        try {
            loggerMethod("removeHandler").invoke(logger, handler);
        } catch (ReflectiveOperationException failure) {
            throw new LinkageError("java.util.logging", failure);
        }
    }

    private static Object read(Object record, String getter) {
        try {
            return logging("LogRecord").getMethod(getter).invoke(record);
        } catch (ReflectiveOperationException failure) {
            throw new LinkageError("java.util.logging", failure);
        }
    }

    private static Method loggerMethod(String name) throws NoSuchMethodException {
        return logging("Logger").getMethod(name, logging("Handler"));
    }

    private static Class<?> logging(String name) {
        try {
            return Class.forName("java.util.logging." + name);
        } catch (ClassNotFoundException failure) {
            throw new LinkageError("java.util.logging", failure);
        }
    }
}
