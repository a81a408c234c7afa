package dev.modelsecrets.examples.quickstart;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.ModelConfig;
import dev.modelsecrets.standard.StandardProviders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Two models get their secrets: one from each place where the standard chain looks.
 *
 * <p>The environment variable and {@code AUTH_SECRET} are set by whoever starts this program: see {@code pom.xml}.
 */
public final class Quickstart {

    private static final String SENTENCE = "Paris is the [MASK] of France.";
    private static final String PHOTO = "grandmother.jpg";

    private final SecretDeclarations maskDeclarations;
    private final SecretDeclarations photoDeclarations;
    private final Path mount;
    private final Path localConfig;
    private final SecretsResolver resolver;

    private Quickstart(Path models, Path places) {
        maskDeclarations =
                ModelConfig.read(models.resolve("hugging-face/config.yaml")).declarations();
        photoDeclarations =
                ModelConfig.read(models.resolve("gfpgan/config.yaml")).declarations();
        mount = places.resolve("secrets");
        localConfig = places.resolve("home/.truss/config.yaml");
        resolver = StandardProviders.builder()
                .environment(environment())
                .secretsDirectory(mount)
                .localConfig(localConfig)
                .resolver();
    }

    /** Returns the variables of the tour only, so that a secret of your own does not stand in for one of its. */
    private static Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.keySet().retainAll(Set.of("TRUSS_SECRET_hf_access_token", "AUTH_SECRET"));
        return variables;
    }

    /**
     * Runs the tour.
     *
     * @param args the directory of the models, and a directory to write to
     * @throws IOException if a file cannot be written, or the loopback interface cannot be used
     */
    public static void main(String[] args) throws IOException {
        Quickstart quickstart = new Quickstart(Path.of(args[0]), Path.of(args[1], "places"));
        quickstart.declare();
        quickstart.fillPlaces();
        quickstart.explain();
        try (ProtectedServer services = Services.start()) {
            quickstart.handOver(services.address());
            quickstart.beRefused(services.address());
        }
        quickstart.missOne();
    }

    private void declare() {
        heading("1. What the models declare in their config.yaml");
        say("hugging-face  " + String.join(", ", maskDeclarations.names()));
        say("gfpgan        " + String.join(", ", photoDeclarations.names()));
    }

    private void fillPlaces() throws IOException {
        KubernetesMount.write(
                mount,
                Map.of("gfpgan_aws_access_key_id", "test-keyid-1", "gfpgan_aws_secret_access_key", "test-private-1\n"));
        PrivateFile.write(localConfig, """
                secrets:
                  hf_access_token: test-developer-1
                  gfpgan_aws_region: test-north-1
                """);
    }

    private void explain() {
        heading("2. Where each secret comes from: four real places, and never a value");
        print(resolver.explain(maskDeclarations).toString());
        print("");
        print(resolver.explain(photoDeclarations).toString());
    }

    private void handOver(URI services) throws IOException {
        heading("3. The models get their secrets, and work");
        Secrets maskSecrets = resolver.resolve(maskDeclarations);
        say("as text, the map is " + maskSecrets);
        HuggingFaceModel maskModel = new HuggingFaceModel(services, maskSecrets);
        maskModel.load();
        say("hugging-face  " + SENTENCE + " -> " + maskModel.predict(SENTENCE));

        GfpganModel photoModel = new GfpganModel(services, resolver.resolve(photoDeclarations));
        photoModel.load();
        say("gfpgan        " + PHOTO + " -> " + photoModel.predict(PHOTO));
    }

    private void beRefused(URI services) throws IOException {
        heading("4. Without the right token, the service refuses");
        say("no token       "
                + HttpCall.post(services.resolve("/fill-mask"), "", SENTENCE).status());
        HuggingFaceModel stranger = new HuggingFaceModel(services, Map.of("hf_access_token", "a guess"));
        stranger.load();
        try {
            say("a wrong token  " + stranger.predict(SENTENCE));
        } catch (IOException refused) {
            say("a wrong token  " + refused.getMessage());
        }
    }

    private void missOne() {
        heading("5. What you see when a secret is missing (here: a name in the wrong case)");
        try {
            resolver.resolve("gfpgan_aws_bucket", "HF_ACCESS_TOKEN");
        } catch (MissingSecretsException missing) {
            System.out.println(missing.getMessage());
        }
    }

    private static void heading(String text) {
        print("");
        print(text);
        print("");
    }

    private static void say(String text) {
        print("  " + text);
    }

    private static void print(String text) {
        System.out.println(text.stripTrailing());
    }
}
