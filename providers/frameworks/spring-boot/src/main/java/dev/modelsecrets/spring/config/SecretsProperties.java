package dev.modelsecrets.spring.config;

import dev.modelsecrets.ConflictPolicy;
import java.time.Duration;
import java.util.List;
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
 * @param kubernetes Secrets of the Kubernetes API.
 * @param vault HashiCorp Vault or OpenBao.
 * @param aws AWS Secrets Manager.
 * @param gcp Google Cloud Secret Manager.
 * @param azure Azure Key Vault.
 */
@ConfigurationProperties(SecretsProperties.PREFIX)
public record SecretsProperties(
        @DefaultValue List<String> names,
        @DefaultValue Map<String, String> defaults,
        @Nullable String config,

        @DefaultValue({"environment", "mounted", "local-config", "auth-secret"})
        List<Place> chain,

        @DefaultValue("/secrets") String secretsDirectory,
        @DefaultValue("TRUSS_SECRET_") String prefix,
        @Nullable String localConfig,
        @DefaultValue("30s") Duration refreshInterval,
        @Nullable Duration deadline,
        @DefaultValue("true") boolean allowDefaults,
        @DefaultValue("ignore") ConflictPolicy conflicts,
        @DefaultValue List<String> rebind,
        @DefaultValue("true") boolean redactLogs,
        @DefaultValue Health health,
        @Nullable Kubernetes kubernetes,
        @Nullable Vault vault,
        @Nullable Aws aws,
        @Nullable Gcp gcp,
        @Nullable Azure azure) {

    /** What all the properties begin with. */
    public static final String PREFIX = "model-secrets";

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
        AZURE
    }

    /**
     * When the health indicator reports DOWN.
     *
     * @param maximumAge How old values may be while refreshing them fails.
     */
    public record Health(@DefaultValue("10m") Duration maximumAge) {}

    /**
     * Secrets of the Kubernetes API.
     *
     * @param namespace Namespace of the secrets. By default that of the pod.
     * @param keysOf Secrets whose keys are the names.
     * @param secretPrefix What stands before a name, for a secret of its own for each name.
     */
    public record Kubernetes(
            @Nullable String namespace,
            @DefaultValue List<String> keysOf,
            @Nullable String secretPrefix) {}

    /**
     * HashiCorp Vault or OpenBao; a token comes from VAULT_TOKEN, a file or Kubernetes, never from a property.
     *
     * @param address Where it is. By default VAULT_ADDR.
     * @param namespace Namespace. By default VAULT_NAMESPACE.
     * @param tokenFile File with the token, such as a sink of Vault Agent.
     * @param kubernetesRole Role to log in as with the service account of the pod.
     * @param caCertificates PEM file of the authorities to trust. By default VAULT_CACERT.
     * @param mount Mount of the secrets engine. By default "secret".
     * @param leases Whether the secrets have leases, as those of database engines.
     * @param keysOf Secrets whose keys are the names.
     * @param secretPrefix What stands before a name, for a secret of its own for each name.
     */
    public record Vault(
            @Nullable String address,
            @Nullable String namespace,
            @Nullable String tokenFile,
            @Nullable String kubernetesRole,
            @Nullable String caCertificates,
            @Nullable String mount,
            @DefaultValue("false") boolean leases,
            @DefaultValue List<String> keysOf,
            @Nullable String secretPrefix) {}

    /**
     * AWS Secrets Manager; credentials are those of the AWS SDK's default chain.
     *
     * @param region Region. By default that of the environment.
     * @param keysOf Secrets whose keys are the names.
     * @param secretPrefix What stands before a name, for a secret of its own for each name.
     */
    public record Aws(
            @Nullable String region,
            @DefaultValue List<String> keysOf,
            @Nullable String secretPrefix) {}

    /**
     * Google Cloud Secret Manager; credentials are the application default ones.
     *
     * @param project Project. By default that of the environment.
     * @param location Location of regional secrets.
     * @param keysOf Secrets whose keys are the names.
     * @param secretPrefix What stands before a name, for a secret of its own for each name.
     */
    public record Gcp(
            @Nullable String project,
            @Nullable String location,
            @DefaultValue List<String> keysOf,
            @Nullable String secretPrefix) {}

    /**
     * Azure Key Vault; credentials are those of Azure's default chain.
     *
     * @param vaultUrl Address of the vault. By default AZURE_KEYVAULT_URL.
     * @param keysOf Secrets whose keys are the names.
     * @param secretPrefix What stands before a name, for a secret of its own for each name.
     */
    public record Azure(
            @Nullable String vaultUrl,
            @DefaultValue List<String> keysOf,
            @Nullable String secretPrefix) {}

    /** Returns the names that are declared, never a default or an address. */
    @Override
    public String toString() {
        return "SecretsProperties[names=" + names + ", chain=" + chain + "]";
    }
}
