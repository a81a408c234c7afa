package dev.modelsecrets.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.MountedSecretProvider;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesVolumeTest {

    @TempDir
    Path directory;

    private static List<String> list(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void publish_first_hasTheKubeletsLayout() throws Exception {
        KubernetesVolume volume = KubernetesVolume.at(directory);
        volume.publish(Map.of("a", "value-of-a", "b.c", "first\nsecond\n"));
        Path generation = Files.readSymbolicLink(directory.resolve("..data"));
        assertThat(generation.toString()).matches("\\.\\.\\d{4}_\\d\\d_\\d\\d_\\d\\d_\\d\\d_\\d\\d\\.\\d+");
        assertThat(list(directory)).containsExactlyInAnyOrder(generation.toString(), "..data", "a", "b.c");
        assertThat(Files.readSymbolicLink(directory.resolve("a"))).isEqualTo(Path.of("..data/a"));
        assertThat(directory.resolve("a")).hasContent("value-of-a");
        assertThat(Files.readString(directory.resolve("b.c"))).isEqualTo("first\nsecond\n");
    }

    @Test
    void publish_again_replacesAddsAndRemoves() throws Exception {
        KubernetesVolume volume = KubernetesVolume.at(directory);
        volume.publish(Map.of("stays", "value-1", "goes", "value-1"));
        Path before = Files.readSymbolicLink(directory.resolve("..data"));
        volume.publish(Map.of("stays", "value-2", "comes", "value-2"));
        Path after = Files.readSymbolicLink(directory.resolve("..data"));
        assertThat(after).isNotEqualTo(before);
        assertThat(list(directory)).containsExactlyInAnyOrder(after.toString(), "..data", "stays", "comes");
        assertThat(directory.resolve("stays")).hasContent("value-2");
        assertThat(Files.exists(directory.resolve("goes"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @Test
    void publish_nothingChanged_touchesNothing() throws Exception {
        KubernetesVolume volume = KubernetesVolume.at(directory);
        volume.publish(Map.of("a", "value-of-a"));
        Path before = Files.readSymbolicLink(directory.resolve("..data"));
        volume.publish(Map.of("a", "value-of-a"));
        assertThat(Files.readSymbolicLink(directory.resolve("..data"))).isEqualTo(before);
    }

    @Test
    void publish_empty_leavesOnlyData() throws Exception {
        KubernetesVolume volume = KubernetesVolume.at(directory);
        volume.publish(Map.of("a", "value-of-a"));
        volume.publish(Map.of());
        assertThat(list(directory)).hasSize(2).contains("..data");
    }

    @Test
    void publish_badKey_changesNothing() throws Exception {
        KubernetesVolume volume = KubernetesVolume.at(directory);
        assertThatThrownBy(() -> volume.publish(Map.of("../a", "value")))
                .isInstanceOf(InvalidSecretNameException.class);
        assertThatThrownBy(() -> volume.publish(Map.of("..a", "value")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the key ..a begins with two dots, which Kubernetes refuses");
        assertThat(list(directory)).isEmpty();
    }

    @Test
    void at_directoryInUse_isRefused() throws Exception {
        Files.writeString(directory.resolve("file"), "text");
        assertThatThrownBy(() -> KubernetesVolume.at(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(directory + " is not empty: give the volume a directory of its own");
    }

    @Test
    void close_temporaryDirectory_isGone() {
        KubernetesVolume volume = KubernetesVolume.create();
        volume.publish(Map.of("a", "value-of-a"));
        assertThat(volume).hasToString("KubernetesVolume[" + volume.directory() + ", keys [a]]");
        volume.close();
        volume.close();
        assertThat(volume.directory()).doesNotExist();
        assertThatThrownBy(() -> volume.publish(Map.of("a", "value")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this volume is closed");
    }

    @Test
    void close_givenDirectory_isEmpty() throws Exception {
        KubernetesVolume volume = KubernetesVolume.at(directory.resolve("mount"));
        volume.publish(Map.of("a", "value-of-a"));
        volume.close();
        assertThat(list(volume.directory())).isEmpty();
    }

    @Test
    void mount_rotatedWhileRead_showsOneGenerationAtATime() throws Exception {
        KubernetesVolume volume = KubernetesVolume.at(directory);
        volume.publish(Map.of("user", "generation-0", "password", "generation-0"));
        SecretsResolver resolver = SecretsResolver.of(MountedSecretProvider.at(directory));
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 1; i <= 200; i++) {
                volume.publish(Map.of("user", "generation-" + i, "password", "generation-" + i));
            }
            done.set(true);
        });
        writer.start();
        while (!done.get()) {
            Secrets secrets = resolver.resolve("user", "password");
            assertThat(secrets.require("user").equals(secrets.require("password")))
                    .isTrue();
        }
        writer.join();
        SecretsAssertions.assertThat(resolver.resolve("user")).hasValue("user", "generation-200");
    }

    @Test
    void refreshing_rotatedMount_seesItAtRefresh() {
        try (KubernetesVolume volume = KubernetesVolume.at(directory)) {
            volume.publish(Map.of("hf_access_token", "old-token"));
            SecretsResolver resolver = SecretsResolver.of(MountedSecretProvider.at(volume.directory()));
            try (RefreshingSecrets secrets =
                    resolver.refreshing(SecretDeclarations.of("hf_access_token"), Duration.ZERO)) {
                volume.publish(Map.of("hf_access_token", "new-token"));
                SecretsAssertions.assertThat(secrets.refresh()).hasValue("hf_access_token", "new-token");
            }
        }
    }
}
