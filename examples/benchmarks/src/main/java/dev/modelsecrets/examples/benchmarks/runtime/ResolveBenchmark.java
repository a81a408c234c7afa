package dev.modelsecrets.examples.benchmarks.runtime;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import dev.modelsecrets.standard.MountedSecretProvider;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
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
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;

/** Resolves names, every other one from a map of variables and the rest from mounted files, which are read anew. */
@State(Scope.Benchmark)
public class ResolveBenchmark extends Timing {

    private static final String PREFIX = "TRUSS_SECRET_";

    /** How many names there are. */
    @Param({"4", "50"})
    public int names;

    private String[] order = {};
    private Path mount = Path.of("");
    private Map<String, String> variables = Map.of();
    private Map<String, Object> unprefixed = Map.of();
    private SecretDeclarations declarations = SecretDeclarations.of();
    private SecretsResolver resolver = SecretsResolver.of();

    /** Spreads the secrets over the two places. */
    @Setup
    public void spread() throws IOException {
        Map<String, String> secrets = Fixture.secrets(names);
        Map<String, String> files = new HashMap<>();
        order = secrets.keySet().toArray(new String[0]);
        variables = new HashMap<>();
        unprefixed = new HashMap<>();
        for (int i = 0; i < order.length; i++) {
            String value = secrets.getOrDefault(order[i], "");
            if (i % 2 == 0) {
                variables.put(PREFIX + order[i], value);
                unprefixed.put(order[i], value);
            } else {
                files.put(order[i], value);
            }
        }
        mount = Fixture.plainMount(files);
        declarations = SecretDeclarations.of(order);
        resolver = SecretsResolver.of(EnvironmentSecretProvider.of(variables), MountedSecretProvider.at(mount));
    }

    /** Deletes the files. */
    @TearDown
    public void deleteFiles() throws IOException {
        Fixture.delete(mount);
    }

    /** This library. */
    @Benchmark
    public Map<String, String> modelSecrets() {
        return resolver.resolve(declarations);
    }

    /** A loop over the names. */
    @Benchmark
    public Map<String, String> byHand() throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String name : order) {
            String value = variables.get(PREFIX + name);
            values.put(name, value != null ? value : Files.readString(mount.resolve(name)));
        }
        return values;
    }

    /** Property sources of Spring and Spring Boot. */
    @Benchmark
    public Map<String, String> springSources() {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(new MapPropertySource("variables", unprefixed));
        sources.addLast(new ConfigTreePropertySource("mount", mount));
        PropertySourcesPropertyResolver properties = new PropertySourcesPropertyResolver(sources);
        Map<String, String> values = new HashMap<>();
        for (String name : order) {
            values.put(name, properties.getRequiredProperty(name));
        }
        return values;
    }

    /** Sources of SmallRye Config and no others. */
    @Benchmark
    public Map<String, String> smallRyeSources() {
        Map<String, String> properties = new HashMap<>();
        unprefixed.forEach((name, value) -> properties.put(name, value.toString()));
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(properties, "variables", 300),
                        new FileSystemConfigSource(mount.toString()))
                .build();
        Map<String, String> values = new HashMap<>();
        for (String name : order) {
            values.put(name, config.getValue(name, String.class));
        }
        return values;
    }
}
