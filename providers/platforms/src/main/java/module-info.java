/**
 * Pushes secrets to the platforms that run models: Baseten, BentoCloud and OCI AI Blueprints.
 *
 * <p>Start at {@link dev.modelsecrets.platforms.SecretPlatform}.
 */
module dev.modelsecrets.platforms {
    requires transitive dev.modelsecrets.core;
    requires transitive java.net.http;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports dev.modelsecrets.platforms;
}
