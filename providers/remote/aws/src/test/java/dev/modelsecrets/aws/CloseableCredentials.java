package dev.modelsecrets.aws;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Credentials that count how often they are closed, as those of the SDK's chain can be. */
record CloseableCredentials(String key, AtomicInteger closed) implements AwsCredentialsProvider, SdkAutoCloseable {

    CloseableCredentials(AtomicInteger closed) {
        this("test", closed);
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return AwsBasicCredentials.create(key, "test");
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
