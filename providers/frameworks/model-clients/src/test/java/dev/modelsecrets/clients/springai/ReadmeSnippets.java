package dev.modelsecrets.clients.springai;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.clients.PromptGuard;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

/** The code of the README for Spring AI. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static ChatClient guard(ChatModel model, Secrets secrets) {
        ChatClient client = ChatClient.builder(model)
                .defaultAdvisors(new SecretGuardAdvisor(PromptGuard.redacting(secrets.redactor())))
                .build();
        return client;
    }
}
