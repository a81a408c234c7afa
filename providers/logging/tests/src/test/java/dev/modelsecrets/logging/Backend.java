package dev.modelsecrets.logging;

import java.util.Optional;

/** A logging system with one layout, of which a shape uses what it needs; what it does not have is empty. */
interface Backend {

    String name();

    String layout();

    /** Writes what a program logs to memory, and gives it back with the redaction on. */
    String written(Shape shape);

    /** What a program can log. */
    interface Log {

        void message(String text);

        /** Logs a text with a placeholder, which the back end writes in its own way. */
        void argument(String before, Object argument);

        void thrown(Throwable failure);

        Optional<Runnable> context(String key, String value);

        Optional<Runnable> marker(String name);

        Optional<Runnable> pair(String key, Object value);
    }
}
