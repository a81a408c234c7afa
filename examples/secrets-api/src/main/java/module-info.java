/** An example: the secrets endpoints of OCI AI Blueprints over a store. */
module dev.modelsecrets.examples.secretsapi {
    requires com.fasterxml.jackson.core;
    requires dev.modelsecrets.core;
    requires dev.modelsecrets.standard;
    requires dev.modelsecrets.store;
    requires jdk.httpserver;
    requires org.slf4j;
    requires static org.jspecify;
}
