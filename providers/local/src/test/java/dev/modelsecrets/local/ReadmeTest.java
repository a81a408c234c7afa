package dev.modelsecrets.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README shows code that compiles, and that works. */
class ReadmeTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));

    @Test
    void snippets_always_areCompiledCode() throws IOException {
        String readme = Files.readString(MODULE.resolve("README.md"));
        Path source = MODULE.resolve("src/test/java/dev/modelsecrets/local/ReadmeSnippet.java");
        String code = Files.readString(source).replaceAll("(?m)^ {4}", "");

        Matcher snippets = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);

        assertThat(snippets.results().map(snippet -> snippet.group(1)).toList())
                .hasSize(4)
                .allSatisfy(snippet -> assertThat(code).contains(snippet));
    }

    @Test
    void resolver_ofReadme_findsEachInItsPlace(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("model"));
        Files.writeString(home.resolve("model/.env"), "S3_KEY='test-s3#key' # note\n");
        Map<String, String> environment = Map.of("OPENAI_API_KEY", "test-openai", "HF_TOKEN", "test-hf");

        try (SecretsResolver resolver = ReadmeSnippet.resolver(environment, home)) {
            Secrets secrets = resolver.resolve("s3_key", "openai_api_key", "hf_access_token");

            assertThat(secrets.require("s3_key")).isEqualTo("test-s3#key");
            assertThat(secrets.require("openai_api_key")).isEqualTo("test-openai");
            assertThat(secrets.source("hf_access_token")).hasToString("Hugging Face login: HF_TOKEN");
        }
    }
}
