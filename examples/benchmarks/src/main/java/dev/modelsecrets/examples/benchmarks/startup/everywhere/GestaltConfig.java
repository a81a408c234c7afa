package dev.modelsecrets.examples.benchmarks.startup.everywhere;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.github.gestalt.config.Gestalt;
import org.github.gestalt.config.builder.GestaltBuilder;
import org.github.gestalt.config.exceptions.GestaltException;
import org.github.gestalt.config.source.EnvironmentConfigSourceBuilder;
import org.github.gestalt.config.source.FileConfigSourceBuilder;
import org.github.gestalt.config.source.KubernetesSecretConfigSourceBuilder;
import org.github.gestalt.config.source.StringConfigSourceBuilder;

/** Gestalt with its sources for these places; JSON is read as the YAML that it also is. */
public final class GestaltConfig {

    /** Gestalt takes a variable's name apart at each underscore. */
    private static final String[] NAMES = {
        "hf.access.token", "s3_secret_key", "secrets.local_token", "auth_token",
    };

    private GestaltConfig() {}

    /** Takes the directory of the mounted files and the local YAML file. */
    public static void main(String[] arguments) throws GestaltException {
        Gestalt gestalt = new GestaltBuilder()
                .addSource(StringConfigSourceBuilder.builder()
                        .setConfig(System.getenv("AUTH_SECRET"))
                        .setFormat("yaml")
                        .build())
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
        for (String name : NAMES) {
            secrets.put(name, gestalt.getConfig(name, String.class));
        }
        Check.print(secrets);
    }
}
