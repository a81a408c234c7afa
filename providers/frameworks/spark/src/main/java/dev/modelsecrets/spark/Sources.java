package dev.modelsecrets.spark;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import dev.modelsecrets.standard.LocalConfigSecretProvider;
import dev.modelsecrets.standard.MountedSecretProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens the sources that settings name, built in ones and classes of the user. */
final class Sources {

    private final Settings settings;
    private final Map<String, String> environment;
    private final @Nullable SecretProvider driver;

    /**
     * @param environment the variables of the process
     * @param driver what asks the driver; null on the driver itself
     */
    Sources(Settings settings, Map<String, String> environment, @Nullable SecretProvider driver) {
        this.settings = settings;
        this.environment = environment;
        this.driver = driver;
    }

    /**
     * Opens sources in their order.
     *
     * @throws IllegalArgumentException if one cannot be made; those before it are closed
     */
    List<SecretProvider> open(List<String> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("No source of secrets is named");
        }
        List<SecretProvider> opened = new ArrayList<>();
        try {
            for (String source : sources) {
                opened.add(new PromptRetryProvider(open(source)));
            }
        } catch (Throwable failure) {
            opened.forEach(SecretProvider::close);
            throw failure;
        }
        return opened;
    }

    private SecretProvider open(String source) {
        return switch (source) {
            case "mounted" ->
                settings.get("mounted.directory")
                        .map(directory -> MountedSecretProvider.at(Path.of(directory)))
                        .orElseGet(MountedSecretProvider::create);
            case "environment" -> {
                EnvironmentSecretProvider variables = EnvironmentSecretProvider.of(environment);
                yield settings.get("environment.prefix")
                        .map(variables::withPrefix)
                        .orElse(variables);
            }
            case "localConfig" ->
                settings.get("localConfig.file")
                        .map(file -> LocalConfigSecretProvider.at(Path.of(file)))
                        .orElseGet(LocalConfigSecretProvider::create);
            case "store" -> withModule("model-secrets-store", () -> StoreSource.open(settings));
            case "vault" -> withModule("model-secrets-vault", () -> VaultSource.open(settings, environment));
            case Settings.DRIVER -> driver();
            default -> ofClass(source);
        };
    }

    private SecretProvider driver() {
        if (driver == null) {
            throw new IllegalArgumentException("The driver cannot ask itself: " + Settings.PREFIX
                    + "driver.sources must name another source than " + Settings.DRIVER);
        }
        return driver;
    }

    private static SecretProvider withModule(String artifact, Supplier<SecretProvider> source) {
        try {
            return source.get();
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException("The source needs " + artifact + " on the class path");
        }
    }

    /** The words of what a constructor throws may hold anything, so only its class is told. */
    private SecretProvider ofClass(String name) {
        if (!name.contains(".")) {
            throw new IllegalArgumentException("There is no source " + name + "; there are mounted, environment,"
                    + " localConfig, store, vault, driver, and class names");
        }
        Object made;
        try {
            made = Class.forName(name, true, Thread.currentThread().getContextClassLoader())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalArgumentException("The source " + name + " cannot be made: "
                    + e.getClass().getName() + ". It must be a public class on the class path, with a public"
                    + " constructor without parameters");
        }
        if (!(made instanceof SecretSource source)) {
            throw new IllegalArgumentException("The source " + name + " does not implement SecretSource");
        }
        try {
            return source.open(settings.options());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "The source " + name + " cannot be opened: " + e.getClass().getName());
        }
    }
}
