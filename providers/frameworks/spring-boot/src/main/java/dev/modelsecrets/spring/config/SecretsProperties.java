package dev.modelsecrets.spring.config;

import dev.modelsecrets.ConflictPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

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
        boolean allowDefaults,
        ConflictPolicy conflicts,
        List<String> rebind,
        boolean redactLogs,
        Health health) {

    /** What all the properties begin with. */
    public static final String PREFIX = "model-secrets";

    /**
     * Binds the properties, each by itself, which spares a start Spring Boot's search for the constructor and its
     * annotations.
     *
     * @param binder where the properties are
     * @return the properties, with the default of each that is not set
     * @throws org.springframework.boot.context.properties.bind.BindException if one has no valid value
     * @throws SecretsConfigurationException if a duration is out of range
     */
    public static SecretsProperties of(Binder binder) {
        SecretsProperties properties = new SecretsProperties(
                bind(binder, "names", Bindable.listOf(String.class)).orElse(List.of()),
                bind(binder, "defaults", Bindable.mapOf(String.class, String.class))
                        .orElse(Map.of()),
                bind(binder, "config", Bindable.of(String.class)).orElse(null),
                bind(binder, "chain", Bindable.listOf(Place.class))
                        .orElse(List.of(Place.ENVIRONMENT, Place.MOUNTED, Place.LOCAL_CONFIG, Place.AUTH_SECRET)),
                bind(binder, "secrets-directory", Bindable.of(String.class)).orElse("/secrets"),
                bind(binder, "prefix", Bindable.of(String.class)).orElse("TRUSS_SECRET_"),
                bind(binder, "local-config", Bindable.of(String.class)).orElse(null),
                bind(binder, "refresh-interval", Bindable.of(Duration.class)).orElse(Duration.ofSeconds(30)),
                bind(binder, "deadline", Bindable.of(Duration.class)).orElse(null),
                bind(binder, "allow-defaults", Bindable.of(Boolean.class)).orElse(true),
                bind(binder, "conflicts", Bindable.of(ConflictPolicy.class)).orElse(ConflictPolicy.IGNORE),
                bind(binder, "rebind", Bindable.listOf(String.class)).orElse(List.of()),
                bind(binder, "redact-logs", Bindable.of(Boolean.class)).orElse(true),
                new Health(bind(binder, "health.maximum-age", Bindable.of(Duration.class))
                        .orElse(Duration.ofMinutes(10))));
        properties.checkDurations();
        return properties;
    }

    private void checkDurations() {
        if (refreshInterval.isNegative()) {
            throw new SecretsConfigurationException("model-secrets.refresh-interval is negative.\nSet a pause such as"
                    + " 30s, or 0s to look only when a provider announces a change.");
        }
        if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
            throw new SecretsConfigurationException("model-secrets.deadline is not more than zero.\nSet a time such as"
                    + " 10s, or leave it out: then a resolution takes as long as the providers need.");
        }
    }

    private static <T> BindResult<T> bind(Binder binder, String name, Bindable<T> type) {
        return binder.bind(PREFIX + "." + name, type);
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
    public record Health(Duration maximumAge) {}

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
