package dev.modelsecrets.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.Client;
import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.zaxxer.hikari.HikariDataSource;
import dev.langchain4j.model.chat.ChatModel;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Each client has one key after the other while it is used, and no request fails. */
@TestInstance(Lifecycle.PER_METHOD)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
abstract class ClientsUnderRotation {

    private final int rotations;
    private KeyServer server;

    ClientsUnderRotation(int rotations) {
        this.rotations = rotations;
    }

    @BeforeEach
    void startServer() throws IOException {
        server = new KeyServer();
        server.accept(0);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private void rotate(Load load, Callable<String> request) throws Exception {
        load.run(rotations, server, () -> assertThat(request.call()).contains("hello"));
        assertThat(server.refused()).isZero();
        assertThat(server.generations()).isBetween(rotations, rotations + 1);
    }

    @Test
    void langChain4j_keyThatRotates_failsNoRequest() throws Exception {
        try (Load load = new Load("openai_api_key")) {
            ChatModel model = LangChain4jClient.create(load.secrets(), server.url());

            rotate(load, () -> model.chat("hello"));
        }
    }

    @Test
    void openAi_keyThatRotates_failsNoRequest() throws Exception {
        try (Load load = new Load("openai_api_key")) {
            OpenAIClient client = OpenAiClient.create(load.secrets(), server.url());
            ChatCompletionCreateParams hello = ChatCompletionCreateParams.builder()
                    .model("demo")
                    .addUserMessage("hello")
                    .build();

            rotate(
                    load,
                    () -> client.chat()
                            .completions()
                            .create(hello)
                            .choices()
                            .get(0)
                            .message()
                            .content()
                            .orElseThrow());
            client.close();
        }
    }

    @Test
    void anthropic_keyThatRotates_failsNoRequest() throws Exception {
        try (Load load = new Load("anthropic_api_key")) {
            AnthropicClient client = AnthropicSdkClient.create(load.secrets(), server.url());
            MessageCreateParams hello = MessageCreateParams.builder()
                    .model("demo")
                    .maxTokens(10)
                    .addUserMessage("hello")
                    .build();

            rotate(
                    load,
                    () -> client.messages()
                            .create(hello)
                            .content()
                            .get(0)
                            .asText()
                            .text());
            client.close();
        }
    }

    @Test
    void springAi_keyThatRotates_failsNoRequest() throws Exception {
        try (Load load = new Load("openai_api_key")) {
            OpenAiChatModel model = SpringAiClient.create(load.secrets(), server.url());

            rotate(
                    load,
                    () -> model.call(new Prompt("hello"))
                            .getResult()
                            .getOutput()
                            .getText());
        }
    }

    @Test
    void aws_keyThatRotates_failsNoRequest() throws Exception {
        try (Load load = new Load("aws_access_key_id", "aws_secret_access_key");
                SecretsManagerClient client = AwsClient.create(load.secrets(), server.url())) {
            rotate(
                    load,
                    () -> client.getSecretValue(get -> get.secretId("demo")).secretString());
        }
    }

    @Test
    void google_keyThatRotates_isRebuiltOnceARotation() throws Exception {
        try (Load load = new Load("google_api_key");
                RebuiltClient<Client> client = GoogleClient.create(load.secrets(), server.url())) {
            rotate(load, () -> ask(client));

            assertThat(client.builds()).isLessThanOrEqualTo(rotations + 1);
        }
    }

    private static String ask(RebuiltClient<Client> client) {
        return client.call(
                google -> google.models.generateContent("demo", "hello", null).text());
    }

    @Test
    void djl_keyThatRotates_isRebuiltOnceARotation() throws Exception {
        try (Load load = new Load("djl_api_key");
                RebuiltClient<ZooModel<String, String>> client = DjlClient.create(load.secrets(), server.url())) {
            rotate(load, () -> client.call(ClientsUnderRotation::predict));

            assertThat(client.builds()).isLessThanOrEqualTo(rotations + 1);
        }
    }

    private static String predict(ZooModel<String, String> model) {
        try (Predictor<String, String> predictor = model.newPredictor()) {
            return predictor.predict("hello");
        } catch (TranslateException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void databasePool_passwordThatRotates_failsNoQuery() throws Exception {
        Set<Integer> sessions = ConcurrentHashMap.newKeySet();
        try (Load load = new Load("db_password");
                Database database = new Database();
                HikariDataSource pool = DatabasePool.create(load.secrets(), database.url())) {
            load.run(rotations, database, () -> sessions.add(session(pool)));

            assertThat(sessions).hasSizeGreaterThan(pool.getMaximumPoolSize());
        }
    }

    private static int session(HikariDataSource pool) throws Exception {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT SESSION_ID()")) {
            result.next();
            return result.getInt(1);
        }
    }
}
