package dev.modelsecrets.examples.serving;

import dev.modelsecrets.AccessPolicy;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.inject.ModelFactory;
import dev.modelsecrets.standard.ModelConfig;
import dev.modelsecrets.standard.StandardProviders;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The program: four models on one server, of which one runs as a child process, and one is denied its secrets. */
public final class Serving {

    private static final String USAGE = """
            usage: Serving MODELS SECRETS [PORT]

              MODELS   the directory of the models, examples/serving/model
              SECRETS  the directory of mounted secrets, a file each:
                       hf_access_token, hf_endpoint_key, bucket_access_key, bucket_secret_key,
                       license_id, license.key; the two of a pair end in the same number, as in any-text-1
              PORT     8080 if not given

            Then try, and change the number of a pair while the server runs:

              curl -X POST -d text http://127.0.0.1:8080/v1/models/sentiment:predict
              curl http://127.0.0.1:8080/health
            """;

    private Serving() {}

    /**
     * Serves until the process is told to end.
     *
     * @param args see the usage text
     * @throws IOException if the port cannot be used, or a model does not start
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 2 || args.length > 3) {
            System.out.print(USAGE);
            return;
        }
        // Without it each answer on a kept connection may wait 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Map<String, String> environment = System.getenv();
        SecretsResolver resolver = resolver(environment, Path.of(args[1]));
        List<ModelSpec> models = models(Path.of(args[0]), new Upstream(), environment);
        try {
            ModelHost host = ModelHost.start(
                    resolver,
                    Duration.ofSeconds(1),
                    models,
                    new OutputStreamWriter(System.out, Charset.defaultCharset()));
            ModelServer server = ModelServer.start(host, args.length == 3 ? Integer.parseInt(args[2]) : 8080);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
            System.out.println("serving on " + server.address());
        } catch (SecretsException e) {
            // The message is for people: it says what is missing, where it was looked for, and what to do.
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Resolves for the models that the policy knows. */
    static SecretsResolver resolver(Map<String, String> environment, Path secrets) {
        return SecretsResolver.builder()
                .providers(chain(environment, secrets))
                .accessPolicy(policy())
                .build();
    }

    /** The chain of a server: the mount, then variables, and no file of a home directory. */
    static List<SecretProvider> chain(Map<String, String> environment, Path secrets) {
        return StandardProviders.builder()
                .environment(environment)
                .secretsDirectory(secrets)
                .trussServerChain();
    }

    /** Which model may see which secret. */
    static AccessPolicy policy() {
        return AccessPolicy.builder()
                .allow("sentiment", "hf_access_token", "hf_endpoint_key")
                .allow("upscaler", "bucket_access_key", "bucket_secret_key")
                .allow("custom", "license_id", "license.key")
                .build();
    }

    /** The models; a config.yaml, a record and an injection each declare what theirs needs. */
    static List<ModelSpec> models(Path models, Upstream service, Map<String, String> environment) {
        SecretDeclarations sentiment =
                ModelConfig.read(models.resolve("sentiment/config.yaml")).declarations();
        return List.of(
                new ModelSpec(
                        "sentiment",
                        sentiment,
                        (secrets, log) -> ModelFactory.of(secrets, service, log).create(SentimentModel.class)),
                new ModelSpec(
                        "upscaler",
                        SecretDeclarations.of(UpscalerModel.BucketKeys.class),
                        (secrets, log) -> ModelFactory.of(secrets, service).create(UpscalerModel.class)),
                new ModelSpec(
                        "custom",
                        ChildModel.INJECTION.declarations(),
                        (secrets, log) -> ChildModel.start(secrets, environment, log)),
                // Nobody put this one into the policy.
                new ModelSpec(
                        "stranger",
                        sentiment,
                        (secrets, log) -> ModelFactory.of(secrets, service, log).create(SentimentModel.class)));
    }
}
