package dev.modelsecrets.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * Takes signals with {@code sun.misc.Signal}, which the JDK keeps in jdk.unsupported as there is no other way.
 *
 * <p>By reflection, because the compiler's warning of that class cannot be switched off.
 */
final class SignalHandlers {

    private SignalHandlers() {}

    /**
     * Takes a signal.
     *
     * @param name the signal's name without {@code SIG}
     * @param handler called by a thread of its own for each signal
     * @return what puts the former handler back; empty if there is no such signal or the JVM keeps it for itself
     */
    static Optional<Runnable> take(String name, Runnable handler) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Method handle = type.getMethod("handle", type, handlerType);
            Object signal = type.getConstructor(String.class).newInstance(name);
            Object proxy = Proxy.newProxyInstance(
                    handlerType.getClassLoader(), new Class<?>[] {handlerType}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            handler.run();
                            return null;
                        }
                        return method.getName().equals("hashCode") ? (Object) name.hashCode() : self == arguments[0];
                    });
            Object former = handle.invoke(null, signal, proxy);
            return Optional.of(() -> restore(handle, signal, former));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    private static void restore(Method handle, Object signal, Object former) {
        try {
            handle.invoke(null, signal, former);
        } catch (IllegalAccessException | InvocationTargetException e) {
            // The process is about to end.
        }
    }
}
