package dev.modelsecrets.examples.benchmarks.startup.code;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** The chain of the AWS SDK, which knows four secrets by names of its own; all come from variables. */
public final class AwsChain {

    private AwsChain() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        try (DefaultCredentialsProvider provider =
                DefaultCredentialsProvider.builder().build()) {
            AwsSessionCredentials credentials = (AwsSessionCredentials) provider.resolveCredentials();
            Map<String, String> secrets = new LinkedHashMap<>();
            secrets.put("access key", credentials.accessKeyId());
            secrets.put("secret key", credentials.secretAccessKey());
            secrets.put("session token", credentials.sessionToken());
            secrets.put("account", credentials.accountId().orElseThrow());
            Check.print(secrets);
        }
    }
}
