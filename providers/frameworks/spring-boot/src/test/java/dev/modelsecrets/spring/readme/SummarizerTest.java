package dev.modelsecrets.spring.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.testing.SecretFixture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@SecretFixture(name = "hf_access_token", value = "test-token")
class SummarizerTest {

    @Autowired
    Client client;

    @Test
    void header_withToken_hasIt() {
        assertThat(client.header()).isEqualTo("Bearer test-token");
    }
}
