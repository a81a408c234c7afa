package dev.modelsecrets.standard.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.standard.StandardProviders;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process loads: nothing of a parser whose document is not there. */
class LazyLoadingTest {

    private static final List<String> YAML = List.of("org.yaml.");
    private static final List<String> JSON = List.of("com.fasterxml.jackson.core.");

    @TempDir
    Path directory;

    private Path home;
    private Path mount;

    @BeforeEach
    void createPlaces() throws IOException {
        home = Files.createDirectory(directory.resolve("home"));
        mount = Files.createDirectory(directory.resolve("secrets"));
    }

    @Test
    void resolve_fromTheEnvironment_loadsNoParser() throws Exception {
        List<String> output = run(Map.of("TRUSS_SECRET_token", "value"));

        assertThat(output).contains("resolved from environment: TRUSS_SECRET_token");
        assertThat(loaded(output, YAML)).isEmpty();
        assertThat(loaded(output, JSON)).isEmpty();
        assertThat(loaded(output, List.of("org.slf4j.", "java.util.stream.ReferencePipeline")))
                .isEmpty();
    }

    @Test
    void resolve_fromTheMount_loadsNoParser() throws Exception {
        Files.writeString(mount.resolve("token"), "value");

        List<String> output = run(Map.of());

        assertThat(output).contains("resolved from mounted: " + mount + "/token");
        assertThat(loaded(output, YAML)).isEmpty();
        assertThat(loaded(output, JSON)).isEmpty();
        assertThat(loaded(output, List.of("dev.modelsecrets.")))
                .as("what a class throws or catches by name is loaded before the class runs")
                .noneMatch(line -> line.contains("Exception"));
    }

    @Test
    void resolve_fromTheMountWithLocalConfigAndAuthSecretThere_loadsNoParser() throws Exception {
        Files.writeString(mount.resolve("token"), "value");
        writeLocalConfig("secrets:\n  token: other\n");

        List<String> output = run(Map.of("AUTH_SECRET", "{\"token\": \"other\"}"));

        assertThat(loaded(output, YAML)).isEmpty();
        assertThat(loaded(output, JSON)).isEmpty();
    }

    @Test
    void resolve_fromAuthSecretWithoutLocalConfig_loadsNoYaml() throws Exception {
        List<String> output = run(Map.of("AUTH_SECRET", "{\"token\": \"value\"}"));

        assertThat(output).contains("resolved from AUTH_SECRET: AUTH_SECRET key token");
        assertThat(loaded(output, YAML)).isEmpty();
        assertThat(loaded(output, JSON)).isNotEmpty();
    }

    @Test
    void resolve_fromTheLocalConfig_loadsYamlAndNoJson() throws Exception {
        writeLocalConfig("secrets:\n  token: value\n");

        List<String> output = run(Map.of());

        assertThat(output).contains("resolved from local config: " + home + "/.truss/config.yaml secrets.token");
        assertThat(loaded(output, YAML)).isNotEmpty();
        assertThat(loaded(output, JSON)).isEmpty();
    }

    private void writeLocalConfig(String yaml) throws IOException {
        Files.createDirectory(home.resolve(".truss"));
        Files.writeString(home.resolve(".truss/config.yaml"), yaml);
    }

    private static List<String> loaded(List<String> output, List<String> packages) {
        List<String> classes = new ArrayList<>();
        for (String line : output) {
            for (String name : packages) {
                if (line.contains("] " + name)) {
                    classes.add(line);
                }
            }
        }
        return classes;
    }

    /** Runs {@link ResolveProgram} with nothing but these variables, and lists the classes it loads. */
    private List<String> run(Map<String, String> environment) throws Exception {
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:stdout:tags",
                        "-cp",
                        classPath(),
                        ResolveProgram.class.getName(),
                        mount.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("HOME", home.toString());
        Process process = builder.start();
        try {
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output);
        assertThat(lines).anyMatch(line -> line.startsWith("resolved from "));
        return lines;
    }

    /** Joins where this test comes from, what it tests, and the class and module paths of this process. */
    private static String classPath() throws URISyntaxException {
        List<String> places = new ArrayList<>();
        for (Class<?> type : List.of(LazyLoadingTest.class, StandardProviders.class)) {
            Path file =
                    Path.of(type.getResource(type.getSimpleName() + ".class").toURI());
            places.add(root(file, type).toString());
        }
        for (String property : List.of("jdk.module.path", "java.class.path")) {
            String path = System.getProperty(property);
            if (path != null) {
                places.add(path);
            }
        }
        return String.join(File.pathSeparator, places);
    }

    private static Path root(Path classFile, Class<?> type) {
        Path root = classFile;
        for (int i = 0; i <= type.getName().chars().filter(c -> c == '.').count(); i++) {
            root = root.getParent();
        }
        return root;
    }
}
