package dev.modelsecrets.examples.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Made-up secrets in the places that the programs look at. */
final class Places {

    private static final String CONFIG = """
            model_name: Sentiment
            python_version: py311
            requirements:
              - torch==2.7.1
              - transformers==4.53.0
            resources:
              accelerator: A10G
              cpu: "4"
              memory: 16Gi
              use_gpu: true
            secrets:
              hf_access_token: unset
              s3_access_key: unset
              s3_secret_key: unset
              s3_region: unset
            """;

    private static final String LOCAL = """
            secrets:
              local_token: test-local-token
            """;

    private static final String JSON = "{\"auth_token\": \"test-auth-token\"}";

    private final Path home;
    private final Path mount;
    private final Path config;
    private final Path local;

    private Places(Path directory) {
        home = directory.resolve("home");
        mount = directory.resolve("mount");
        config = directory.resolve("config.yaml");
        local = directory.resolve("local.yaml");
    }

    /** Writes the files into an empty directory. */
    static Places create(Path directory) throws IOException {
        Places places = new Places(directory);
        Files.createDirectory(places.home);
        Files.createDirectory(places.mount);
        Files.writeString(places.mount.resolve("s3_secret_key"), "test-secret-key");
        Files.writeString(places.mount.resolve("s3_region"), "test-region-1");
        Files.writeString(places.config, CONFIG);
        Files.writeString(places.local, LOCAL);
        Files.setPosixFilePermissions(places.local, PosixFilePermissions.fromString("rw-------"));
        return places;
    }

    /** Returns the whole environment of a program, with each secret under the names that the libraries know. */
    Map<String, String> environment(Program program) {
        Map<String, String> variables = new HashMap<>();
        variables.put("HOME", home.toString());
        variables.put("TRUSS_SECRET_hf_access_token", "test-token");
        variables.put("HF_ACCESS_TOKEN", "test-token");
        variables.put("TRUSS_SECRET_s3_access_key", "test-access-key");
        variables.put("S3_ACCESS_KEY", "test-access-key");
        if (program.scenario() == Scenario.EVERYWHERE) {
            variables.put("AUTH_SECRET", JSON);
            variables.put("SPRING_APPLICATION_JSON", JSON);
        }
        if (program.library().equals(Library.AWS)) {
            variables.put("AWS_SESSION_TOKEN", "test-token");
            variables.put("AWS_ACCESS_KEY_ID", "test-access-key");
            variables.put("AWS_SECRET_ACCESS_KEY", "test-secret-key");
            variables.put("AWS_ACCOUNT_ID", "test-region-1");
        }
        return variables;
    }

    /** Returns what a program takes: the directory of the mounted files, and the YAML file of its scenario. */
    List<String> arguments(Program program) {
        Path yaml = program.scenario() == Scenario.EVERYWHERE ? local : config;
        return List.of(mount.toString(), yaml.toString());
    }

    /** Returns the line that a program must print. */
    String expected(Program program) {
        if (program.scenario() == null) {
            return "hello";
        }
        List<String> values = program.scenario() == Scenario.EVERYWHERE
                ? List.of("test-token", "test-secret-key", "test-local-token", "test-auth-token")
                : List.of("test-token", "test-access-key", "test-secret-key", "test-region-1");
        return values.size() + " secrets, " + String.join("", values).length() + " characters";
    }
}
