package dev.modelsecrets.microprofile;

import static dev.modelsecrets.microprofile.Application.SENTINEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsConfigSourceTest {

    @TempDir
    Path directory;

    private final AtomicInteger reads = new AtomicInteger();

    private SecretsConfigSource source(Application application) throws Exception {
        Settings settings = application.run(Settings::ofThisProcess);
        return new SecretsConfigSource(new LazySecrets(() -> {
            reads.incrementAndGet();
            return settings;
        }));
    }

    @Test
    void constructor_andWhatListsProperties_readsNothing() throws Exception {
        SecretsConfigSource source = source(new Application(directory, "model-secrets.names=token"));

        assertThat(source.getPropertyNames()).isEmpty();
        assertThat(source.getProperties()).isEmpty();
        assertThat(source.getName()).isEqualTo("model-secrets");
        assertThat(source).hasToString("SecretsConfigSource");
        assertThat(reads).hasValue(0);
    }

    @Test
    void getValue_firstLookFailed_looksAgain() throws Exception {
        Application application = new Application(directory, "model-secrets.names=token");
        Files.createDirectory(application.path("token"));
        try (SecretsConfigSource source = source(application)) {
            assertThatThrownBy(() -> source.getValue("token")).isInstanceOf(SecretProviderException.class);

            Files.delete(application.path("token"));
            application.secret("token", SENTINEL);

            assertThat(source.getValue("token")).isEqualTo(SENTINEL);
        }
    }

    @Test
    void getValue_ownProperties_areNotAnswered() throws Exception {
        try (SecretsConfigSource source = source(new Application(directory, "model-secrets.names=token"))) {
            assertThat(source.getValue("model-secrets.names")).isNull();
            assertThat(source.getValue("config_ordinal")).isNull();
            assertThat(source.getValue("%dev.token")).isNull();
        }
    }

    @Test
    void getValue_absentSecret_isExplainedOnce() throws Exception {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord event) {
                lines.add(event.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.modelsecrets");
        logger.addHandler(handler);
        try (SecretsConfigSource source =
                source(new Application(directory, "model-secrets.names=absent_and_explained"))) {
            assertThat(source.getValue("absent_and_explained")).isNull();
            assertThat(source.getValue("absent_and_explained")).isNull();
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(lines)
                .filteredOn(line -> line.contains("absent_and_explained"))
                .singleElement()
                .asString()
                .contains("has no value")
                .contains("MICROPROFILE_TEST_NONE_absent_and_explained is not set");
    }

    @Test
    void close_afterAValue_keepsItAndResolvesNoMore() throws Exception {
        Application application = new Application(directory, "model-secrets.names=token").secret("token", SENTINEL);
        SecretsConfigSource used = source(application);
        SecretsConfigSource unused = source(application);
        assertThat(used.getValue("token")).isEqualTo(SENTINEL);

        for (SecretsConfigSource source : List.of(used, unused)) {
            source.close();
        }

        assertThat(used.getValue("token")).isEqualTo(SENTINEL);
        assertThat(unused.getValue("token")).isNull();
    }

    @Test
    void of_namesAndText_giveNothingAway() {
        Secrets secrets = Secrets.of(Map.of("token", SENTINEL));
        ConfigSource source = SecretsConfigSource.of(() -> secrets);

        assertThat(source.getValue("token")).isEqualTo(SENTINEL);
        assertThat(source.getPropertyNames()).isEmpty();
        assertThat(source.getProperties()).isEmpty();
        assertThat(source.getOrdinal()).isEqualTo(270);
        assertThat(source.toString() + source.getName()).doesNotContain(SENTINEL);
    }
}
