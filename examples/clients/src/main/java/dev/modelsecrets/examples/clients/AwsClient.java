package dev.modelsecrets.examples.clients;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secrets;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** AWS SDK: the provider of credentials is asked for each request. It is the same for Bedrock, S3 and all others. */
final class AwsClient {

    private AwsClient() {}

    static SecretsManagerClient create(RefreshingSecrets secrets, String server) {
        return SecretsManagerClient.builder()
                .endpointOverride(URI.create(server))
                .region(Region.US_EAST_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(() -> {
                    Secrets pair = secrets.get(); // one snapshot: identifier and key belong together
                    return AwsBasicCredentials.create(
                            pair.require("aws_access_key_id"), pair.require("aws_secret_access_key"));
                })
                .build();
    }
}
