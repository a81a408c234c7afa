package dev.modelsecrets.spark;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.standard.ModelConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;
import org.jspecify.annotations.Nullable;

/** The properties {@code spark.modelsecrets.*}: names, and where to look. Immutable. */
final class Settings {

    static final String PREFIX = "spark.modelsecrets.";

    /** The source with which executors ask the driver. */
    static final String DRIVER = "driver";

    private static final String NAMES = "names";
    private static final String MODEL_CONFIG = "modelConfig";
    private static final String DEFAULT = "default.";
    private static final String OPTION = "option.";
    private static final String SOURCES = "sources";
    private static final String DRIVER_SOURCES = "driver.sources";
    private static final String STANDARD_SOURCES = "mounted,environment";

    private static final Set<String> KNOWN = Set.of(
            NAMES,
            MODEL_CONFIG,
            SOURCES,
            DRIVER_SOURCES,
            "preflight",
            "interval",
            "startTimeout",
            "mounted.directory",
            "environment.prefix",
            "localConfig.file",
            "store.file",
            "store.keyFile",
            "vault.address",
            "vault.namespace",
            "vault.caCertificates",
            "vault.mount",
            "vault.engineVersion",
            "vault.prefix",
            "vault.key",
            "vault.keysOf",
            "vault.kubernetesRole",
            "vault.authMount",
            "vault.tokenFile");

    /** By name without the prefix, sorted. */
    private final Map<String, String> properties;

    private final SecretDeclarations declarations;

    private Settings(Map<String, String> properties, SecretDeclarations declarations) {
        this.properties = new TreeMap<>(properties);
        this.declarations = declarations;
    }

    /**
     * Reads the properties of an application, and the file that names the secrets, if one does.
     *
     * @throws IllegalArgumentException if a property is unknown or malformed, or none names a secret
     */
    static Settings of(SparkConf conf) {
        Map<String, String> properties = new HashMap<>();
        for (scala.Tuple2<String, String> property : conf.getAllWithPrefix(PREFIX)) {
            properties.put(property._1(), property._2());
        }
        return of(properties);
    }

    /** Reads what {@link #toMap} wrote, or the properties of an application without their prefix. */
    static Settings of(Map<String, String> properties) {
        properties.keySet().forEach(Settings::check);
        Map<String, @Nullable String> declared = new LinkedHashMap<>();
        String modelConfig = properties.get(MODEL_CONFIG);
        if (modelConfig != null) {
            SecretDeclarations read = ModelConfig.read(Path.of(modelConfig)).declarations();
            for (String name : read.names()) {
                declared.put(name, read.defaultValue(name).orElse(null));
            }
        }
        list(properties.getOrDefault(NAMES, "")).forEach(name -> declared.put(name, null));
        properties.forEach((key, value) -> {
            if (key.startsWith(DEFAULT)) {
                declared.put(key.substring(DEFAULT.length()), value);
            }
        });
        if (declared.isEmpty()) {
            throw new IllegalArgumentException("No secret is declared: set " + PREFIX + "names to names, with commas"
                    + " between them, or " + PREFIX + "modelConfig to a config.yaml with secrets");
        }
        Settings settings = new Settings(properties, SecretDeclarations.of(declared));
        settings.interval();
        settings.startTimeout();
        return settings;
    }

    private static void check(String key) {
        if (!KNOWN.contains(key) && !key.startsWith(DEFAULT) && !key.startsWith(OPTION)) {
            throw new IllegalArgumentException("There is no property " + PREFIX + key + "; there are " + PREFIX + "{"
                    + String.join(", ", KNOWN.stream().sorted().toList()) + ", default.NAME, option.*}");
        }
    }

    /** Returns what executors need: the same properties, with the names that a file declares written out. */
    Map<String, String> toMap() {
        Map<String, String> map = new HashMap<>(properties);
        map.remove(MODEL_CONFIG);
        map.put(NAMES, String.join(",", declarations.names()));
        for (String name : declarations.names()) {
            declarations.defaultValue(name).ifPresent(value -> map.put(DEFAULT + name, value));
        }
        return map;
    }

    SecretDeclarations declarations() {
        return declarations;
    }

    /** Where executors look, the one that wins first. */
    List<String> sources() {
        return list(properties.getOrDefault(SOURCES, STANDARD_SOURCES));
    }

    boolean handsOver() {
        return sources().contains(DRIVER);
    }

    /** Where the driver looks, for a preflight and to hand over. */
    List<String> driverSources() {
        String given = properties.get(DRIVER_SOURCES);
        if (given != null) {
            return list(given);
        }
        return handsOver() ? list(STANDARD_SOURCES) : sources();
    }

    boolean preflight() {
        String given = properties.getOrDefault("preflight", "true");
        if (!given.equals("true") && !given.equals("false")) {
            throw new IllegalArgumentException(PREFIX + "preflight must be true or false");
        }
        return given.equals("true");
    }

    /** How old a secret may become on an executor after it was replaced where it came from. */
    Duration interval() {
        return duration("interval", "60s");
    }

    /** How long the start of an executor may take while a source fails. */
    Duration startTimeout() {
        return duration("startTimeout", "60s");
    }

    private Duration duration(String key, String otherwise) {
        try {
            return Duration.ofMillis(JavaUtils.timeStringAs(
                    properties.getOrDefault(key, otherwise), java.util.concurrent.TimeUnit.MILLISECONDS));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(PREFIX + key + " is no duration such as 30s or 5min");
        }
    }

    Optional<String> get(String key) {
        return Optional.ofNullable(properties.get(key));
    }

    /** The options for sources of the user's own, without their prefix. */
    Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(OPTION)) {
                options.put(key.substring(OPTION.length()), value);
            }
        });
        return Map.copyOf(options);
    }

    static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
