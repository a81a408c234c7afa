package dev.modelsecrets.examples.benchmarks.startup.config;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import dev.modelsecrets.standard.ModelConfig;
import dev.modelsecrets.standard.StandardProviders;
import java.nio.file.Path;

/** This library with the standard chain. */
public final class ModelSecrets {

    private ModelSecrets() {}

    /** Takes the directory of the mounted files and the model's {@code config.yaml}. */
    public static void main(String[] arguments) {
        ModelConfig config = ModelConfig.read(Path.of(arguments[1]));
        Check.print(StandardProviders.builder()
                .secretsDirectory(Path.of(arguments[0]))
                .resolver()
                .resolve(config.declarations()));
    }
}
