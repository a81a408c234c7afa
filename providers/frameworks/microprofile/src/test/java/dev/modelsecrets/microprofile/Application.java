package dev.modelsecrets.microprofile;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * An application with a {@code META-INF/microprofile-config.properties}, a directory of secrets, and no local config.
 */
final class Application {

    static final String SENTINEL = "test-token-5b1c7e";

    private final Path classes;
    private final Path secrets;

    Application(Path directory, String... properties) throws IOException {
        classes = directory.resolve("classes");
        secrets = Files.createDirectories(directory.resolve("secrets"));
        Path file = classes.resolve("META-INF/microprofile-config.properties");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "model-secrets.directory=" + secrets + "\n"
                        // A prefix that no variable of the real environment has.
                        + "model-secrets.prefix=MICROPROFILE_TEST_NONE_\n"
                        + "model-secrets.local-config=" + directory.resolve("none.yaml") + "\n"
                        + String.join("\n", properties) + "\n");
    }

    Application secret(String name, String value) throws IOException {
        Files.writeString(secrets.resolve(name), value);
        return this;
    }

    Path path(String name) {
        return secrets.resolve(name);
    }

    /** Runs code with the class path of the application. */
    <T> T run(Callable<T> code) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            return code.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
