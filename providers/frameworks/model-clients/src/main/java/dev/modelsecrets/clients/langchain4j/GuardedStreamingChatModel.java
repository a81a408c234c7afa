package dev.modelsecrets.clients.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.modelsecrets.clients.PromptGuard;
import java.util.List;
import java.util.Set;

/**
 * A streaming LangChain4j chat model that keeps secrets out of each request, as {@link GuardedChatModel} does.
 *
 * <pre>{@code
 * StreamingChatModel model = GuardedStreamingChatModel.around(openAi, PromptGuard.refusing(secrets.redactor()));
 * }</pre>
 *
 * <p>Thread-safe if the other model is.
 */
public final class GuardedStreamingChatModel implements StreamingChatModel {

    private final StreamingChatModel model;
    private final GuardedMessages messages;

    private GuardedStreamingChatModel(StreamingChatModel model, GuardedMessages messages) {
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
    public static GuardedStreamingChatModel around(StreamingChatModel model, PromptGuard guard) {
        return new GuardedStreamingChatModel(model, new GuardedMessages(guard));
    }

    /**
     * Sends a request without secrets.
     *
     * @throws dev.modelsecrets.clients.SecretInPromptException if the guard refuses it
     */
    @Override
    public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
        model.chat(messages.clean(request), options, handler);
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        model.doChat(messages.clean(request), handler);
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
