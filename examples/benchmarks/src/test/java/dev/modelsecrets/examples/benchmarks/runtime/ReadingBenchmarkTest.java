package dev.modelsecrets.examples.benchmarks.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compared reads the same. */
class ReadingBenchmarkTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "kubernetes"})
    void allReaders_sameMount_readTheSame(String layout) throws IOException {
        MountedFilesBenchmark benchmark = new MountedFilesBenchmark();
        benchmark.files = 10;
        benchmark.layout = layout;
        benchmark.writeFiles();
        try {
            Map<String, String> expected = Fixture.secrets(10);
            assertThat(Map.copyOf(benchmark.modelSecrets())).isEqualTo(expected);
            assertThat(benchmark.readStringLoop()).isEqualTo(expected);
            assertThat(benchmark.springConfigTree()).isEqualTo(expected);
            assertThat(benchmark.smallRyeFileSystem()).isEqualTo(expected);
        } finally {
            benchmark.deleteFiles();
        }
    }

    @Test
    void allResolvers_samePlaces_resolveTheSame() throws IOException {
        ResolveBenchmark benchmark = new ResolveBenchmark();
        benchmark.names = 5;
        benchmark.spread();
        try {
            Map<String, String> expected = Fixture.secrets(5);
            assertThat(Map.copyOf(benchmark.modelSecrets())).isEqualTo(expected);
            assertThat(benchmark.byHand()).isEqualTo(expected);
            assertThat(benchmark.springSources()).isEqualTo(expected);
            assertThat(benchmark.smallRyeSources()).isEqualTo(expected);
        } finally {
            benchmark.deleteFiles();
        }
    }

    @Test
    void refresh_unchangedMount_isTheSameSnapshot() throws Exception {
        RefreshBenchmark benchmark = new RefreshBenchmark();
        benchmark.names = 5;
        benchmark.writeFiles();
        try {
            assertThat(benchmark.modelSecrets()).isSameAs(benchmark.modelSecrets());
            assertThat(Map.copyOf(benchmark.resolve())).isEqualTo(Fixture.secrets(5));
        } finally {
            benchmark.deleteFiles();
        }
    }
}
