package dev.modelsecrets.clients.springai;

import dev.modelsecrets.clients.PromptGuard;
import java.util.List;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;

/**
 * A Spring AI advisor that keeps secrets out of each request: messages, tools' arguments and tools' results.
 *
 * <pre>{@code
 * ChatClient client = ChatClient.builder(model)
 *         .defaultAdvisors(new SecretGuardAdvisor(PromptGuard.redacting(secrets.redactor())))
 *         .build();
 * }</pre>
 *
 * <p>It comes last, right before the model, so that it sees what memories, templates and other advisors have added, and
 * each round of tool calls. Texts are cleaned; media are not looked at. Thread-safe.
 */
public final class SecretGuardAdvisor implements CallAdvisor, StreamAdvisor {

    private final PromptGuard guard;

    /**
     * Creates an advisor.
     *
     * @param guard redacts or refuses
     */
    public SecretGuardAdvisor(PromptGuard guard) {
        this.guard = guard;
    }

    /**
     * Passes a request on without secrets.
     *
     * @throws dev.modelsecrets.clients.SecretInPromptException if the guard refuses it
     */
    @Override
    public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
        return chain.nextCall(clean(request));
    }

    /**
     * Passes a request on without secrets; the stream fails with {@link
     * dev.modelsecrets.clients.SecretInPromptException} if the guard refuses it.
     */
    @Override
    public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
        return Flux.defer(() -> chain.nextStream(clean(request)));
    }

    @Override
    public String getName() {
        return "secret guard";
    }

    @Override
    public int getOrder() {
        // The call of the model itself has the lowest.
        return Ordered.LOWEST_PRECEDENCE - 1;
    }

    private ChatClientRequest clean(ChatClientRequest request) {
        List<Message> messages =
                request.prompt().getInstructions().stream().map(this::clean).toList();
        return request.mutate()
                .prompt(request.prompt().mutate().messages(messages).build())
                .build();
    }

    private Message clean(Message message) {
        if (message instanceof SystemMessage system) {
            return system.mutate().text(text(system, "a system message")).build();
        }
        if (message instanceof UserMessage user) {
            return user.mutate().text(text(user, "a user message")).build();
        }
        if (message instanceof AssistantMessage answer) {
            return answer.mutate()
                    .content(text(answer, "a former answer"))
                    .toolCalls(answer.getToolCalls().stream().map(this::clean).toList())
                    .build();
        }
        if (message instanceof ToolResponseMessage results) {
            return ToolResponseMessage.builder()
                    .responses(results.getResponses().stream().map(this::clean).toList())
                    .metadata(results.getMetadata())
                    .build();
        }
        return message;
    }

    private String text(Message message, String part) {
        String text = message.getText();
        return text == null ? "" : guard.clean(text, part);
    }

    private AssistantMessage.ToolCall clean(AssistantMessage.ToolCall call) {
        String arguments = guard.clean(call.arguments(), "a tool's arguments");
        return new AssistantMessage.ToolCall(call.id(), call.type(), call.name(), arguments);
    }

    private ToolResponseMessage.ToolResponse clean(ToolResponseMessage.ToolResponse result) {
        String data = guard.clean(result.responseData(), "a tool's result");
        return new ToolResponseMessage.ToolResponse(result.id(), result.name(), data);
    }
}
