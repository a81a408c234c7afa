/** A model server that embeds the library; start at {@code dev.modelsecrets.examples.serving.Serving}. */
module dev.modelsecrets.examples.serving {
    requires dev.modelsecrets.inject;
    requires dev.modelsecrets.standard;
    requires java.net.http;
    requires jdk.httpserver;
    requires static org.jspecify;

    // The core fills records and makes models.
    opens dev.modelsecrets.examples.serving to
            dev.modelsecrets.core,
            dev.modelsecrets.inject;
}
