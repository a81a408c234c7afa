package dev.modelsecrets.examples.quickstart;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.standard.ModelConfig;
import dev.modelsecrets.standard.StandardProviders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

public final class FirstSteps {

    public static void main(String[] arguments) throws IOException {
        ModelConfig config = ModelConfig.read(Path.of("config.yaml"));
        Secrets secrets = StandardProviders.resolver().resolve(config.declarations());

        System.out.println(secrets.source("hf_access_token")); // where it came from, never what it is
        System.out.println(new Model(secrets)); // names only
    }

    record Model(Map<String, String> secrets) {

        String header() {
            return "Bearer " + secrets.get("hf_access_token");
        }
    }
}
