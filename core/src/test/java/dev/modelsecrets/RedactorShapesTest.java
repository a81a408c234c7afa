package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Structured secrets as they are in use: what is secret in them, and what is not. All values are made up. */
@SuppressWarnings("StringConcatToTextBlock") // the pieces of a shape have names
class RedactorShapesTest {

    private static final String BODY = """
            bm90LWEta2V5LW9uLWxpbmUtb25lLWJ1dC1hLXRlc3QtdmFsdWUtb2YtNjQtY2hh
            bm90LWEta2V5LW9uLWxpbmUtdHdvLWJ1dC1hLXRlc3QtdmFsdWUtb2YtNjQtY2hh
            ZW5kLW9mLXRlc3QtdmFsdWU=
            """;

    private static final String KEY = "-----BEGIN PRIVATE KEY-----\n" + BODY + "-----END PRIVATE KEY-----\n";

    private static void assertParts(String value, List<String> secret, List<String> shown) {
        Redactor redactor = Secrets.of(Map.of("shape", value)).redactor();
        assertThat(redactor.redact("<" + value + ">")).isEqualTo("<[secret:shape]>");
        for (String part : secret) {
            assertThat(redactor.redact("it is " + part + ".")).as(part).isEqualTo("it is [secret:shape].");
        }
        for (String part : shown) {
            assertThat(redactor.redact("it is " + part + ".")).isEqualTo("it is " + part + ".");
        }
    }

    @Test
    void redact_serviceAccount_itsKeyIsSecretAndItsAddressesAreNot() {
        String value = """
                {
                  "type": "service_account",
                  "project_id": "test-project-123456",
                  "private_key_id": "00000000000000000000000000000000deadbeef",
                  "private_key": "%s",
                  "client_email": "robot@test-project-123456.iam.gserviceaccount.com",
                  "client_id": "100000000000000000001",
                  "auth_uri": "https://accounts.google.com/o/oauth2/auth",
                  "token_uri": "https://oauth2.googleapis.com/token",
                  "universe_domain": "googleapis.com"
                }
                """.formatted(KEY.replace("\n", "\\n"));

        assertParts(
                value,
                List.of(
                        KEY,
                        "bm90LWEta2V5LW9uLWxpbmUtdHdvLWJ1dC1hLXRlc3QtdmFsdWUtb2YtNjQtY2hh",
                        BODY.replace("\n", ""),
                        BODY.strip().replace("\n", "\r\n    ")),
                List.of(
                        "service_account",
                        "test-project-123456",
                        "robot@test-project-123456.iam.gserviceaccount.com",
                        "100000000000000000001",
                        "https://accounts.google.com/o/oauth2/auth",
                        "https://oauth2.googleapis.com/token",
                        "googleapis.com",
                        "-----BEGIN PRIVATE KEY-----",
                        "private_key"));
    }

    @Test
    void redact_awsCredentials_keysAndTokensAreSecretAndTheRegionIsNot() {
        List<String> secret = List.of("TESTSECRETACCESSKEY/not+a+real+one", "test-session-token-not-real");
        List<String> shown = List.of("us-east-1", "2026-01-02T03:04:05Z", "[default]", "https://sts.amazonaws.com");

        assertParts("""
                {"AccessKeyId":"TESTACCESSKEYID","SecretAccessKey":"TESTSECRETACCESSKEY/not+a+real+one",
                 "SessionToken":"test-session-token-not-real","Expiration":"2026-01-02T03:04:05Z",
                 "Region":"us-east-1","Endpoint":"https://sts.amazonaws.com"}""", secret, shown);
        assertParts("""
                [default]
                aws_access_key_id = TESTACCESSKEYID
                aws_secret_access_key = TESTSECRETACCESSKEY/not+a+real+one
                aws_session_token=test-session-token-not-real
                region = us-east-1
                # a comment
                endpoint_url = https://sts.amazonaws.com
                """, secret, shown);
    }

    @Test
    void redact_databaseCredentials_onlyThePasswordIsSecret() {
        assertParts(
                "{\"username\":\"test-user-name\",\"password\":\"test-password\",\"engine\":\"postgresql\","
                        + "\"host\":\"db.internal.example.com\",\"port\":12345678,\"dbname\":\"inventory\"}",
                List.of("test-password"),
                List.of("test-user-name", "postgresql", "db.internal.example.com", "12345678", "inventory"));
    }

    @Test
    void redact_dockerConfig_whatAuthDecodesToIsSecret() {
        String auth = Base64.getEncoder().encodeToString("robot:test-password".getBytes(StandardCharsets.UTF_8));

        assertParts(
                "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"" + auth
                        + "\",\"email\":\"me@example.com\"}}}",
                List.of(auth, "robot:test-password", "test-password"),
                List.of("https://index.docker.io/v1/", "me@example.com", "auths"));
    }

    @Test
    void redact_kubeconfig_keysAndTokensAreSecretAndTheServerIsNot() {
        String key = Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8));

        assertParts(
                """
                apiVersion: v1
                kind: Config
                current-context: test-context
                clusters:
                - name: test-cluster
                  cluster:
                    server: https://kubernetes.example.com:6443
                users:
                - name: test-user-of-cluster
                  user:
                    client-key-data: %s
                    token: "test-bearer-token"
                """.formatted(key),
                List.of(key, "test-bearer-token", "bm90LWEta2V5LW9uLWxpbmUtdHdvLWJ1dC1hLXRlc3QtdmFsdWUtb2YtNjQtY2hh"),
                List.of(
                        "test-context",
                        "test-cluster",
                        "https://kubernetes.example.com:6443",
                        "test-user-of-cluster",
                        "-----END PRIVATE KEY-----",
                        "apiVersion: v1",
                        "clusters:"));
    }

    @Test
    void redact_oauthClient_itsSecretIsSecretAndItsUrisAreNot() {
        assertParts(
                "{\"installed\":{\"client_id\":\"1234-test.apps.googleusercontent.com\",\"project_id\":\"test-project\","
                        + "\"auth_uri\":\"https://accounts.google.com/o/oauth2/auth\",\"client_secret\":\"test-client-secret\","
                        + "\"redirect_uris\":[\"http://localhost\"],\"refresh_token\":\"test-refresh-token\"}}",
                List.of("test-client-secret", "test-refresh-token"),
                List.of(
                        "1234-test.apps.googleusercontent.com",
                        "test-project",
                        "https://accounts.google.com/o/oauth2/auth",
                        "http://localhost"));
        assertParts(
                "client_id=1234-test&client_secret=test-client-secret&grant_type=client_credentials",
                List.of("test-client-secret"),
                List.of("client_credentials", "1234-test", "grant_type"));
    }

    @Test
    void redact_pemChain_bodiesAreSecretAndArmourIsNot() {
        String certificate =
                "-----BEGIN CERTIFICATE-----\nY2VydGlmaWNhdGUtYm9keS1vZi1hLXRlc3Q=\n-----END CERTIFICATE-----\n";

        assertParts(
                certificate + KEY,
                List.of(KEY.lines().skip(1).findFirst().orElseThrow(), BODY.replace("\n", "")),
                List.of(
                        "-----BEGIN CERTIFICATE-----",
                        "-----END CERTIFICATE-----",
                        "-----BEGIN PRIVATE KEY-----",
                        "-----END PRIVATE KEY-----"));
        assertParts(
                KEY.replace("\n", "\\n"), List.of(KEY, BODY.replace("\n", "")), List.of("-----BEGIN PRIVATE KEY-----"));
    }

    @Test
    void redact_urls_passwordsAndTokensAreSecretAndTheRestIsNot() {
        assertParts(
                "postgresql://test-user:test%40pass%2Fword@db.example.com:5432/inventory?sslmode=verify-full",
                List.of(
                        "test%40pass%2Fword",
                        "test@pass/word", "test-user:test%40pass%2Fword", "test-user:test@pass/word"),
                List.of("test-user", "db.example.com:5432", "inventory", "verify-full", "postgresql://"));
        assertParts("redis://:test-password@cache.example.com", List.of("test-password"), List.of("cache.example.com"));
        assertParts(
                "https://test-token-as-user@git.example.com/repository.git",
                List.of("test-token-as-user"),
                List.of("https://git.example.com/repository.git", "git.example.com"));
        assertParts(
                "ssh://repository@git.example.com:22/path",
                List.of(),
                List.of("repository", "git.example.com", "ssh://"));
        assertParts(
                "https://test.blob.example.com/container?sv=2026-01-02&region=us-east-1&sig=test%2Bsignature%3D",
                List.of("test%2Bsignature%3D", "test+signature="),
                List.of("test.blob.example.com", "container", "2026-01-02", "us-east-1"));
        assertParts(
                "jdbc:sqlserver://db.example.com:1433;databaseName=inventory;user=test-user;password=test-password;encrypt=true",
                List.of("test-password"),
                List.of("inventory", "test-user", "db.example.com"));
        assertParts(
                "https://user:test/pass?word@example.com/path/of/it",
                List.of("test/pass?word"),
                List.of("/path/of/it"));
    }

    @Test
    void redact_dataSourceNames_passwordsAreSecretAndTheRestIsNot() {
        assertParts(
                "host=db.example.com user=test-user password='test password' dbname=inventory sslmode=verify-full",
                List.of("test password", "test+password"),
                List.of("db.example.com", "test-user", "inventory", "verify-full"));
        assertParts(
                "Server=tcp:db.example.com,1433;Initial Catalog=inventory;User ID=test-user;Password=test-password;Encrypt=True",
                List.of("test-password"),
                List.of("tcp:db.example.com,1433", "inventory", "test-user", "Initial Catalog"));
        assertParts(
                "DefaultEndpointsProtocol=https;AccountName=testaccount;AccountKey=dGVzdC1hY2NvdW50LWtleS1vZi1ub2JvZHk=;"
                        + "EndpointSuffix=core.windows.net",
                List.of("dGVzdC1hY2NvdW50LWtleS1vZi1ub2JvZHk="),
                List.of("testaccount", "core.windows.net", "AccountKey"));
        assertParts(
                "test-user:test-password@tcp(db.example.com:3306)/inventory?parseTime=true",
                List.of("test-password", "test-user:test-password"),
                List.of("test-user", "db.example.com:3306", "inventory", "parseTime"));
        assertParts(
                "jdbc:oracle:thin:scott/test-password@//db.example.com:1521/service",
                List.of("test-password"),
                List.of("service"));
    }

    @Test
    void redact_urlWithCharactersInThePasswordThatShouldBeEscaped_passwordIsSecret() {
        assertParts(
                "postgresql://test-user:p@ss:w/rd?x@db.example.com:5432/inventory?sslmode=verify-full",
                List.of("p@ss:w/rd?x", "test-user:p@ss:w/rd?x"),
                List.of("db.example.com:5432", "inventory", "verify-full", "test-user"));
        assertParts(
                "https://test-user:test-password@example.com/packages/@team/library",
                List.of("test-password"),
                List.of("example.com/packages/@team/library", "@team/library"));
    }

    @Test
    void redact_pairsWithQuotedPasswords_whatTheQuotesHoldIsSecret() {
        assertParts(
                "jdbc:sqlserver://db.example.com:1433;user=test-user;password={test;password}};1};encrypt=true",
                List.of("test;password};1", "test;password}};1"),
                List.of("test-user", "encrypt=true", "db.example.com"));
        assertParts(
                "Server=db.example.com;Password=\"test;pass=word\";Database=inventory-of-all",
                List.of("test;pass=word"),
                List.of("db.example.com", "inventory-of-all"));
        assertParts(
                "host=db.example.com password='it\\'s a test' user=test-user-1",
                List.of("it's a test", "it\\'s a test"),
                List.of("db.example.com", "test-user-1"));
        assertParts(
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"test-user\""
                        + " password=\"test-password\";",
                List.of("test-password"),
                List.of("org.apache.kafka.common.security.plain.PlainLoginModule", "test-user"));
        assertParts("\"test-token in quotes\"", List.of("test-token in quotes"), List.of());
        assertParts(
                "PASSWORD='it''s a test'\nNAME=\"a-\\\"name\\\"\"\n", List.of("it's a test"), List.of("a-\"name\""));
    }

    @Test
    void redact_xml_textsOfSecretElementsAndAttributesAreSecretAndTagsAreNot() {
        assertParts(
                """
                <settings>
                  <servers>
                    <server>
                      <id>central-repository</id>
                      <username>test-user</username>
                      <password>test&lt;password&gt;</password>
                      <passphrase><![CDATA[test-passphrase]]></passphrase>
                    </server>
                  </servers>
                  <mirror url="https://repository.example.com/maven" token="test-token-0123"/>
                </settings>
                """,
                List.of("test<password>", "test-passphrase", "test-token-0123"),
                List.of(
                        "<settings>",
                        "</servers>",
                        "<server>",
                        "test-user",
                        "<username>test-user</username>",
                        "https://repository.example.com/maven"));
    }

    @Test
    void redact_shortLines_areSecretTogetherWhateverTheLineBreaks() {
        assertParts("abc\ndef\nghi\n", List.of("abc\r\ndef\r\nghi", "abc\\r\\ndef\\r\\nghi"), List.of("abc", "def"));
        assertParts("abc\r\ndef\r\nghi", List.of("abc\ndef\nghi", "abc\\ndef\\nghi"), List.of("abc", "def"));
    }

    @Test
    void redact_headersOfHttp_theirTokensAreSecret() {
        assertParts("Bearer test-token-0123", List.of("test-token-0123"), List.of("Bearer"));
        assertParts("Authorization: token test-token-0123", List.of("test-token-0123"), List.of("Authorization"));
        assertParts(
                "Basic " + Base64.getEncoder().encodeToString("me:test-password".getBytes(StandardCharsets.UTF_8)),
                List.of("test-password"),
                List.of());
    }

    @Test
    void redact_identifiersAndPathsInFields_areNotSecret() {
        assertParts(
                """
                {"type":"external_account","subject_token_type":"urn:ietf:params:oauth:token-type:jwt",
                 "redirect_uris":["urn:ietf:wg:oauth:2.0:oob"],"role_arn":"arn:aws:iam::000000000000:role/test",
                 "credential_source":{"file":"/var/run/service-account/token"},"credsStore":"desktop.exe",
                 "HttpHeaders":{"User-Agent":"Docker-Client/19.03"},"client_secret":"test-client-secret"}""",
                List.of("test-client-secret"),
                List.of(
                        "urn:ietf:params:oauth:token-type:jwt",
                        "urn:ietf:wg:oauth:2.0:oob",
                        "arn:aws:iam::000000000000:role/test",
                        "/var/run/service-account/token",
                        "desktop.exe",
                        "Docker-Client/19.03"));
        assertParts("{\"key_file\":\"test-key-itself\"}", List.of("test-key-itself"), List.of());
        assertParts("{\"token\":\"urn:test:token-itself\"}", List.of("urn:test:token-itself"), List.of());
    }

    @Test
    void redact_filesOfPasswords_onlyPasswordsAreSecret() {
        assertParts(
                """
                machine api.example.com login test-user password test-password-1
                machine git.example.com
                  login test-user
                  password test-password-2
                """,
                List.of("test-password-1", "test-password-2"),
                List.of("machine api.example.com login test-user", "machine git.example.com", "login test-user"));
        assertParts(
                "db.example.com:5432:inventory:test-user:test-password",
                List.of("test-password"),
                List.of("db.example.com:5432", "inventory", "test-user"));
        assertParts("""
                # settings
                export API_KEY="test-api-key"
                LOG_FORMAT=json-lines
                URL=https://example.com/v1
                """, List.of("test-api-key"), List.of("json-lines", "https://example.com/v1", "API_KEY"));
    }

    @Test
    void redact_encodedValues_whatTheyDecodeToIsSecret() {
        assertParts("dGVzdC10b2tlbi1pbi1iYXNlNjQ", List.of("test-token-in-base64"), List.of());
        assertParts(
                Base64.getMimeEncoder()
                        .encodeToString(
                                "{\"password\":\"test-password\",\"region\":\"us-east-1\",\"user\":\"test-user\"}"
                                        .getBytes(StandardCharsets.UTF_8)),
                List.of("test-password"),
                List.of("us-east-1", "test-user"));
        assertParts(
                "test%2Ftoken%20in%20percent", List.of("test/token in percent", "test/token+in+percent"), List.of());
        assertParts("{\"inner\":\"{\\\"password\\\":\\\"test-password\\\"}\"}", List.of("test-password"), List.of());
    }

    @Test
    void redact_largeAndOddValues_areSearchedInTime() {
        Redactor redactor = Secrets.of(Map.of(
                        "letters", "a".repeat(16_000) + "b",
                        "dots", "{\"mail\":\"" + "a.".repeat(50_000) + "\"}",
                        "equals", "a=".repeat(100_000),
                        "colons", "a:".repeat(100_000),
                        "braces", "[{".repeat(100_000),
                        "nested", "{\"a\":".repeat(50_000)))
                .redactor();
        String text = "a".repeat(1 << 18);

        assertThat(redactor.redact(text)).isEqualTo(text);
        assertThat(redactor.redact("a".repeat(20_000) + "b")).isEqualTo("a".repeat(4_000) + "[secret:letters]");
    }
}
