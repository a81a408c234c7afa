package dev.modelsecrets.examples.benchmarks.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {

    @TempDir
    Path directory;

    private Path home(String version) throws IOException {
        Path home = directory.resolve(version);
        Files.createDirectories(home.resolve("bin"));
        Path java = Files.createFile(home.resolve("bin/java"));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"me\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    @Test
    void find_homesInVariables_areFoundOncePerFeatureVersion() throws IOException {
        Path first = home("99.0.2");
        Path second = home("99-ea");
        Map<String, String> environment = Map.of("JAVA_HOME", first.toString(), "JAVA_HOME_25", second.toString());

        assertThat(Jdk.find(environment))
                .contains(new Jdk(first, "99.0.2"))
                .noneMatch(jdk -> jdk.home().equals(second));
    }

    @Test
    void find_olderThan17_isLeftOut() throws IOException {
        Path old = home("1.8.0_292");

        assertThat(Jdk.find(Map.of("JAVA_HOME", old.toString())))
                .isNotEmpty()
                .noneMatch(jdk -> jdk.home().equals(old));
    }

    @Test
    void find_directoryWithoutJava_isLeftOut() throws IOException {
        assertThat(Jdk.find(Map.of("JAVA_HOME", directory.toString())))
                .noneMatch(jdk -> jdk.home().equals(directory));
    }

    @Test
    void options_byFeature_areThoseOfTheJdk() {
        Path file = Path.of("app");

        assertThat(new Jdk(directory, "17.0.1").makeArchive(file)).isEqualTo("-XX:ArchiveClassesAtExit=app");
        assertThat(new Jdk(directory, "17.0.1").useArchive(file)).isEqualTo("-XX:SharedArchiveFile=app");
        assertThat(new Jdk(directory, "25").makeArchive(file)).isEqualTo("-XX:AOTCacheOutput=app");
        assertThat(new Jdk(directory, "25").useArchive(file)).isEqualTo("-XX:AOTCache=app");
    }
}
