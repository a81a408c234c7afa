package dev.modelsecrets.spring.config;

import dev.modelsecrets.ConflictPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which secrets an application declares and where they are looked for: the properties {@code model-secrets.*}.
 *
 * @param names Secrets that need a value.
 * @param defaults Secrets with the value to use where none is found.
 * @param config The config.yaml of a model, whose section "secrets" declares names; a file or a classpath: resource.
 * @param chain Where secrets are looked for, in this order.
 * @param secretsDirectory Directory of mounted secrets.
 * @param prefix What stands before a secret's name in the name of an environment variable.
 * @param localConfig YAML file whose section "secrets" holds values. By default .truss/config.yaml in the home
 *     directory.
 * @param refreshInterval Pause between two looks for changed values. Zero looks only when a provider announces a
 *     change.
 * @param deadline How long one resolution may take. By default as long as the providers need.
 * @param allowDefaults Whether the defaults of declarations may be used.
 * @param conflicts What to do when two places have different values for one name.
 * @param rebind Prefixes of @ConfigurationProperties beans that are bound anew after a rotation.
 * @param redactLogs Whether values are replaced in the lines of Logback or Log4j 2.
 * @param health When the health indicator reports DOWN.
 */
@ConfigurationProperties(SecretsProperties.PREFIX)
public record SecretsProperties(
        List<String> names,
        Map<String, String> defaults,
        @Nullable String config,
        List<Place> chain,
        String secretsDirectory,
        String prefix,
        @Nullable String localConfig,
        Duration refreshInterval,
        @Nullable Duration deadline,
        Boolean allowDefaults,
        ConflictPolicy conflicts,
        List<String> rebind,
        Boolean redactLogs,
        @DefaultValue Health health) {

    /** What all the properties begin with. */
    public static final String PREFIX = "model-secrets";

    /**
     * Puts the default where a property is not set, which Spring Boot hands over as null. With {@code @DefaultValue}
     * its converters are loaded before an application needs them.
     */
    public SecretsProperties {
        names = orDefault(names, List.of());
        defaults = orDefault(defaults, Map.of());
        chain = orDefault(chain, List.of(Place.ENVIRONMENT, Place.MOUNTED, Place.LOCAL_CONFIG, Place.AUTH_SECRET));
        secretsDirectory = orDefault(secretsDirectory, "/secrets");
        prefix = orDefault(prefix, "TRUSS_SECRET_");
        refreshInterval = orDefault(refreshInterval, Duration.ofSeconds(30));
        allowDefaults = orDefault(allowDefaults, true);
        conflicts = orDefault(conflicts, ConflictPolicy.IGNORE);
        rebind = orDefault(rebind, List.of());
        redactLogs = orDefault(redactLogs, true);
    }

    private static <T> T orDefault(@Nullable T value, T other) {
        return value == null ? other : value;
    }

    /** A place of the chain. */
    public enum Place {
        /** Variables {@code TRUSS_SECRET_x}. */
        ENVIRONMENT,
        /** Files {@code /secrets/x}. */
        MOUNTED,
        /** The section {@code secrets} of {@code ~/.truss/config.yaml}. */
        LOCAL_CONFIG,
        /** The JSON object in the variable {@code AUTH_SECRET}. */
        AUTH_SECRET,
        /** The Kubernetes API. */
        KUBERNETES,
        /** HashiCorp Vault or OpenBao. */
        VAULT,
        /** AWS Secrets Manager. */
        AWS,
        /** Google Cloud Secret Manager. */
        GCP,
        /** Azure Key Vault. */
        AZURE;

        /** Returns the word for this place in properties, such as {@code local-config}. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * When the health indicator reports DOWN.
     *
     * @param maximumAge How old values may be while refreshing them fails.
     */
    public record Health(Duration maximumAge) {

        /** Puts the default where the property is not set. */
        public Health {
            maximumAge = orDefault(maximumAge, Duration.ofMinutes(10));
        }
    }

    /** What there is one of for all imports: how secrets are found and kept fresh. */
    record Settings(
            List<Place> chain,
            String secretsDirectory,
            String prefix,
            @Nullable String localConfig,
            Duration refreshInterval,
            @Nullable Duration deadline,
            boolean allowDefaults,
            ConflictPolicy conflicts,
            boolean redactLogs) {}

    Settings settings() {
        return new Settings(
                chain,
                secretsDirectory,
                prefix,
                localConfig,
                refreshInterval,
                deadline,
                allowDefaults,
                conflicts,
                redactLogs);
    }

    /** Returns the names that are declared, never a default or an address. */
    @Override
    public String toString() {
        return "SecretsProperties[names=" + names + ", chain=" + chain + "]";
    }
}
