package dev.modelsecrets.examples.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.credential.BearerTokenCredential;
import dev.modelsecrets.RefreshingSecrets;

/** OpenAI's SDK: the credential is asked for each request. */
final class OpenAiClient {

    private OpenAiClient() {}

    static OpenAIClient create(RefreshingSecrets secrets, String server) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(server + "/v1")
                .credential(BearerTokenCredential.create(() -> secrets.get().require("openai_api_key")))
                .maxRetries(0)
                .build();
    }
}
