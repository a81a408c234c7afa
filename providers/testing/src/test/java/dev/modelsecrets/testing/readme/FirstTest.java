package dev.modelsecrets.testing.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.modelsecrets.testing.SecretFixture;
import org.junit.jupiter.api.Test;

@SecretFixture(name = "hf_access_token", value = "test-token")
class FirstTest {

    @Test
    void header_withToken_hasIt(HuggingFace secrets) {
        assertEquals("Bearer test-token", new Summarizer(secrets).header());
    }
}
