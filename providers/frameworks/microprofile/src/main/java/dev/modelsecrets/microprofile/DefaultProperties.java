package dev.modelsecrets.microprofile;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The three places that MicroProfile Config reads by default, in its order: system properties, variables, and {@code
 * META-INF/microprofile-config.properties}.
 *
 * <p>A config source that asks the config it is part of would ask itself, while that config is still being built.
 */
final class DefaultProperties implements Function<String, @Nullable String> {

    private static final String RESOURCE = "META-INF/microprofile-config.properties";

    private final Properties system;
    private final Map<String, String> environment;
    private final List<Properties> files;

    DefaultProperties(Properties system, Map<String, String> environment, ClassLoader classes) {
        this.system = system;
        this.environment = environment;
        files = read(classes);
    }

    static DefaultProperties ofThisProcess() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader classes = context != null ? context : DefaultProperties.class.getClassLoader();
        return new DefaultProperties(System.getProperties(), System.getenv(), classes);
    }

    private static List<Properties> read(ClassLoader classes) {
        List<Properties> files = new ArrayList<>();
        try {
            for (URL resource : Collections.list(classes.getResources(RESOURCE))) {
                Properties file = new Properties();
                try (Reader text = new InputStreamReader(resource.openStream(), StandardCharsets.UTF_8)) {
                    file.load(text);
                }
                files.add(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    @Override
    public @Nullable String apply(String name) {
        String text = system.getProperty(name);
        if (text == null) {
            text = environment.get(variable(name));
        }
        for (int i = 0; text == null && i < files.size(); i++) {
            text = files.get(i).getProperty(name);
        }
        return text;
    }

    /** Returns the name of the variable, by the last rule of MicroProfile Config: MODEL_SECRETS_NAMES. */
    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
