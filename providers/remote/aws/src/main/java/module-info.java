/**
 * Secrets from AWS Secrets Manager.
 *
 * <p>Start at {@link dev.modelsecrets.aws.AwsSecretProvider}.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // the SDK has no real modules
module dev.modelsecrets.aws {
    requires transitive dev.modelsecrets.core;
    requires transitive dev.modelsecrets.remote;
    requires transitive software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.urlconnection;
    requires software.amazon.awssdk.regions;
    requires transitive software.amazon.awssdk.services.secretsmanager;
    requires software.amazon.awssdk.utils;
    requires static org.jspecify;

    exports dev.modelsecrets.aws;
}
