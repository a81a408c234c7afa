package dev.modelsecrets.examples.quickstart;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.ModelConfig;
import dev.modelsecrets.standard.StandardProviders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The first example of {@code README.md}. */
final class FirstSteps {

    private FirstSteps() {}

    static String predict(URI service) throws IOException {
        ModelConfig config = ModelConfig.read(Path.of("config.yaml"));
        SecretsResolver resolver = StandardProviders.resolver();
        System.out.println(resolver.explain(config.declarations())); // who has what, and where; never a value

        Secrets secrets = resolver.resolve(config.declarations()); // all, or an error that lists what is missing
        HuggingFaceModel model = new HuggingFaceModel(service, secrets); // for the model, a Map<String, String>
        model.load();
        return model.predict("Paris is the [MASK] of France.");
    }
}
