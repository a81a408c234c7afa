package dev.modelsecrets.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.Redactor;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class BeansTest {

    @TempDir
    Path directory;

    record HuggingFace(Secret hfToken, Optional<String> hfEndpoint) {}

    record Summarizer(HuggingFace secrets) {}

    @Configuration(proxyBeanMethods = false)
    @EnableSecrets(HuggingFace.class)
    static class Models {

        @Bean
        Summarizer summarizer(HuggingFace secrets) {
            return new Summarizer(secrets);
        }
    }

    @Test
    void beans_withImport_shareTheSecretsOfTheEnvironment() throws IOException {
        Application application =
                Application.with(directory, Map.of("hf_token", "test-token-1")).importing("hf_token");

        try (ConfigurableApplicationContext context = application.start()) {
            assertThat(context.getBean(RefreshingSecrets.class).get()).containsOnlyKeys("hf_token");
            assertThat(context.getBean(SecretsResolver.class).resolve("hf_token"))
                    .containsEntry("hf_token", "test-token-1");
            assertThat(context.getBean(Redactor.class).redact("<test-token-1>")).isEqualTo("<[secret:hf_token]>");
        }
    }

    @Test
    void beans_withoutImport_resolveWhatPropertiesAndBeansDeclare() throws IOException {
        Application application = Application.with(
                        directory, Map.of("a", "test-value-a", "b", "test-value-b", "hf_token", "test-token-1"))
                .with("model-secrets.names=a");

        try (ConfigurableApplicationContext context = application.start(Models.class, Declares.class)) {
            assertThat(context.getBean(RefreshingSecrets.class).get())
                    .containsOnlyKeys("a", "b", "hf_token", "hf_endpoint");
            assertThat(context.getBean(Summarizer.class).secrets().hfToken().reveal())
                    .isEqualTo("test-token-1");
            assertThat(context.getEnvironment().containsProperty("a")).isFalse();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Declares {

        @Bean
        SecretDeclarations declarations() {
            return SecretDeclarations.of("b");
        }
    }

    @Test
    void record_whoseNamesAreNotImported_addsThemToTheEnvironmentToo() throws IOException {
        Application application = Application.with(directory, Map.of("a", "test-value-a", "hf_token", "test-token-1"))
                .importing("a");

        try (ConfigurableApplicationContext context = application.start(Models.class)) {
            assertThat(context.getBean(Summarizer.class).secrets().hfEndpoint()).isEmpty();
            assertThat(context.getEnvironment().getProperty("hf_token")).isEqualTo("test-token-1");
            assertThat(context.getEnvironment().getProperty("hf_endpoint")).isNull();
            assertThat(context.getBean(Redactor.class).redact("test-value-a test-token-1"))
                    .isEqualTo("[secret:a] [secret:hf_token]");
        }
    }

    @Test
    void record_missingSecret_failsTheStart() throws IOException {
        Application application = Application.with(directory, Map.of());

        assertThatThrownBy(() -> application.start(Models.class))
                .hasRootCauseInstanceOf(MissingSecretsException.class)
                .rootCause()
                .hasMessageContaining("1 of 2 declared secrets has no value:\n  hf_token");
    }

    @Test
    void beans_ofTheUser_replaceOurs() throws IOException {
        Application application = Application.with(directory, Map.of()).with("model-secrets.names=a");

        try (ConfigurableApplicationContext context = application.start(OfTheUser.class)) {
            assertThat(context.getBean(RefreshingSecrets.class).get()).containsEntry("a", "test-value-a");
            assertThat(context.getBeansOfType(SecretsResolver.class)).containsOnlyKeys("mine");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OfTheUser {

        @Bean
        SecretsResolver mine() {
            return SecretsResolver.of(SecretProvider.of("mine", Map.of("a", "test-value-a")));
        }
    }

    @Test
    void application_thatDeclaresNothing_starts() throws IOException {
        try (ConfigurableApplicationContext context =
                Application.with(directory, Map.of()).start()) {
            assertThat(context.getBean(RefreshingSecrets.class).get()).isEmpty();
        }
    }

    @Test
    void close_ofTheContext_endsTheThreads() throws IOException {
        RefreshingSecrets secrets;
        try (ConfigurableApplicationContext context = Application.with(directory, Map.of("a", "test-value-a"))
                .importing("a")
                .start()) {
            secrets = context.getBean(RefreshingSecrets.class);
        }
        assertThatThrownBy(secrets::refresh).isInstanceOf(IllegalStateException.class);
        assertThat(secrets.get()).containsKey("a");
    }

    @Test
    void close_ofAChildContext_leavesTheParentsSecretsAlone() throws Exception {
        Application application = Application.with(directory, Map.of("a", "test-value-1"))
                .importing("a")
                .with("model-secrets.refresh-interval=0s");
        try (ConfigurableApplicationContext parent = application.start()) {
            BlockingQueue<SecretsChangedEvent> events = new LinkedBlockingQueue<>();
            parent.addApplicationListener((ApplicationListener<SecretsChangedEvent>) events::add);
            RefreshingSecrets secrets = parent.getBean(RefreshingSecrets.class);
            SecretsChangedEvent first;
            try (ConfigurableApplicationContext child = new SpringApplicationBuilder(Application.Base.class)
                    .parent(parent)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .run()) {
                assertThat(child.getBean(RefreshingSecrets.class)).isSameAs(secrets);
                application.rotate("a", "test-value-2");
                secrets.refresh();
                first = events.poll(60, TimeUnit.SECONDS);
            }

            application.rotate("a", "test-value-3");
            secrets.refresh();

            assertThat(parent.getEnvironment().getProperty("a")).isEqualTo("test-value-3");
            assertThat(events.poll(60, TimeUnit.SECONDS).change())
                    .as("one event for each rotation")
                    .isNotSameAs(first.change());
        }
    }
}
