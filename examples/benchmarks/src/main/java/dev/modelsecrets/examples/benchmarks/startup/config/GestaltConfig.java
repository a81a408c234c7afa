package dev.modelsecrets.examples.benchmarks.startup.config;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.github.gestalt.config.Gestalt;
import org.github.gestalt.config.builder.GestaltBuilder;
import org.github.gestalt.config.exceptions.GestaltException;
import org.github.gestalt.config.reflect.TypeCapture;
import org.github.gestalt.config.source.EnvironmentConfigSourceBuilder;
import org.github.gestalt.config.source.FileConfigSourceBuilder;
import org.github.gestalt.config.source.KubernetesSecretConfigSourceBuilder;

/** Gestalt with its sources for YAML files, variables and mounted secrets. */
public final class GestaltConfig {

    private GestaltConfig() {}

    /** Takes the directory of the mounted files and the model's {@code config.yaml}. */
    public static void main(String[] arguments) throws GestaltException {
        Gestalt gestalt = new GestaltBuilder()
                .addSource(FileConfigSourceBuilder.builder()
                        .setPath(Path.of(arguments[1]))
                        .build())
                .addSource(KubernetesSecretConfigSourceBuilder.builder()
                        .setPath(Path.of(arguments[0]))
                        .build())
                .addSource(EnvironmentConfigSourceBuilder.builder().build())
                .build();
        gestalt.loadConfigs();
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name : gestalt.getConfig("secrets", new TypeCapture<Map<String, String>>() {})
                .keySet()) {
            // Gestalt takes a variable's name apart at each underscore.
            Optional<String> variable = gestalt.getConfigOptional(name.replace('_', '.'), String.class);
            secrets.put(name, variable.isPresent() ? variable.get() : gestalt.getConfig(name, String.class));
        }
        Check.print(secrets);
    }
}
