package dev.modelsecrets.clients.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.clients.PromptGuard;
import dev.modelsecrets.clients.SecretInPromptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** What a Spring AI chat client sends to its model. */
class SecretGuardAdvisorTest {

    private static final String VALUE = "test-token/one+two=three";
    private static final Secrets SECRETS = Secrets.of(Map.of("hf_token", VALUE));

    private final List<Prompt> sent = new ArrayList<>();

    static List<Message> messages() {
        String json = "{\"token\": \"" + VALUE + "\"}";
        return List.of(
                new SystemMessage("use " + VALUE),
                new UserMessage("my token is " + VALUE),
                new AssistantMessage("it is " + VALUE),
                AssistantMessage.builder()
                        .content("")
                        .toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "fetch", json)))
                        .build(),
                ToolResponseMessage.builder()
                        .responses(List.of(new ToolResponseMessage.ToolResponse("1", "fetch", "HF_TOKEN=" + VALUE)))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void request_withASecret_isSentWithoutIt(Message message) {
        ChatClient client = client(PromptGuard.redacting(SECRETS.redactor()));

        client.prompt(new Prompt(List.of(message, new UserMessage("go on"))))
                .call()
                .content();
        client.prompt(new Prompt(List.of(message, new UserMessage("go on")))).stream()
                .content()
                .blockLast();

        assertThat(sent)
                .hasSize(2)
                .allSatisfy(prompt -> assertThat(prompt.toString())
                        .contains("[secret:hf_token]")
                        .doesNotContain(VALUE));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void request_withASecretAndARefusingGuard_isNotSent(Message message) {
        ChatClient client = client(PromptGuard.refusing(SECRETS.redactor()));
        Prompt prompt = new Prompt(List.of(message, new UserMessage("go on")));

        assertThatThrownBy(() -> client.prompt(prompt).call().content())
                .isInstanceOf(SecretInPromptException.class)
                .hasMessageNotContaining(VALUE);
        assertThatThrownBy(() -> client.prompt(prompt).stream().content().blockLast())
                .isInstanceOf(SecretInPromptException.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void request_withoutSecrets_isSentAsItIs() {
        String answer = client(PromptGuard.refusing(SECRETS.redactor()))
                .prompt("what is a test-token?")
                .call()
                .content();

        assertThat(answer).isEqualTo("fine");
        assertThat(sent.get(0).getUserMessage().getText()).isEqualTo("what is a test-token?");
    }

    private ChatClient client(PromptGuard guard) {
        ChatModel model = new ChatModel() {
            @Override
            public ChatResponse call(Prompt prompt) {
                sent.add(prompt);
                return new ChatResponse(List.of(new Generation(new AssistantMessage("fine"))));
            }

            @Override
            public Flux<ChatResponse> stream(Prompt prompt) {
                return Flux.defer(() -> Flux.just(call(prompt)));
            }
        };
        return ChatClient.builder(model)
                .defaultAdvisors(new SecretGuardAdvisor(guard))
                .build();
    }
}
