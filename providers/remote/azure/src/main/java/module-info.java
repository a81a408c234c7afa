/**
 * A provider that reads secrets from Azure Key Vault.
 *
 * <p>Start at {@link dev.modelsecrets.azure.AzureSecretProvider}.
 */
module dev.modelsecrets.azure {
    requires transitive com.azure.core;
    requires transitive com.azure.security.keyvault.secrets;
    requires transitive dev.modelsecrets.core;
    requires com.azure.core.http.jdk.httpclient;
    requires com.azure.identity;
    requires com.azure.json;
    requires transitive dev.modelsecrets.remote;
    requires java.net.http;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.modelsecrets.azure;
}
