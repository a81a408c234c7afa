package dev.modelsecrets.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class LogRedactionTest {

    private static final String SENTINEL = "test-sentinel-4711";

    @TempDir
    Path directory;

    private static void log(String text) {
        LoggerFactory.getLogger(LogRedactionTest.class).info("value={}", text);
    }

    static class Logs {

        Logs() {
            log(SENTINEL);
        }
    }

    record Api(Secret apiKey) {}

    @EnableSecrets(Api.class)
    static class Declares {}

    @Test
    void log_ofAnApplicationWithImport_holdsNoValueFromTheFirstLineOn(CapturedOutput output) throws IOException {
        Application application = Application.with(directory, Map.of("a", SENTINEL))
                .importing("a")
                .with("logging.level.root=debug");

        application.start(Logs.class).close();

        assertThat(output.toString()).contains("value=[secret:a]").doesNotContain(SENTINEL);
    }

    @Test
    void log_withoutImport_isRedactedOnceBeansAreThere(CapturedOutput output) throws IOException {
        Application application = Application.with(directory, Map.of("api_key", SENTINEL));

        try (ConfigurableApplicationContext context = application.start(Declares.class)) {
            assertThat(context.isActive()).isTrue();
            log(SENTINEL);
        }

        assertThat(output.toString()).contains("value=[secret:api_key]").doesNotContain(SENTINEL);
    }

    @Test
    void log_switchedOff_isLeftAlone(CapturedOutput output) throws IOException {
        Application application = Application.with(directory, Map.of("a", SENTINEL))
                .importing("a")
                .with("model-secrets.redact-logs=false");

        application.start(Logs.class).close();

        assertThat(output.toString()).contains("value=" + SENTINEL);
    }

    @Test
    void log_afterTheContextIsClosed_isAsItWas(CapturedOutput output) throws IOException {
        Application.with(directory, Map.of("a", SENTINEL))
                .importing("a")
                .start()
                .close();

        log(SENTINEL);

        assertThat(output.toString()).contains("value=" + SENTINEL);
    }

    /** Spring Boot drops what is logged before it has set up the log, and secrets are resolved before that. */
    @Test
    void log_warningOfTheFirstResolution_isThereOnce(CapturedOutput output) throws IOException {
        Application application = Application.with(directory, Map.of("a", "changeme", "b", SENTINEL))
                .importing("a", "b");

        application.start(Logs.class).close();

        assertThat(output.toString().lines().filter(line -> line.contains("looks like a placeholder")))
                .singleElement()
                .asString()
                .contains(" WARN ")
                .endsWith("The value of the secret a (mounted: " + directory
                        + "/a) looks like a placeholder: set the real one");
    }

    @Test
    void log_warningBelowTheLevel_isNotThere(CapturedOutput output) throws IOException {
        Application application = Application.with(directory, Map.of("a", "changeme"))
                .importing("a")
                .with("logging.level.dev.modelsecrets=error");

        application.start().close();

        assertThat(output.toString()).doesNotContain("placeholder");
    }

    @Test
    void log_startThatFails_leavesNoFilterBehind() throws IOException {
        Application application =
                Application.with(directory, Map.of("a", "changeme")).importing("a", "missing");

        assertThatThrownBy(application::start).isInstanceOf(MissingSecretsException.class);

        assertThat(((LoggerContext) LoggerFactory.getILoggerFactory()).getTurboFilterList())
                .noneMatch(filter -> filter.getClass().getName().startsWith("dev.modelsecrets"));
    }
}
