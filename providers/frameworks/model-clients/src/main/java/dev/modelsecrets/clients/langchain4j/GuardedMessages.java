package dev.modelsecrets.clients.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.modelsecrets.clients.PromptGuard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cleans each message of a request: what people and programs wrote, tools' arguments and tools' results. */
final class GuardedMessages {

    private final PromptGuard guard;

    GuardedMessages(PromptGuard guard) {
        this.guard = guard;
    }

    ChatRequest clean(ChatRequest request) {
        List<ChatMessage> messages =
                request.messages().stream().map(this::clean).toList();
        return ChatRequest.builder()
                .messages(messages)
                .parameters(request.parameters())
                .build();
    }

    private ChatMessage clean(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return SystemMessage.from(guard.clean(system.text(), "a system message"));
        }
        if (message instanceof UserMessage user) {
            return user.toBuilder()
                    .name(cleanIfPresent(user.name(), "a user's name"))
                    .contents(contents(user.contents(), "a user message"))
                    .build();
        }
        if (message instanceof AiMessage answer) {
            return answer.toBuilder()
                    .text(cleanIfPresent(answer.text(), "a former answer"))
                    .thinking(cleanIfPresent(answer.thinking(), "a former answer"))
                    .toolExecutionRequests(answer.toolExecutionRequests().stream()
                            .map(this::clean)
                            .toList())
                    .build();
        }
        if (message instanceof ToolExecutionResultMessage result) {
            return result.toBuilder()
                    .contents(contents(result.contents(), "a tool's result"))
                    .build();
        }
        if (message instanceof CustomMessage custom) {
            return CustomMessage.from(guard.clean(custom.attributes(), "a custom message"));
        }
        return message;
    }

    private ToolExecutionRequest clean(ToolExecutionRequest request) {
        return request.toBuilder()
                .arguments(cleanIfPresent(request.arguments(), "a tool's arguments"))
                .build();
    }

    private @Nullable String cleanIfPresent(@Nullable String text, String part) {
        return text == null ? null : guard.clean(text, part);
    }

    private List<Content> contents(List<Content> contents, String part) {
        return contents.stream()
                .map(content -> content instanceof TextContent text
                        ? TextContent.from(guard.clean(text.text(), part))
                        : content)
                .toList();
    }
}
