package dev.modelsecrets.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Isolated, because one test sets system properties that the SDK reads. */
@Isolated
class CredentialsTest {

    private final AtomicInteger found = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Credentials credentials =
            Credentials.foundBy(() -> new CloseableCredentials("key" + found.incrementAndGet(), closed));

    @Test
    void resolve_again_keepsWhatWasFound() {
        credentials.resolveCredentials();

        assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("key1");
        assertThat(found).hasValue(1);
    }

    @Test
    void renew_twoThreadsThatSawTheSame_findsAnewOnce() {
        credentials.resolveCredentials();
        int seen = credentials.renewals();

        credentials.renew(seen);
        assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("key2");
        credentials.renew(seen);

        assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("key2");
        assertThat(closed).hasValue(1);
    }

    @Test
    void renew_given_staysOpen() {
        Credentials given = Credentials.given(new CloseableCredentials("given", closed));

        given.renew(given.renewals());
        given.close();

        assertThat(given.resolveCredentials().accessKeyId()).isEqualTo("given");
        assertThat(closed).hasValue(0);
    }

    @Test
    void resolve_roleOfThePodCannotBeAssumed_takesNoOther(@TempDir Path directory) {
        System.setProperty(
                "aws.webIdentityTokenFile", directory.resolve("token").toString());
        System.setProperty("aws.roleArn", "arn:aws:iam::000000000000:role/test");
        try {
            assertThatThrownBy(Credentials.ofThisProcess()::resolveCredentials)
                    .isInstanceOf(MissingSetupException.class)
                    .hasNoCause()
                    .hasMessage("the role of AWS_ROLE_ARN could not be assumed with the token in"
                            + " AWS_WEB_IDENTITY_TOKEN_FILE: check that the file is there and that the role trusts this"
                            + " service account");
        } finally {
            System.clearProperty("aws.webIdentityTokenFile");
            System.clearProperty("aws.roleArn");
        }
    }
}
