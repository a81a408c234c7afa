package dev.modelsecrets.examples.benchmarks.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.examples.benchmarks.startup.Jdk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All stores keep the same values, encrypted; no time is looked at. */
class StoreBenchmarkTest {

    private static final Jdk JDK = new Jdk(
            Path.of(System.getProperty("java.home")),
            Integer.toString(Runtime.version().feature()));

    @TempDir
    Path directory;

    static Set<String> names() {
        return SideBySide.openers().keySet();
    }

    private static Contender open(String name, Path directory) throws Exception {
        return SideBySide.openers().get(name).open(directory);
    }

    @ParameterizedTest
    @MethodSource("names")
    void contender_storedValues_areReadBack(String name) throws Exception {
        Map<String, String> secrets = new LinkedHashMap<>(Fixture.secrets(30));
        try (Contender store = open(name, directory)) {
            store.createAll(secrets);
            store.create("one-more", "test-token");
            secrets.put("one-more", "test-token");

            assertThat(store.resolve(List.copyOf(secrets.keySet()))).isEqualTo(secrets);
        }

        try (Contender reopened = open(name, directory)) {
            assertThat(reopened.resolve(List.of("secret-7", "one-more")))
                    .containsOnly(
                            Map.entry("secret-7", secrets.getOrDefault("secret-7", "")),
                            Map.entry("one-more", "test-token"));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void contender_files_holdNoValue(String name) throws Exception {
        try (Contender store = open(name, directory)) {
            store.createAll(Fixture.secrets(30));
        }

        List<Path> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(directory)) {
            found.forEach(files::add);
        }
        assertThat(files).hasSizeGreaterThan(1);
        for (Path file : files) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("test-token");
        }
    }

    @Test
    void coldPrograms_withTheirClassPathAlone_readTheSame() throws Exception {
        for (ColdProgram program : ColdProgram.all(JDK, directory, 20)) {
            program.run();

            assertThat(program.samples.wall().median()).as(program.name).isPositive();
        }
    }

    @Test
    void sideBySide_oneRound_measuresAll() throws Exception {
        StoreReport report = new StoreReport(1, 20);
        try (SideBySide stores = new SideBySide(directory, 20)) {
            stores.round();

            report.add(stores);
        }

        assertThat(report.text())
                .contains("one create among 1,000 secrets: Model Secrets / SQLite", "| H2 MVStore ")
                .doesNotContain(directory.toString());
    }
}
