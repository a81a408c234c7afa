package dev.modelsecrets.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What Flight Recorder sees. One recording at a time. */
@Isolated
class ResolutionRecorderTest {

    @TempDir
    Path directory;

    @Test
    void recording_byDefault_namesNoSecret() throws IOException {
        RecordedEvent event = record(ResolutionRecorder.create());

        assertThat(event.getString("kind")).isEqualTo("RESOLVE");
        assertThat(event.getString("outcome")).isEqualTo("RESOLVED");
        assertThat(event.getInt("declared")).isEqualTo(1);
        assertThat(event.getInt("found")).isEqualTo(1);
        assertThat(event.getString("providers")).isEqualTo("store");
        assertThat(event.getString("names")).isNull();
        assertThat(event.toString()).doesNotContain("hf_token").doesNotContain("test-token");
    }

    @Test
    void recording_onRequest_namesTheSecrets() throws IOException {
        RecordedEvent event = record(ResolutionRecorder.withNames());

        assertThat(event.getString("names")).isEqualTo("hf_token");
        assertThat(event.toString()).doesNotContain("test-token");
    }

    private RecordedEvent record(ResolutionRecorder recorder) throws IOException {
        Path file = directory.resolve("recording.jfr");
        try (Recording recording = new Recording();
                SecretsResolver resolver = SecretsResolver.builder()
                        .provider(SecretProvider.of("store", Map.of("hf_token", "test-token")))
                        .listener(recorder)
                        .build()) {
            recording.enable("dev.modelsecrets.Resolution");
            recording.start();
            resolver.resolve("hf_token");
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("dev.modelsecrets.Resolution"))
                .toList();
        assertThat(events).hasSize(1);
        return events.get(0);
    }
}
