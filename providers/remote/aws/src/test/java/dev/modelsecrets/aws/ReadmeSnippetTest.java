package dev.modelsecrets.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.SecretProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadmeSnippetTest {

    @Test
    void secretPerName_localHasAll_asksNobody() {
        SecretProvider local = SecretProvider.of("local", Map.of("hf_access_token", "test-token"));

        assertThat(ReadmeSnippet.secretPerName(local).resolve("hf_access_token").require("hf_access_token"))
                .isEqualTo("test-token");
    }

    @Test
    void keysOf_build_asksNobody() {
        try (AwsSecretProvider aws = ReadmeSnippet.keysOf("a1b2c3")) {
            assertThat(aws).hasToString("AWS Secrets Manager, keys of prod/sentiment, prod/shared");
        }
    }
}
