package dev.modelsecrets.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointTest {

    @Test
    void of_https_kept() {
        assertThat(Endpoint.of(URI.create("https://api.example.org"))).hasToString("https://api.example.org");
        assertThat(Endpoint.of(URI.create("HTTPS://api.example.org/base/")))
                .hasToString("HTTPS://api.example.org/base");
    }

    @Test
    void of_otherSchemes_refused() {
        assertThatThrownBy(() -> Endpoint.of(URI.create("http://api.example.org")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "secrets go out over TLS only: the URL of a platform has to begin with https, and begins with"
                                + " http");
        assertThatThrownBy(() -> Endpoint.of(URI.create("api.example.org")))
                .hasMessage("secrets go out over TLS only: the URL of a platform has to begin with https");
        assertThatThrownBy(() -> Endpoint.of(URI.create("http://127.0.0.1:80")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_partsThatMayHoldSecrets_refusedWithoutQuoting() {
        for (String url : List.of(
                "https://me:test-password@example.org",
                "https://example.org?key=test-password",
                "https://example.org#test-password",
                "https:///test-password")) {
            assertThatThrownBy(() -> Endpoint.of(URI.create(url)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("test-password");
        }
    }

    @Test
    void plainLoopback_thisMachine_only() {
        for (String url : List.of("http://localhost:1", "http://127.0.0.1", "http://[::1]:8080")) {
            assertThat(Endpoint.plainLoopback(URI.create(url))).hasToString(url);
        }
        for (String url : List.of("http://127.0.0.1.example.org", "http://10.0.0.1", "https://localhost")) {
            assertThatThrownBy(() -> Endpoint.plainLoopback(URI.create(url)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void withTimeout_notPositive_refused() {
        Endpoint endpoint = Endpoint.of(URI.create("https://api.example.org"));

        assertThatThrownBy(() -> endpoint.withTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
