package dev.modelsecrets.spring.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.spring.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FailureTest {

    private static final String SENTINEL = "test-sentinel-4711";

    @TempDir
    Path directory;

    @Test
    void missingSecret_beforeLoggingIsSetUp_isExplainedInFifteenLines(CapturedOutput output) throws IOException {
        Application application = Application.with(directory, Map.of("b", "test-value-b"))
                .importing("a", "b")
                .with("model-secrets.chain=mounted");

        assertThatThrownBy(application::start);
        assertThat(output.toString().lines().filter(line -> !line.isBlank()))
                .hasSizeLessThanOrEqualTo(15)
                .noneMatch(line -> line.startsWith("\tat "))
                .contains(
                        "APPLICATION FAILED TO START",
                        "1 of 2 declared secrets has no value:",
                        "  a",
                        "    mounted    " + directory + "/a does not exist");
    }

    @Test
    void manyMissingSecrets_always_areExplainedInFifteenLines(CapturedOutput output) throws IOException {
        String[] names = new String[40];
        for (int i = 0; i < names.length; i++) {
            names[i] = "secret_" + i;
        }
        Application application = Application.with(directory, Map.of()).importing(names);

        assertThatThrownBy(application::start);
        assertThat(output.toString().lines().filter(line -> !line.isBlank()))
                .hasSizeLessThanOrEqualTo(15)
                .contains("40 of 40 declared secrets have no value:");
    }

    @ConfigurationProperties("client")
    record ClientProperties(int port) {}

    @EnableConfigurationProperties(ClientProperties.class)
    static class Client {}

    @Test
    void bindFailure_ofASecret_isExplainedWithoutItsValue(CapturedOutput output) throws IOException {
        Application application = Application.with(directory, Map.of("port", SENTINEL))
                .importing("port")
                .with("client.port=${port}", "logging.level.root=debug");

        assertThatThrownBy(() -> application.start(Client.class));
        assertThat(output.toString())
                .doesNotContain(SENTINEL)
                .contains("APPLICATION FAILED TO START", "Property: client.port", "[secret:port]");
    }

    @Test
    void bindFailure_ofAShortSecret_isExplainedWithoutItsValue(CapturedOutput output) throws IOException {
        Application application = Application.with(directory, Map.of("port", "qzx"))
                .importing("port")
                .with("client.port=${port}");

        assertThatThrownBy(() -> application.start(Client.class));
        assertThat(output.toString())
                .doesNotContain("\"qzx\"")
                .contains("APPLICATION FAILED TO START", "For input string: \"[secret:port]\"");
    }

    static class TakesANumber {

        @Value("${port}")
        int port;
    }

    @Test
    void failureThatNoAnalyzerKnows_ofASecret_isExplainedWithoutItsValue(CapturedOutput output) throws IOException {
        Application application = Application.with(directory, Map.of("port", SENTINEL))
                .importing("port")
                .with("logging.level.root=debug");

        assertThatThrownBy(() -> application.start(TakesANumber.class));
        assertThat(output.toString())
                .doesNotContain(SENTINEL)
                .contains("APPLICATION FAILED TO START", "java.lang.NumberFormatException");
    }

    @ConfigurationProperties("client")
    record Ports(List<Integer> port) {}

    @EnableConfigurationProperties(Ports.class)
    static class TakesNumbers {}

    @Test
    void failure_thatQuotesAConvertedValue_isExplainedWithoutIt(CapturedOutput output) throws IOException {
        for (String value : List.of("test sentinel phrase", "#test-sentinel", "0xtest-sentinel", "-#test-sentinel")) {
            quotesNothing(value, Client.class);
            quotesNothing(value, TakesANumber.class);
        }
        quotesNothing("test-sentinel-1, test-sentinel-2", TakesNumbers.class);
        quotesNothing("#test-sentinel-1,#test-sentinel-2", TakesNumbers.class);

        assertThat(output.toString())
                .doesNotContain("test-sentinel", "testsentinel")
                .contains("For input string: ");
    }

    private void quotesNothing(String value, Class<?> source) throws IOException {
        Application application = Application.with(directory, Map.of("port", value))
                .importing("port")
                .with("client.port=${port}", "logging.level.root=debug");

        assertThatThrownBy(() -> application.start(source)).isNotNull();
    }

    @Test
    void failure_beforeThereIsAContext_isExplainedWithoutAValue(CapturedOutput output) throws IOException {
        Application application =
                Application.with(directory, Map.of("level", SENTINEL)).importing("level");

        application.with("logging.level.test=${level}");
        assertThatThrownBy(application::start).isNotNull();
        assertThat(output.toString())
                .doesNotContain(SENTINEL)
                .contains("APPLICATION FAILED TO START", "Property: logging.level.test", "[secret:level]");

        Path file = Files.writeString(
                directory.resolve("more.properties"), "spring.config.import=file:" + directory + "/${level}.yaml");
        application.with("spring.config.import=file:" + file + ",secrets:", "logging.level.test=info");
        assertThatThrownBy(application::start).isNotNull();
        assertThat(output.toString()).doesNotContain(SENTINEL).contains(directory + "/[secret:level].yaml");
    }

    static class Broken {

        Broken() {
            throw new IllegalStateException("an ordinary failure");
        }
    }

    @Test
    void failureWithoutASecret_always_isSpringBootsOwnAffair(CapturedOutput output) throws IOException {
        Application application =
                Application.with(directory, Map.of("port", SENTINEL)).importing("port");

        assertThatThrownBy(() -> application.start(Broken.class));
        assertThat(output.toString())
                .contains("an ordinary failure", "\tat ")
                .doesNotContain("APPLICATION FAILED TO START");
    }
}
