package dev.modelsecrets.aws;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;

/** The code of the README. */
final class ReadmeSnippet {

    private ReadmeSnippet() {}

    static SecretsResolver secretPerName(SecretProvider local) {
        AwsSecretProvider aws = AwsSecretProvider.builder()
                .region("eu-central-1") // by default what AWS_REGION or the profile says
                .secretPerName("models/") // hf_access_token is the secret models/hf_access_token
                .build();
        SecretsResolver resolver = SecretsResolver.of(local, aws);
        return resolver;
    }

    static AwsSecretProvider keysOf(String versionId) {
        AwsSecretProvider aws = AwsSecretProvider.builder()
                .keysOf("prod/sentiment", "prod/shared") // two JSON documents, the first that has a key wins
                .version("prod/shared", versionId) // or stage("prod/shared", "AWSPREVIOUS")
                .build();
        return aws;
    }
}
