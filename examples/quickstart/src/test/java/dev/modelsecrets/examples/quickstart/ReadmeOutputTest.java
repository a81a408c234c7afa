package dev.modelsecrets.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.modelsecrets.ConflictPolicy;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.StandardProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code README.md} and {@code core/MESSAGES.md} show as output is what comes out, the directories aside. */
class ReadmeOutputTest {

    private static final SecretDeclarations DECLARATIONS = SecretDeclarations.builder()
            .required("hf_access_token")
            .required("s3_access_key")
            .withDefault("s3_region", "us-east-1")
            .required("s3_bucket")
            .build();

    private static final Path ROOT = Path.of(System.getProperty("basedir", ""), "../..");

    @TempDir
    Path directory;

    private Path secrets;
    private Path localConfig;

    @BeforeEach
    void makePlaces() throws IOException {
        secrets = Files.createDirectories(directory.resolve("secrets"));
        localConfig =
                Files.createDirectories(directory.resolve("home/me/.truss")).resolve("config.yaml");
        Files.writeString(secrets.resolve("s3_access_key"), "test-key-1");
    }

    @Test
    void missingSecrets_message_isInReadme() throws IOException {
        Files.writeString(secrets.resolve("s3_bucket.txt"), "test-bucket");
        SecretsResolver resolver =
                places(Map.of("HF_ACCESS_TOKEN", "test-token")).resolver();
        assertReadmeShows(messageOf(resolver));
    }

    @Test
    void firstSteps_message_isInReadme() throws IOException {
        SecretDeclarations first = SecretDeclarations.builder()
                .required("hf_access_token")
                .withDefault("s3_region", "us-east-1")
                .build();
        SecretsResolver resolver = StandardProviders.builder()
                .environment(Map.of())
                .secretsDirectory(directory.resolve("none/secrets"))
                .localConfig(localConfig)
                .resolver();

        String message = catchThrowable(() -> resolver.resolve(first)).getMessage();

        assertReadmeShows(message.replace("/none/secrets", "/secrets"));
    }

    @Test
    void failingProvider_message_isInReadme() throws IOException {
        PrivateFile.write(localConfig, "secrets:\n  hf_access_token: \"test-token\n");
        assertReadmeShows(messageOf(places(Map.of()).resolver()));
    }

    @Test
    void conflict_message_isInReadme() throws IOException {
        PrivateFile.write(localConfig, "secrets: {s3_access_key: test-key-2}\n");
        SecretsResolver resolver = SecretsResolver.builder()
                .providers(
                        places(Map.of("TRUSS_SECRET_hf_access_token", "test-token", "AUTH_SECRET", "{\"s3_bucket\":1}"))
                                .chain())
                .conflicts(ConflictPolicy.FAIL)
                .build();
        assertReadmeShows(messageOf(resolver));
    }

    @Test
    void explain_table_isInReadme() throws IOException {
        PrivateFile.write(localConfig, "secrets: {s3_access_key: test-key-2}\n");
        SecretsResolver resolver =
                places(Map.of("TRUSS_SECRET_hf_access_token", "test-token")).resolver();
        assertReadmeShows(resolver.explain(DECLARATIONS).toString());
    }

    private StandardProviders.Builder places(Map<String, String> environment) {
        return StandardProviders.builder()
                .environment(environment)
                .secretsDirectory(secrets)
                .localConfig(localConfig);
    }

    private static String messageOf(SecretsResolver resolver) {
        return catchThrowable(() -> resolver.resolve(DECLARATIONS)).getMessage();
    }

    private void assertReadmeShows(String output) throws IOException {
        String pages = Files.readString(ROOT.resolve("README.md")) + Files.readString(ROOT.resolve("core/MESSAGES.md"));
        assertThat(withSingleSpaces(pages))
                .contains(withSingleSpaces(
                        output.replace(directory.toString(), "").strip()));
    }

    /** The width of a column depends on the paths. */
    private static String withSingleSpaces(String text) {
        return text.replaceAll(" +", " ");
    }
}
