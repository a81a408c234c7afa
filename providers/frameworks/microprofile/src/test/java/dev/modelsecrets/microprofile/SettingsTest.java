package dev.modelsecrets.microprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.InvalidSecretNameException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    Path directory;

    @Test
    void settings_nothingSet_areTheDefaults() {
        Settings settings = new Settings(name -> null);

        assertThat(settings.names()).isEmpty();
        assertThat(settings.ordinal()).isEqualTo(270);
        assertThat(settings.refreshInterval()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void names_listWithSpacesAndHoles_areTheNames() {
        Settings settings = new Settings(Map.of("model-secrets.names", " a ,,b.c, ")::get);

        assertThat(settings.names()).containsExactly("a", "b.c");
    }

    @Test
    void names_invalid_areNamed() {
        assertThatThrownBy(() -> new Settings(Map.of("model-secrets.names", "a/b")::get))
                .isInstanceOf(InvalidSecretNameException.class)
                .hasMessageContaining("a/b");
    }

    @Test
    void refreshInterval_bothForms_areRead() {
        assertThat(new Settings(Map.of("model-secrets.refresh-interval", "90s")::get).refreshInterval())
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(new Settings(Map.of("model-secrets.refresh-interval", "PT2H")::get).refreshInterval())
                .isEqualTo(Duration.ofHours(2));
    }

    @Test
    void numbers_malformed_nameTheProperty() {
        Settings settings =
                new Settings(Map.of("model-secrets.refresh-interval", "soon", "model-secrets.ordinal", "high")::get);

        assertThatThrownBy(settings::refreshInterval)
                .hasMessage("The property model-secrets.refresh-interval is not a duration such as 30s or PT30S");
        assertThatThrownBy(settings::ordinal).hasMessage("The property model-secrets.ordinal is not a number");
    }

    @Test
    void defaultProperties_setInSeveralPlaces_comeInTheOrderOfTheSpecification() throws Exception {
        Files.createDirectories(directory.resolve("META-INF"));
        Files.writeString(
                directory.resolve("META-INF/microprofile-config.properties"),
                "model-secrets.names=file\nmodel-secrets.prefix=file\nmodel-secrets.local-config=file\n");
        Properties system = new Properties();
        system.setProperty("model-secrets.names", "system");
        Map<String, String> environment =
                Map.of("MODEL_SECRETS_NAMES", "variable", "MODEL_SECRETS_LOCAL_CONFIG", "variable");
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            DefaultProperties properties = new DefaultProperties(system, environment, classes);

            assertThat(properties.apply("model-secrets.names")).isEqualTo("system");
            assertThat(properties.apply("model-secrets.local-config")).isEqualTo("variable");
            assertThat(properties.apply("model-secrets.prefix")).isEqualTo("file");
            assertThat(properties.apply("model-secrets.directory")).isNull();
        }
    }
}
