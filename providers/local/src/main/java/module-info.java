/**
 * Conventions of machines and containers beside the standard chain: {@code .env} files, variables that name files,
 * systemd and Docker, the Hugging Face login, commands, SOPS, and values that are decoded or composed on reading.
 *
 * <p>Nothing here is used unless it is put into a chain.
 */
module dev.modelsecrets.local {
    requires transitive dev.modelsecrets.core;
    requires dev.modelsecrets.standard;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.modelsecrets.local;
}
