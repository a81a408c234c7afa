package dev.modelsecrets.spring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.spring.Application;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** With a class loader of the application's own above that of the libraries, as Spring Boot's developer tools have. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsResolverCustomizerTest {

    @TempDir
    Path directory;

    private ClassLoader before = ClassLoader.getSystemClassLoader();
    private URLClassLoader ofTheApplication;

    /** Adds a place. */
    static final class AddsAPlace implements SecretsResolverCustomizer {

        @Override
        public void customize(SecretsResolver.Builder builder) {
            builder.provider(SecretProvider.of("added", Map.of("b", "test-value-b")));
        }
    }

    /** Explains a failure of the application, with the value that it is about. */
    static final class Explains implements FailureAnalyzer {

        @Override
        public FailureAnalysis analyze(Throwable failure) {
            return new FailureAnalysis("The application says: " + failure.getCause(), "Ask it.", failure);
        }
    }

    @BeforeEach
    void open() throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes/META-INF"));
        Files.writeString(
                classes.resolve("spring.factories"),
                SecretsResolverCustomizer.class.getName() + "=" + AddsAPlace.class.getName() + "\n"
                        + FailureAnalyzer.class.getName() + "=" + Explains.class.getName() + "\n");
        before = Thread.currentThread().getContextClassLoader();
        ofTheApplication = new URLClassLoader(
                new URL[] {classes.getParent().toUri().toURL()}, getClass().getClassLoader());
        Thread.currentThread().setContextClassLoader(ofTheApplication);
    }

    @AfterEach
    void close() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        ofTheApplication.close();
    }

    @Test
    void customizer_ofTheApplication_addsItsPlace() throws IOException {
        Application application =
                Application.with(directory, Map.of("a", "test-value-a")).importing("a", "b");

        try (ConfigurableApplicationContext context = application.start()) {
            assertThat(context.getEnvironment().getProperty("b")).isEqualTo("test-value-b");
            assertThat(context.getBean(SecretsResolver.class)).hasToString("SecretsResolver[mounted, added]");
        }
    }

    static class Broken {

        Broken(Environment environment) {
            throw new IllegalStateException("no login with " + environment.getProperty("b"));
        }
    }

    @Test
    void failureAnalyzer_ofTheApplication_isHeardWithoutAValue(CapturedOutput output) throws IOException {
        Application application = Application.with(directory, Map.of()).importing("b");

        assertThatThrownBy(() -> application.start(Broken.class)).isNotNull();
        assertThat(output.toString()).contains("The application says: ").doesNotContain("test-value-b");
    }
}
