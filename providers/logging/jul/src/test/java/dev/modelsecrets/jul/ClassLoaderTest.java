package dev.modelsecrets.jul;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A web application brings this library; java.util.logging is the JVM's. */
@Isolated
class ClassLoaderTest {

    @Test
    void close_inARedeployedApplication_letsItsClassLoaderGo() throws Exception {
        MemoryStreamHandler stream = new MemoryStreamHandler(new SimpleFormatter());
        Logger logger = Logger.getLogger("com.acme.container");
        logger.setUseParentHandlers(false);
        logger.addHandler(stream);
        try {
            WeakReference<ClassLoader> application = deployAndUndeploy(logger);

            for (int i = 0; i < 600 && application.get() != null; i++) {
                System.gc();
                Thread.sleep(100);
            }
            assertThat(application.get()).isNull();
            assertThat(stream.written()).contains("in the application [secret:hf_token]");
        } finally {
            logger.removeHandler(stream);
        }
    }

    private static WeakReference<ClassLoader> deployAndUndeploy(Logger logger) throws Exception {
        try (URLClassLoader application = new ApplicationClassLoader()) {
            Class<?> secretsType = application.loadClass("dev.modelsecrets.Secrets");
            Object secrets = secretsType.getMethod("of", Map.class).invoke(null, Map.of("hf_token", "test-token-one"));
            Object redactor = secretsType.getMethod("redactor").invoke(secrets);
            Class<?> redactionType = application.loadClass(SecretRedaction.class.getName());
            assertThat(redactionType).isNotSameAs(SecretRedaction.class);
            AutoCloseable redaction = (AutoCloseable)
                    redactionType.getMethod("install", redactor.getClass()).invoke(null, redactor);
            logger.log(Level.INFO, "in the application {0}", "test-token-one");
            redaction.close();
            return new WeakReference<>(application);
        }
    }

    /** Loads this library itself, and the rest from its parent. */
    private static final class ApplicationClassLoader extends URLClassLoader {

        ApplicationClassLoader() {
            super(
                    Stream.of(System.getProperty("java.class.path", ""), System.getProperty("jdk.module.path", ""))
                            .flatMap(path -> Stream.of(path.split(java.io.File.pathSeparator)))
                            .filter(entry -> !entry.isEmpty() && !entry.contains("test-classes"))
                            .map(ApplicationClassLoader::url)
                            .toArray(URL[]::new),
                    ClassLoaderTest.class.getClassLoader());
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.modelsecrets.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
