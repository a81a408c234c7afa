package dev.modelsecrets.examples.clients;

import com.openai.client.OpenAIClient;
import dev.modelsecrets.RefreshingSecrets;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/**
 * Spring AI: its model for OpenAI takes the SDK's client. The credential can be an option of the model, too, but then a
 * variable {@code OPENAI_API_KEY} would win over it.
 */
final class SpringAiClient {

    private SpringAiClient() {}

    static OpenAiChatModel create(RefreshingSecrets secrets, String server) {
        OpenAIClient client = OpenAiClient.create(secrets, server);
        return OpenAiChatModel.builder()
                .openAiClient(client)
                .openAiClientAsync(client.async())
                .options(OpenAiChatOptions.builder().model("demo").build())
                .build();
    }
}
