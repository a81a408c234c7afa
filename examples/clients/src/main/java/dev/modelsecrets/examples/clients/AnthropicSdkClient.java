package dev.modelsecrets.examples.clients;

import com.anthropic.backends.Backend;
import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.HttpRequest;
import dev.modelsecrets.RefreshingSecrets;

/** Anthropic's SDK: a backend of one's own authorizes each request. */
final class AnthropicSdkClient {

    private AnthropicSdkClient() {}

    static AnthropicClient create(RefreshingSecrets secrets, String server) {
        return AnthropicOkHttpClient.builder()
                .backend(new RotatingBackend(secrets, server))
                .maxRetries(0)
                .build();
    }

    private record RotatingBackend(RefreshingSecrets secrets, String baseUrl) implements Backend {

        @Override
        public HttpRequest authorizeRequest(HttpRequest request) {
            return request.toBuilder()
                    .replaceHeaders("X-Api-Key", secrets.get().require("anthropic_api_key"))
                    .build();
        }

        @Override
        public void close() {}
    }
}
