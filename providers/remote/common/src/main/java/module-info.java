/**
 * The base of a provider for a remote store.
 *
 * <p>Start at {@link dev.modelsecrets.remote.RemoteSecretProvider}.
 */
module dev.modelsecrets.remote {
    requires transitive dev.modelsecrets.core;
    requires dev.modelsecrets.standard;
    requires transitive java.net.http;
    requires static org.jspecify;

    exports dev.modelsecrets.remote;
}
