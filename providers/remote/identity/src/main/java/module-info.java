/**
 * Short-lived credentials for the identity that a platform gives a workload.
 *
 * <p>Start at {@link dev.modelsecrets.identity.IdentitySecretProvider}.
 */
module dev.modelsecrets.identity {
    requires transitive dev.modelsecrets.core;
    requires transitive dev.modelsecrets.remote;
    requires dev.modelsecrets.standard;
    requires java.net.http;
    requires static org.jspecify;

    exports dev.modelsecrets.identity;
}
