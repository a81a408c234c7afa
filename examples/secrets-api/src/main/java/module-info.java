/**
 * An example: the secrets API of OCI AI Blueprints over a store, with the verbs that it lacks and a page for people.
 */
module dev.modelsecrets.examples.secretsapi {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires dev.modelsecrets.core;
    requires dev.modelsecrets.store;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires org.slf4j;
    requires static org.jspecify;
}
