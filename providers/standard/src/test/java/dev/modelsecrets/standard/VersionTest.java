package dev.modelsecrets.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tokens by which a refresh knows that nothing changed. */
class VersionTest {

    @TempDir
    Path temporary;

    private Path directory;
    private KubernetesMount mount;

    @BeforeEach
    void createMount() throws IOException {
        directory = Files.createDirectory(temporary.resolve("secrets"));
        mount = new KubernetesMount(directory);
        mount.publish(Map.of("token", "token-1"));
    }

    private Optional<Object> version(Duration age) throws IOException {
        Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(age)));
        return MountedSecretProvider.at(directory).version();
    }

    @Test
    void mounted_unchanged_isEqual() throws IOException {
        Optional<Object> version = version(Duration.ofHours(1));

        assertThat(version).isPresent();
        assertThat(MountedSecretProvider.at(directory).version()).isEqualTo(version);
    }

    @Test
    void mounted_anotherGeneration_isNotEqual() throws IOException {
        FileTime time = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        Files.setLastModifiedTime(directory, time);
        Optional<Object> version = MountedSecretProvider.at(directory).version();
        mount.publish(Map.of("token", "token-1"));
        Files.setLastModifiedTime(directory, time);

        assertThat(MountedSecretProvider.at(directory).version()).isPresent().isNotEqualTo(version);
    }

    @Test
    void mounted_sameGenerationAndAnotherTime_isNotEqual() throws IOException {
        assertThat(version(Duration.ofHours(1))).isNotEqualTo(version(Duration.ofHours(2)));
    }

    @Test
    void mounted_changedJustNow_cannotTell() throws IOException {
        assertThat(version(Duration.ZERO)).isEmpty();
    }

    @Test
    void mounted_timeInTheFuture_isATimeLikeAnyOther() throws IOException {
        assertThat(version(Duration.ofHours(-1))).isPresent();
    }

    @Test
    void mounted_noLinkOrNoDirectory_cannotTell() throws IOException {
        Path plain = Files.createDirectory(temporary.resolve("plain"));
        Path notALink = Files.createDirectories(temporary.resolve("odd/..data")).getParent();
        Files.setLastModifiedTime(plain, FileTime.fromMillis(0));
        Files.setLastModifiedTime(notALink, FileTime.fromMillis(0));

        assertThat(MountedSecretProvider.at(plain).version()).isEmpty();
        assertThat(MountedSecretProvider.at(notALink).version()).isEmpty();
        assertThat(MountedSecretProvider.at(temporary.resolve("none")).version())
                .isEmpty();
    }

    /** Looks at the mount as if it had not been touched for an hour. */
    private Optional<Object> version(MountedSecretProvider provider) throws IOException {
        Files.setLastModifiedTime(directory, FileTime.from(Instant.EPOCH));
        return provider.version();
    }

    @Test
    void mounted_readInBetween_isEqual() throws IOException {
        MountedSecretProvider provider = MountedSecretProvider.at(directory);
        Optional<Object> before = version(provider);
        provider.find(Set.of("token", "none"));

        assertThat(version(provider)).isPresent().isEqualTo(before).isEqualTo(version(provider));
    }

    @Test
    void mounted_publishedFileEditedInPlace_isNotEqual() throws IOException {
        MountedSecretProvider provider = MountedSecretProvider.at(directory);
        provider.find(Set.of("token"));
        Optional<Object> before = version(provider);
        Files.writeString(directory.resolve("..data/token"), "token-edited");

        Optional<Object> after = version(provider);

        assertThat(after).isPresent().isNotEqualTo(before);
        assertThat(provider.find(Set.of("token")).get("token").value()).isEqualTo("token-edited");
        assertThat(version(provider)).isEqualTo(after);
    }

    @Test
    void mounted_editSeenByAnotherFindFirst_isNotEqual() throws IOException {
        MountedSecretProvider provider = MountedSecretProvider.at(directory);
        provider.find(Set.of("token"));
        Optional<Object> before = version(provider);
        Files.writeString(directory.resolve("..data/token"), "token-edited");
        provider.find(Set.of("token"));

        assertThat(version(provider)).isPresent().isNotEqualTo(before);
    }

    @Test
    void mounted_plainFileBesideTheLink_isLookedAt() throws IOException {
        Path plain = Files.writeString(directory.resolve("plain"), "one");
        Files.setLastModifiedTime(plain, FileTime.from(Instant.EPOCH));
        MountedSecretProvider provider = MountedSecretProvider.at(directory);
        provider.find(Set.of("token", "plain"));
        Optional<Object> before = version(provider);

        assertThat(version(provider)).isPresent().isEqualTo(before);
        Files.writeString(plain, "two");
        assertThat(version(provider)).isPresent().isNotEqualTo(before);
    }

    @Test
    void mounted_fileBehindAnotherLink_isLookedAt() throws IOException {
        Path target = Files.writeString(
                Files.createDirectory(directory.resolve("deep")).resolve("file"), "one");
        Files.setLastModifiedTime(target, FileTime.from(Instant.EPOCH));
        Files.createSymbolicLink(directory.resolve("linked"), Path.of("deep/file"));
        MountedSecretProvider provider = MountedSecretProvider.at(directory);
        provider.find(Set.of("token", "linked"));
        Optional<Object> before = version(provider);

        assertThat(version(provider)).isPresent().isEqualTo(before);
        Files.writeString(target, "two");
        assertThat(version(provider)).isPresent().isNotEqualTo(before);
    }

    @Test
    void mounted_plainFileWrittenJustNow_cannotTell() throws IOException {
        Path plain = Files.writeString(directory.resolve("plain"), "one");
        MountedSecretProvider provider = MountedSecretProvider.at(directory);

        // On a busy machine the moment may be over when the provider looks: then once more.
        boolean canTell = true;
        for (int i = 0; i < 1_000 && canTell; i++) {
            Files.setLastModifiedTime(plain, FileTime.from(Instant.now()));
            provider.find(Set.of("plain"));
            canTell = version(provider).isPresent();
        }
        assertThat(canTell).isFalse();
        Files.setLastModifiedTime(plain, FileTime.from(Instant.EPOCH));
        provider.find(Set.of("plain"));
        assertThat(version(provider)).isPresent();
    }

    @Test
    void mounted_failureOrLinkToNothing_cannotTellUntilItIsGone() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("dangling"), Path.of("deep/file"));
        Files.createDirectory(directory.resolve("bad"));
        MountedSecretProvider provider = MountedSecretProvider.at(directory);
        provider.find(Set.of("token", "dangling"));
        assertThat(version(provider)).isEmpty();
        Files.delete(link);
        provider.find(Set.of("token", "dangling"));
        assertThat(version(provider)).isPresent();

        provider.find(Set.of("bad"));
        assertThat(version(provider)).isEmpty();
    }

    @Test
    void mounted_lookedUpFileIsGone_cannotTellOrIsNotEqual() throws IOException {
        Path plain = Files.writeString(directory.resolve("plain"), "one");
        Files.setLastModifiedTime(plain, FileTime.from(Instant.EPOCH));
        MountedSecretProvider provider = MountedSecretProvider.at(directory);
        provider.find(Set.of("plain"));
        Optional<Object> before = version(provider);
        Files.delete(plain);

        assertThat(version(provider)).isNotEqualTo(before);
        provider.find(Set.of("plain"));
        assertThat(version(provider)).isPresent().isEqualTo(version(provider));
    }

    @Test
    void localConfig_noFile_hasAVersionUntilThereIsOne() throws IOException {
        Path file = temporary.resolve("config.yaml");
        LocalConfigSecretProvider provider = LocalConfigSecretProvider.at(file);

        assertThat(provider.version()).isPresent().isEqualTo(provider.version());
        Files.writeString(file, "secrets: {}");
        assertThat(provider.version()).isEmpty();
    }

    @Test
    void environmentAndAuthSecret_neverChange() {
        EnvironmentSecretProvider environment = EnvironmentSecretProvider.of(Map.of());
        AuthSecretProvider auth = AuthSecretProvider.of(Map.of("AUTH_SECRET", "opaque"));

        assertThat(environment.version()).isPresent().isEqualTo(environment.version());
        assertThat(auth.version()).isPresent().isEqualTo(auth.version());
    }
}
