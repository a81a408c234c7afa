package dev.modelsecrets.examples.benchmarks.runtime;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.MountedSecretProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Looks again at a mount laid out as by Kubernetes, which did not change. */
@State(Scope.Benchmark)
public class RefreshBenchmark extends Timing {

    /** How many files there are. */
    @Param("1000")
    public int names;

    private Path mount = Path.of("");
    private SecretDeclarations declarations = SecretDeclarations.of();
    private SecretsResolver resolver = SecretsResolver.of();
    private @Nullable RefreshingSecrets refreshing;

    /** Writes the files, and waits until they count as unchanged: just now, one more change might not show. */
    @Setup
    public void writeFiles() throws IOException, InterruptedException {
        Map<String, String> secrets = Fixture.secrets(names);
        mount = Fixture.kubernetesMount(secrets);
        TimeUnit.MILLISECONDS.sleep(200);
        declarations = SecretDeclarations.of(secrets.keySet().toArray(new String[0]));
        resolver = SecretsResolver.of(MountedSecretProvider.at(mount));
        refreshing = resolver.refreshing(declarations, Duration.ZERO);
    }

    /** Ends the thread and deletes the files. */
    @TearDown
    public void deleteFiles() throws IOException {
        if (refreshing != null) {
            refreshing.close();
        }
        Fixture.delete(mount);
    }

    /** A refresh, which sees that nothing changed. */
    @Benchmark
    public Map<String, String> modelSecrets() {
        return Objects.requireNonNull(refreshing).refresh();
    }

    /** What it saves. */
    @Benchmark
    public Map<String, String> resolve() {
        return resolver.resolve(declarations);
    }
}
