/** What the providers of remote stores share; it is not an API of its own. */
@SuppressWarnings("module") // the providers are compiled later
module dev.modelsecrets.remote {
    requires transitive dev.modelsecrets.core;
    requires dev.modelsecrets.standard;
    requires static org.jspecify;

    exports dev.modelsecrets.remote.internal to
            dev.modelsecrets.aws,
            dev.modelsecrets.azure,
            dev.modelsecrets.gcp,
            dev.modelsecrets.kubernetes,
            dev.modelsecrets.vault;
}
