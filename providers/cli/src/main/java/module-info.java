/** The command {@code model-secrets}. It has no API: run it. */
module dev.modelsecrets.cli {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires dev.modelsecrets.core;
    requires dev.modelsecrets.inject;
    requires dev.modelsecrets.kubernetes;
    requires dev.modelsecrets.local;
    requires dev.modelsecrets.platforms;
    requires dev.modelsecrets.remote;
    requires dev.modelsecrets.standard;
    requires dev.modelsecrets.store;
    requires dev.modelsecrets.vault;
    requires info.picocli;
    requires java.net.http;
    requires jdk.unsupported;
    requires org.slf4j;
    requires org.yaml.snakeyaml;
    requires static org.jspecify;

    // SLF4J makes the provider that Main names.
    exports dev.modelsecrets.cli to
            org.slf4j;
}
