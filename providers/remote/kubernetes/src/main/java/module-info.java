/**
 * Resolves secrets from the Kubernetes API, and manages them there.
 *
 * <p>Start at {@link dev.modelsecrets.kubernetes.KubernetesSecretProvider}.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // fabric8's jars declare no modules
module dev.modelsecrets.kubernetes {
    requires transitive dev.modelsecrets.core;
    requires transitive dev.modelsecrets.remote;
    requires com.fasterxml.jackson.core;
    requires java.net.http;
    requires org.slf4j;
    requires static org.jspecify;

    // For KubernetesSecretStore alone.
    requires static dev.modelsecrets.store;

    // For kubeconfigs alone.
    requires static kubernetes.client.api;
    requires static kubernetes.model.core;
    requires static tools.jackson.databind;

    exports dev.modelsecrets.kubernetes;
}
