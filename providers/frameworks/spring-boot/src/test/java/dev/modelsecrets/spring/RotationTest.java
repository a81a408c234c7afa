package dev.modelsecrets.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

class RotationTest {

    @TempDir
    Path directory;

    record Database(Secret dbPassword) {}

    @ConfigurationProperties("client")
    public static class ClientProperties {

        private String url = "";

        public String getUrl() {
            return url;
        }

        public void setUrl(String url) {
            this.url = url;
        }
    }

    @ConfigurationProperties("other")
    public static class OtherProperties extends ClientProperties {}

    @EnableConfigurationProperties({ClientProperties.class, OtherProperties.class})
    @EnableSecrets(Database.class)
    static class Client {

        final BlockingQueue<SecretsChangedEvent> events = new LinkedBlockingQueue<>();

        @EventListener
        void rotated(SecretsChangedEvent event) {
            events.add(event);
        }
    }

    @Test
    void rotation_ofAFile_reachesEnvironmentRecordsPropertiesAndListeners() throws Exception {
        Application application = Application.with(directory, Map.of("db_password", "test-password-1"))
                .importing("db_password")
                .with(
                        "model-secrets.refresh-interval=0s",
                        "model-secrets.rebind=client",
                        "client.url=db://${db_password}@localhost",
                        "other.url=db://${db_password}@localhost");

        try (ConfigurableApplicationContext context = application.start(Client.class)) {
            ObjectProvider<Database> database = context.getBeanProvider(Database.class);
            Database before = database.getObject();
            application.rotate("db_password", "test-password-2");
            context.getBean(RefreshingSecrets.class).refresh();

            SecretsChangedEvent event = context.getBean(Client.class).events.poll(60, TimeUnit.SECONDS);
            assertThat(event.names()).containsExactly("db_password");
            assertThat(event.change().changed()).containsExactly("db_password");
            assertThat(event).hasToString("SecretsChangedEvent[db_password]");
            assertThat(context.getEnvironment().getProperty("db_password")).isEqualTo("test-password-2");
            assertThat(context.getEnvironment().getProperty("client.url")).isEqualTo("db://test-password-2@localhost");
            assertThat(before.dbPassword().reveal()).isEqualTo("test-password-1");
            assertThat(database.getObject().dbPassword().reveal()).isEqualTo("test-password-2");
            assertThat(context.getBean(clientName(), ClientProperties.class).getUrl())
                    .isEqualTo("db://test-password-2@localhost");
            assertThat(context.getBean(OtherProperties.class).getUrl())
                    .as("not named in model-secrets.rebind")
                    .isEqualTo("db://test-password-1@localhost");
        }
    }

    private static String clientName() {
        return "client-" + ClientProperties.class.getName();
    }

    @Test
    void rotation_atTheInterval_needsNoCall() throws IOException, InterruptedException {
        Application application = Application.with(directory, Map.of("db_password", "test-password-1"))
                .importing("db_password")
                .with("model-secrets.refresh-interval=50ms");

        try (ConfigurableApplicationContext context = application.start(Client.class)) {
            application.rotate("db_password", "test-password-2");

            assertThat(context.getBean(Client.class).events.poll(60, TimeUnit.SECONDS))
                    .isNotNull();
            assertThat(context.getEnvironment().getProperty("db_password")).isEqualTo("test-password-2");
        }
    }
}
