package dev.modelsecrets.examples.benchmarks.startup.everywhere;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import dev.modelsecrets.standard.StandardProviders;
import java.nio.file.Path;

/** This library with the standard chain. */
public final class ModelSecrets {

    private ModelSecrets() {}

    /** Takes the directory of the mounted files and the local YAML file. */
    public static void main(String[] arguments) {
        Check.print(StandardProviders.builder()
                .secretsDirectory(Path.of(arguments[0]))
                .localConfig(Path.of(arguments[1]))
                .resolver()
                .resolve("hf_access_token", "s3_secret_key", "local_token", "auth_token"));
    }
}
