package dev.modelsecrets.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whatever becomes of an application, its threads end. */
class LifecycleTest {

    @TempDir
    Path directory;

    private Set<Thread> before = Set.of();

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("model-secrets-"))
                .collect(Collectors.toSet());
    }

    @BeforeEach
    void remember() {
        before = threads();
    }

    @AfterEach
    void noThreadIsLeft() {
        assertThat(before).containsAll(threads());
    }

    private Application application() throws IOException {
        return Application.with(directory, Map.of("a", "test-value-a", "b", "test-value-b"));
    }

    static class Broken {

        Broken() {
            throw new IllegalStateException("an ordinary failure");
        }
    }

    @Test
    void start_withABeanThatFails_endsTheThreads() throws IOException {
        Application application = application().importing("a");

        assertThatThrownBy(() -> application.start(Broken.class)).hasStackTraceContaining("an ordinary failure");
    }

    static class BrokenWithSecrets {

        BrokenWithSecrets(RefreshingSecrets secrets) {
            throw new IllegalStateException("an ordinary failure with " + secrets);
        }
    }

    @Test
    void start_withoutImportAndABeanThatFails_endsTheThreads() throws IOException {
        Application application = application().with("model-secrets.names=a");

        assertThatThrownBy(() -> application.start(BrokenWithSecrets.class))
                .hasStackTraceContaining("an ordinary failure with RefreshingSecrets[a]");
    }

    @Test
    void start_thatFailsInAnotherImport_endsTheThreads() throws IOException {
        Path elsewhere = directory.resolve("no-such.properties");
        Application application =
                application().importing("a").with("spring.config.import=file:" + elsewhere + ",secrets:");

        assertThatThrownBy(application::start).hasMessageContaining(elsewhere.toString());
    }

    @Test
    void start_thatFailsBeforeThereIsAContext_endsTheThreads() throws IOException {
        Application application =
                application().importing("a").with("logging.config=" + directory.resolve("no-such.xml"));

        assertThatThrownBy(application::start).hasStackTraceContaining("no-such.xml");
    }

    @Test
    void close_ofAnApplicationWithoutOurBeans_endsTheThreads() throws IOException {
        Application application = application()
                .importing("a")
                .with("spring.autoconfigure.exclude=" + SecretsAutoConfiguration.class.getName());

        try (ConfigurableApplicationContext context = application.start()) {
            assertThat(context.getEnvironment().getProperty("a")).isEqualTo("test-value-a");
            assertThat(context.getBeansOfType(RefreshingSecrets.class)).isEmpty();
        }
    }

    @Test
    void close_ofAChildContextWithItsOwnImport_endsItsThreadsAlone() throws IOException {
        try (ConfigurableApplicationContext parent =
                application().importing("a").start()) {
            Set<Thread> ofTheParent = threads();
            new SpringApplicationBuilder(Application.Base.class)
                    .parent(parent)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .run(
                            "--spring.config.import=secrets:",
                            "--model-secrets.chain=mounted",
                            "--model-secrets.secrets-directory=" + directory,
                            "--model-secrets.names=b")
                    .close();

            assertThat(threads()).isEqualTo(ofTheParent);
            assertThat(parent.getBean(RefreshingSecrets.class).refresh()).containsKey("a");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecretsOfTwoModels {

        @Bean
        RefreshingSecrets first(SecretsResolver resolver) {
            return resolver.refreshing(Duration.ZERO, "a");
        }

        @Bean
        RefreshingSecrets second(SecretsResolver resolver) {
            return resolver.refreshing(Duration.ZERO, "b");
        }
    }

    @Test
    void start_withTwoOfTheApplicationsOwn_leavesOutWhatNeedsOne() throws IOException {
        try (ConfigurableApplicationContext context = application().start(SecretsOfTwoModels.class)) {
            assertThat(context.getBeansOfType(RefreshingSecrets.class)).containsOnlyKeys("first", "second");
        }
    }
}
