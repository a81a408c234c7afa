/**
 * Resolves secrets from the Kubernetes API, and manages them there.
 *
 * <p>Start at {@link dev.modelsecrets.kubernetes.KubernetesSecretProvider}.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // fabric8's jars declare no modules
module dev.modelsecrets.kubernetes {
    requires transitive dev.modelsecrets.core;
    requires transitive dev.modelsecrets.store;
    requires transitive kubernetes.client.api;
    requires dev.modelsecrets.remote;
    requires io.fabric8.kubernetes.client.jdkhttp;
    requires java.net.http;
    requires org.slf4j;
    requires static org.jspecify;

    // What fabric8's jars need, and cannot say.
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires org.snakeyaml.engine;

    exports dev.modelsecrets.kubernetes;
}
