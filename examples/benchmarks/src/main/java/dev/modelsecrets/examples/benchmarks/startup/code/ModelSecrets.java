package dev.modelsecrets.examples.benchmarks.startup.code;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import dev.modelsecrets.standard.StandardProviders;
import java.nio.file.Path;

/** This library with the standard chain. */
public final class ModelSecrets {

    private ModelSecrets() {}

    /** Takes the directory of the mounted files. */
    public static void main(String[] arguments) {
        Check.print(StandardProviders.builder()
                .secretsDirectory(Path.of(arguments[0]))
                .resolver()
                .resolve("hf_access_token", "s3_access_key", "s3_secret_key", "s3_region"));
    }
}
