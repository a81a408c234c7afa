package dev.modelsecrets.examples.clients;

import com.openai.credential.BearerTokenCredential;
import dev.modelsecrets.RefreshingSecrets;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Spring AI: its model for OpenAI stands on OpenAI's SDK, and takes the SDK's credential in place of a key. */
final class SpringAiClient {

    private SpringAiClient() {}

    static OpenAiChatModel create(RefreshingSecrets secrets, String server) {
        OpenAiChatOptions options = OpenAiChatOptions.builder()
                .baseUrl(server + "/v1")
                .credential(BearerTokenCredential.create(() -> secrets.get().require("openai_api_key")))
                .model("demo")
                .maxRetries(0)
                .build();
        return OpenAiChatModel.builder().options(options).build();
    }
}
