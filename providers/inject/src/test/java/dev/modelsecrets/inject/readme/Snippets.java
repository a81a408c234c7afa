package dev.modelsecrets.inject.readme;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.inject.ArgumentExpansion;
import dev.modelsecrets.inject.Blueprint;
import dev.modelsecrets.inject.InjectionPlan;
import dev.modelsecrets.inject.ModelFactory;
import dev.modelsecrets.inject.SecretFiles;
import dev.modelsecrets.inject.SecretInjection;
import dev.modelsecrets.store.SecretStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The Java blocks of the module's README, compiled. */
final class Snippets {

    private Snippets() {}

    static int child(SecretsResolver resolver) throws IOException, InterruptedException {
        SecretInjection injection = SecretInjection.builder()
                .variable("HF_TOKEN", "hf_access_token")
                .file("db_password", "secrets/password/db")
                .expandArguments(ArgumentExpansion.STRICT)
                .build();
        InjectionPlan plan = injection.plan(resolver.resolve(injection.declarations()));
        ProcessBuilder server = plan.applyTo(new ProcessBuilder("my-server", "--token=$(HF_TOKEN)"));
        try (SecretFiles files = plan.writeTo(Path.of("/run/my-server"))) {
            return server.directory(files.directory().toFile()).start().waitFor();
        }
    }

    static SecretInjection bentoCloud() {
        SecretInjection injection = SecretInjection.builder()
                .mount("db-secret", "$BENTOML_HOME/demo", Map.of("db", "secrets/password"))
                .build();
        return injection;
    }

    static Process deployment(SecretStore store, ProcessBuilder server, Path home) throws IOException {
        InjectionPlan plan = SecretInjection.ofDeployment(store, "llm").plan();
        SecretFiles files = plan.writeTo(home);
        plan.applyTo(server).environment().put("BENTOML_HOME", files.directory().toString());
        return server.start();
    }

    static Process blueprint(SecretsResolver resolver) throws IOException {
        ProcessBuilder server = Blueprint.read(Path.of("blueprint.json")).process(resolver, "vllm", "serve");
        return server.inheritIO().start();
    }

    static <T> T model(Secrets secrets, Class<T> type, Path dataDirectory) {
        T model = ModelFactory.of(secrets, dataDirectory).create(type);
        return model;
    }
}
