package dev.modelsecrets.examples.benchmarks.startup.code;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.github.gestalt.config.Gestalt;
import org.github.gestalt.config.builder.GestaltBuilder;
import org.github.gestalt.config.exceptions.GestaltException;
import org.github.gestalt.config.source.EnvironmentConfigSourceBuilder;
import org.github.gestalt.config.source.KubernetesSecretConfigSourceBuilder;

/** Gestalt with its sources for variables and mounted secrets. */
public final class GestaltConfig {

    /** Gestalt takes a variable's name apart at each underscore. */
    private static final String[] NAMES = {"hf.access.token", "s3.access.key", "s3_secret_key", "s3_region"};

    private GestaltConfig() {}

    /** Takes the directory of the mounted files. */
    public static void main(String[] arguments) throws GestaltException {
        Gestalt gestalt = new GestaltBuilder()
                .addSource(KubernetesSecretConfigSourceBuilder.builder()
                        .setPath(Path.of(arguments[0]))
                        .build())
                .addSource(EnvironmentConfigSourceBuilder.builder().build())
                .build();
        gestalt.loadConfigs();
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name : NAMES) {
            secrets.put(name, gestalt.getConfig(name, String.class));
        }
        Check.print(secrets);
    }
}
