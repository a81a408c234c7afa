package dev.modelsecrets.clients.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.clients.PromptGuard;
import dev.modelsecrets.clients.SecretInPromptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a LangChain4j model is sent. */
class GuardedChatModelTest {

    private static final String VALUE = "test-token/one+two=three";
    private static final Secrets SECRETS = Secrets.of(Map.of("hf_token", VALUE));

    private final List<ChatRequest> sent = new ArrayList<>();
    private final ChatModel model = new ChatModel() {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            sent.add(request);
            return ChatResponse.builder().aiMessage(AiMessage.from("fine")).build();
        }
    };

    static List<ChatMessage> messages() {
        ToolExecutionRequest request = ToolExecutionRequest.builder()
                .id("1")
                .name("fetch")
                .arguments("{\"token\": \"" + VALUE + "\"}")
                .build();
        return List.of(
                SystemMessage.from("use " + VALUE),
                UserMessage.from(
                        TextContent.from("my token is " + VALUE), ImageContent.from("https://example.com/a.png")),
                AiMessage.from("it is " + VALUE, List.of(request)),
                AiMessage.from(request),
                ToolExecutionResultMessage.from(request, "HF_TOKEN=" + VALUE),
                CustomMessage.from(Map.of("content", List.of(Map.of("text", VALUE)))));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void request_withASecret_isSentWithoutIt(ChatMessage message) {
        GuardedChatModel guarded = GuardedChatModel.around(model, PromptGuard.redacting(SECRETS.redactor()));

        guarded.chat(message);

        assertThat(sent)
                .singleElement()
                .satisfies(request -> assertThat(request.toString())
                        .contains("[secret:hf_token]")
                        .doesNotContain(VALUE));
        assertThat(sent.get(0).messages().get(0)).isExactlyInstanceOf(message.getClass());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void request_withASecretAndARefusingGuard_isNotSent(ChatMessage message) {
        GuardedChatModel guarded = GuardedChatModel.around(model, PromptGuard.refusing(SECRETS.redactor()));

        assertThatThrownBy(() -> guarded.chat(message))
                .isInstanceOf(SecretInPromptException.class)
                .hasMessageStartingWith("The prompt was not sent: there is a secret in a ")
                .hasMessageNotContaining(VALUE);
        assertThat(sent).isEmpty();
    }

    @Test
    void request_withoutSecrets_isSentAsItIs() {
        GuardedChatModel guarded = GuardedChatModel.around(model, PromptGuard.refusing(SECRETS.redactor()));

        String answer = guarded.chat("what is a test-token?");

        assertThat(answer).isEqualTo("fine");
        assertThat(sent.get(0).messages()).containsExactly(UserMessage.from("what is a test-token?"));
    }

    @Test
    void streamingRequest_withASecret_isSentWithoutIt() {
        StreamingChatModel streaming = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                sent.add(request);
            }
        };
        GuardedStreamingChatModel.around(streaming, PromptGuard.redacting(SECRETS.redactor()))
                .chat("token " + VALUE, new StreamingChatResponseHandler() {
                    @Override
                    public void onCompleteResponse(ChatResponse response) {}

                    @Override
                    public void onError(Throwable failure) {}
                });

        assertThat(sent.get(0).messages()).containsExactly(UserMessage.from("token [secret:hf_token]"));
    }
}
