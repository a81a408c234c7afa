package dev.modelsecrets.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Secret;
import dev.modelsecrets.spring.Application;
import dev.modelsecrets.spring.EnableSecrets;
import dev.modelsecrets.testing.SecretFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

@SpringBootTest(
        classes = {Application.Base.class, ActuatorTest.Client.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.config.import=secrets:",
            "model-secrets.names=hf_token,short_key,pin,keys",
            "model-secrets.defaults.stage=prod",
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always",
            "management.endpoint.health.show-details=always",
            "client.key=${hf_token}",
            "client.url=https://user:${hf_token}@models.example/v1?k=${short_key}",
            "client.headers.x=Bearer ${hf_token}",
            "client.list[0]=${short_key}",
            "client.keys=${keys}",
            "client.pin=${pin}",
            "client.public=production"
        })
@SecretFixture(name = "hf_token", value = ActuatorTest.TOKEN)
@SecretFixture(name = "short_key", value = "qz7-k")
@SecretFixture(name = "pin", value = "q7")
@SecretFixture(name = "keys", value = "test-key-a==, test-key-b")
class ActuatorTest {

    static final String TOKEN = "test-sentinel-4711";

    @ConfigurationProperties("client")
    record ClientProperties(
            String key,
            URI url,
            Map<String, String> headers,
            List<String> list,
            List<String> keys,
            String pin,
            String public_) {}

    record HuggingFace(Secret hfToken) {}

    @EnableConfigurationProperties(ClientProperties.class)
    @EnableSecrets(HuggingFace.class)
    static class Client {}

    @Value("${local.server.port}")
    int port;

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/" + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void env_always_showsNoValue() throws Exception {
        assertThat(get("env"))
                .doesNotContain(TOKEN, "qz7-k", "\"q7\"")
                .containsPattern("\"hf_token\":\\{[^}]*\"value\":\"\\*{6}\"")
                .contains("\"secrets:\"", "fixtures: FixtureSecrets")
                .contains("https://user:[secret:hf_token]@models.example/v1?k=[secret:short_key]")
                .contains("\"client.key\":{\"value\":\"[secret:hf_token]\"")
                .contains("\"client.pin\":{\"value\":\"[secret:pin]\"")
                .contains("\"client.public\":{\"value\":\"production\"");
    }

    @Test
    void env_ofOneProperty_showsNoValue() throws Exception {
        assertThat(get("env/hf_token")).contains("******").doesNotContain(TOKEN);
        assertThat(get("env/client.url")).contains("models.example").doesNotContain(TOKEN, "qz7-k");
    }

    @Test
    void configprops_always_showsNoValue() throws Exception {
        assertThat(get("configprops"))
                .doesNotContain(TOKEN, "qz7-k", "\"q7\"", "test-key")
                .contains("Bearer [secret:hf_token]", "model-secrets", "[\"[secret:keys]\",\"[secret:keys]\"]");
    }

    @Test
    void health_ofFreshSecrets_isUpWithTheirAge() throws Exception {
        assertThat(get("health/secrets"))
                .contains("\"age\":\"", "\"status\":\"UP\"")
                .doesNotContain("lastFailure");
    }

    @Test
    void endpoints_thatAreLeft_showNoValue() throws Exception {
        for (String path : List.of("beans", "conditions", "mappings", "loggers", "info", "scheduledtasks")) {
            assertThat(get(path)).as(path).doesNotContain(TOKEN);
        }
    }
}
