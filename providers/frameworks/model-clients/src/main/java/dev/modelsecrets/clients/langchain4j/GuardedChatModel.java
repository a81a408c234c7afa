package dev.modelsecrets.clients.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.modelsecrets.clients.PromptGuard;
import java.util.List;
import java.util.Set;

/**
 * A LangChain4j chat model that keeps secrets out of each request: messages, tools' arguments and tools' results.
 *
 * <pre>{@code
 * ChatModel model = GuardedChatModel.around(openAi, PromptGuard.redacting(secrets.redactor()));
 * }</pre>
 *
 * <p>A model and not a listener, because LangChain4j ignores what a listener throws and lets none change a request; and
 * not a guardrail, because a guardrail sees no tool's result. Texts are cleaned; images and other binary contents are
 * not looked at. Thread-safe if the other model is.
 */
public final class GuardedChatModel implements ChatModel {

    private final ChatModel model;
    private final GuardedMessages messages;

    private GuardedChatModel(ChatModel model, GuardedMessages messages) {
        this.model = model;
        this.messages = messages;
    }

    /**
     * Returns a model that cleans requests before another one sends them.
     *
     * @param model the other model
     * @param guard redacts or refuses
     * @return the model
     */
    public static GuardedChatModel around(ChatModel model, PromptGuard guard) {
        return new GuardedChatModel(model, new GuardedMessages(guard));
    }

    /**
     * Sends a request without secrets.
     *
     * @throws dev.modelsecrets.clients.SecretInPromptException if the guard refuses it
     */
    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        return model.chat(messages.clean(request), options);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return model.doChat(messages.clean(request));
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return model.listeners();
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return model.supportedCapabilities();
    }
}
