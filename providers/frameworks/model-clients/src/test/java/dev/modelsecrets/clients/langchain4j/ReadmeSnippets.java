package dev.modelsecrets.clients.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.clients.PromptGuard;
import java.util.Map;

/** The code of the README for LangChain4j. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static Map.Entry<ChatModel, StreamingChatModel> guard(
            ChatModel openAi, StreamingChatModel openAiStreaming, Secrets secrets) {
        PromptGuard guard = PromptGuard.redacting(secrets.redactor()); // or refusing(..)
        ChatModel model = GuardedChatModel.around(openAi, guard);
        StreamingChatModel streaming = GuardedStreamingChatModel.around(openAiStreaming, guard);
        return Map.entry(model, streaming);
    }
}
