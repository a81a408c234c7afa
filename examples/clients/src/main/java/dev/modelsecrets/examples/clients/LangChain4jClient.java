package dev.modelsecrets.examples.clients;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.modelsecrets.RefreshingSecrets;
import java.util.Map;

/** LangChain4j: the headers are supplied for each request, and one of them replaces that of the key. */
final class LangChain4jClient {

    private LangChain4jClient() {}

    static ChatModel create(RefreshingSecrets secrets, String server) {
        return OpenAiChatModel.builder()
                .baseUrl(server + "/v1")
                .modelName("demo")
                .customHeaders(
                        () -> Map.of("Authorization", "Bearer " + secrets.get().require("openai_api_key")))
                .maxRetries(0)
                .build();
    }
}
