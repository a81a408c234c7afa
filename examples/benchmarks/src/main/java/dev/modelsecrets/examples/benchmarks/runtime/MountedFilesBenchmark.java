package dev.modelsecrets.examples.benchmarks.runtime;

import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.MountedSecretProvider;
import io.smallrye.config.source.file.FileSystemConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.boot.env.ConfigTreePropertySource;

/** Reads all files of a large mount into a map. */
@State(Scope.Benchmark)
public class MountedFilesBenchmark extends Timing {

    /** How many files there are. */
    @Param("10000")
    public int files;

    /** Plain files, or links through {@code ..data} as a kubelet makes them. */
    @Param({"plain", "kubernetes"})
    public String layout = "plain";

    private Path mount = Path.of("");
    private String[] names = {};

    /** Writes the files. */
    @Setup
    public void writeFiles() throws IOException {
        Map<String, String> secrets = Fixture.secrets(files);
        names = secrets.keySet().toArray(new String[0]);
        mount = layout.equals("plain") ? Fixture.plainMount(secrets) : Fixture.kubernetesMount(secrets);
    }

    /** Deletes the files. */
    @TearDown
    public void deleteFiles() throws IOException {
        Fixture.delete(mount);
    }

    /** This library: also checks names, sizes, kinds of files and where links lead. */
    @Benchmark
    public Map<String, String> modelSecrets() {
        return SecretsResolver.of(MountedSecretProvider.at(mount)).resolve(names);
    }

    /** A loop that checks nothing. */
    @Benchmark
    public Map<String, String> readStringLoop() throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String name : names) {
            values.put(name, Files.readString(mount.resolve(name)));
        }
        return values;
    }

    /** The reader of Spring Boot. */
    @Benchmark
    public Map<String, String> springConfigTree() {
        ConfigTreePropertySource source = new ConfigTreePropertySource("mount", mount);
        Map<String, String> values = new HashMap<>();
        for (String name : names) {
            values.put(name, String.valueOf(source.getProperty(name)));
        }
        return values;
    }

    /** The reader of SmallRye Config. */
    @Benchmark
    public Map<String, String> smallRyeFileSystem() {
        FileSystemConfigSource source = new FileSystemConfigSource(mount.toString());
        Map<String, String> values = new HashMap<>();
        for (String name : names) {
            values.put(name, source.getValue(name));
        }
        return values;
    }
}
