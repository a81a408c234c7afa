package dev.modelsecrets.spring.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the remote stores, each bound only where its store is in the chain. Not instantiable; thread-safe.
 */
final class StoreProperties {

    private StoreProperties() {}

    /**
     * Secrets of the Kubernetes API.
     *
     * @param namespace Namespace of the secrets. By default that of the pod.
     * @param keysOf Secrets whose keys are the names.
     * @param secretPrefix What stands before a name, for a secret of its own for each name.
     */
    @ConfigurationProperties(SecretsProperties.PREFIX + ".kubernetes")
    record Kubernetes(
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
    @ConfigurationProperties(SecretsProperties.PREFIX + ".vault")
    record Vault(
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
    @ConfigurationProperties(SecretsProperties.PREFIX + ".aws")
    record Aws(
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
    @ConfigurationProperties(SecretsProperties.PREFIX + ".gcp")
    record Gcp(
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
    @ConfigurationProperties(SecretsProperties.PREFIX + ".azure")
    record Azure(
            @Nullable String vaultUrl,
            @DefaultValue List<String> keysOf,
            @Nullable String secretPrefix) {}
}
