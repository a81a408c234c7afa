package dev.modelsecrets.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.LoopbackServer.Request;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/** Isolated and one by one, because some tests set system properties that the SDK reads. */
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
class CredentialsTest {

    private final List<String> properties = new ArrayList<>();
    private final AtomicInteger found = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Credentials credentials =
            Credentials.foundBy(() -> new CloseableCredentials("key" + found.incrementAndGet(), closed));

    @AfterEach
    void clearProperties() {
        properties.forEach(System::clearProperty);
    }

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
    void resolve_roleOfThePod_isAssumedWithTheTokenOfItsFile(@TempDir Path directory) throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "test-web-identity");
        try (LoopbackServer sts = LoopbackServer.http(CredentialsTest::assumeRole)) {
            setProperty("aws.webIdentityTokenFile", token.toString());
            setProperty("aws.roleArn", "arn:aws:iam::000000000000:role/test");
            setProperty("aws.endpointUrlSts", sts.address().toString());
            setProperty("aws.region", "us-east-1");
            Credentials ofThePod = Credentials.ofThisProcess();

            assertThat(ofThePod.resolveCredentials().accessKeyId()).isEqualTo("key-of-the-role");
            ofThePod.close();
            assertThat(sts.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.body()).contains("WebIdentityToken=test-web-identity"));
        }
    }

    @Test
    void resolve_roleOfThePodCannotBeAssumed_takesNoOther(@TempDir Path directory) {
        setProperty("aws.webIdentityTokenFile", directory.resolve("token").toString());
        setProperty("aws.roleArn", "arn:aws:iam::000000000000:role/test");

        assertThatThrownBy(Credentials.ofThisProcess()::resolveCredentials)
                .isInstanceOf(MissingSetupException.class)
                .hasNoCause()
                .hasMessage("the role of AWS_ROLE_ARN could not be assumed with the token in"
                        + " AWS_WEB_IDENTITY_TOKEN_FILE: check that the file is there and that the role trusts this"
                        + " service account");
    }

    private void setProperty(String name, String value) {
        System.setProperty(name, value);
        properties.add(name);
    }

    private static Response assumeRole(Request request) {
        String body = """
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                  <AssumeRoleWithWebIdentityResult>
                    <Credentials>
                      <AccessKeyId>key-of-the-role</AccessKeyId>
                      <SecretAccessKey>test</SecretAccessKey>
                      <SessionToken>test-session</SessionToken>
                      <Expiration>2099-01-01T00:00:00Z</Expiration>
                    </Credentials>
                    <AssumedRoleUser>
                      <Arn>arn:aws:sts::000000000000:assumed-role/test/session</Arn>
                      <AssumedRoleId>ID:session</AssumedRoleId>
                    </AssumedRoleUser>
                  </AssumeRoleWithWebIdentityResult>
                </AssumeRoleWithWebIdentityResponse>
                """;
        return new Response(200, Map.of("Content-Type", "text/xml"), body);
    }
}
