/**
 * Resolves secrets from the Kubernetes API, and manages them there.
 *
 * <p>Start at {@link dev.modelsecrets.kubernetes.KubernetesSecretProvider}.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // fabric8's jars declare no modules
module dev.modelsecrets.kubernetes {
    requires transitive dev.modelsecrets.core;
    requires dev.modelsecrets.remote;
    requires io.fabric8.kubernetes.client.jdkhttp;
    requires java.net.http;
    requires transitive dev.modelsecrets.store;
    requires transitive kubernetes.client.api;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.modelsecrets.kubernetes;
}
