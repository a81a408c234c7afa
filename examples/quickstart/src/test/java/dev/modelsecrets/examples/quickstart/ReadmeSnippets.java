package dev.modelsecrets.examples.quickstart;

import dev.modelsecrets.ConflictPolicy;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.AuthSecretProvider;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import dev.modelsecrets.standard.MountedSecretProvider;
import dev.modelsecrets.standard.StandardProviders;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The smaller examples of {@code README.md}; {@link ReadmeSnippetsTest} checks that they stay the same. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static SecretDeclarations declareInCode() {
        SecretDeclarations declarations = SecretDeclarations.builder()
                .required("hf_access_token")
                .withDefault("aws_region", "us-east-1")
                .build();
        return declarations;
    }

    static SecretsResolver ownProvider(SecretProvider remoteStore) {
        SecretsResolver resolver = SecretsResolver.builder()
                .providers(StandardProviders.chain())
                .provider(SecretProvider.optional(remoteStore))
                .build();
        return resolver;
    }

    static SecretsResolver trussServer() {
        SecretsResolver resolver = SecretsResolver.builder()
                .providers(StandardProviders.trussServerChain())
                .build();
        return resolver;
    }

    static SecretsResolver baseten() {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(MountedSecretProvider.create())
                .allowDefaults(false)
                .build();
        return resolver;
    }

    static SecretsResolver bentoCloud(Path bentoHome) {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(EnvironmentSecretProvider.create().withPrefix(""))
                .provider(MountedSecretProvider.at(bentoHome.resolve("demo/secrets/password")))
                .conflicts(ConflictPolicy.FAIL)
                .build();
        return resolver;
    }

    static Secrets ociBlueprint() {
        SecretProvider variables = EnvironmentSecretProvider.create().withPrefix("");
        Secrets secrets = SecretsResolver.of(variables).resolve("HF_TOKEN");
        return secrets;
    }

    static Secrets tensorleap() {
        SecretsResolver resolver = SecretsResolver.of(AuthSecretProvider.create());
        Secrets secrets = resolver.resolve("type", "project_id", "private_key");
        return secrets;
    }

    static HuggingFaceModel modelInATest(URI service) {
        Secrets secrets = Secrets.of(Map.of("hf_access_token", "test-token"));
        HuggingFaceModel model = new HuggingFaceModel(service, secrets);
        return model;
    }

    static SecretsResolver placesOfATest(Path directory) {
        SecretsResolver resolver = StandardProviders.builder()
                .environment(Map.of("TRUSS_SECRET_hf_access_token", "test-token"))
                .secretsDirectory(directory.resolve("secrets"))
                .localConfig(directory.resolve("config.yaml"))
                .resolver();
        return resolver;
    }
}
