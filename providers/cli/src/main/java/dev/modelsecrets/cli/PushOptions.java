package dev.modelsecrets.cli;

import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.kubernetes.KubernetesSecretStore;
import dev.modelsecrets.platforms.BasetenPlatform;
import dev.modelsecrets.platforms.BentoCloudPlatform;
import dev.modelsecrets.platforms.Endpoint;
import dev.modelsecrets.platforms.OciBlueprintsPlatform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The options of {@code push} and {@code diff}: where to, with which login, and what. */
final class PushOptions {

    private PushOptions() {}

    static void describe(CommandSpec spec) {
        Options.value(spec, "--to", "PLATFORM", "baseten, bentocloud, oci, kubernetes or vault");
        Options.value(
                spec,
                "--endpoint",
                "URL",
                "the address of the platform; needed but for baseten and kubernetes. Also $BENTO_CLOUD_API_ENDPOINT,"
                        + " $VAULT_ADDR");
        Options.value(
                spec,
                "--token-file",
                "FILE",
                "the token of the platform; also $BASETEN_API_KEY, $BENTO_CLOUD_API_KEY, $OCI_BLUEPRINTS_TOKEN,"
                        + " $VAULT_TOKEN; else it is asked for");
        Options.value(spec, "--as", "NAME", "one secret of this name, whose keys are the names (vault: its path)");
        Options.value(spec, "--team", "ID", "the team, on Baseten");
        Options.value(spec, "--cluster", "NAME", "the cluster, on BentoCloud");
        Options.flag(spec, "--replace-keys", "let keys be lost that are there and not pushed (bentocloud, oci)");
        Options.value(spec, "--namespace", "NAME", "the namespace, on kubernetes");
        Options.value(spec, "--mount", "PATH", "the KV engine, on vault; secret by default");
        Options.value(spec, "--config", "FILE", "the config.yaml that declares the secrets");
        SourceOptions.describe(spec);
    }

    /** Resolves what is to be pushed; a default of a declaration is not worth it. */
    static Secrets secrets(Call call) throws IOException {
        SecretDeclarations declarations = SourceOptions.declarations(call, call.path("--config"));
        try (SecretsResolver resolver = SourceOptions.resolverWithoutDefaults(call)) {
            return resolver.resolve(declarations);
        }
    }

    static PushTarget target(Call call) throws IOException {
        String to = call.text("--to")
                .orElseThrow(() ->
                        CommandException.usage("say where to: --to baseten, bentocloud, oci, kubernetes or vault"));
        Optional<String> joined = call.text("--as");
        joined.ifPresent(SecretDeclarations::checkName);
        return switch (to) {
            case "baseten" -> baseten(call, joined);
            case "bentocloud" -> bentoCloud(call, joined);
            case "oci" ->
                new PlatformTarget(
                        OciBlueprintsPlatform.builder(endpoint(call, ""), token(call, "OCI_BLUEPRINTS_TOKEN"))
                                .replaceKeys(call.has("--replace-keys"))
                                .build(),
                        joined);
            case "kubernetes" -> kubernetes(call, joined);
            case "vault" ->
                new VaultTarget(
                        uri(call, "VAULT_ADDR"),
                        token(call, "VAULT_TOKEN"),
                        call.text("--mount").orElse("secret"),
                        joined);
            default -> throw CommandException.usage("--to is baseten, bentocloud, oci, kubernetes or vault");
        };
    }

    private static PushTarget baseten(Call call, Optional<String> joined) throws IOException {
        if (joined.isPresent()) {
            throw CommandException.usage("a secret of Baseten is one value: leave out --as");
        }
        BasetenPlatform.Builder builder = BasetenPlatform.builder(token(call, "BASETEN_API_KEY"));
        call.text("--team").ifPresent(builder::team);
        if (call.has("--endpoint")) {
            builder.endpoint(endpoint(call, ""));
        }
        return new PlatformTarget(builder.build(), joined);
    }

    private static PushTarget bentoCloud(Call call, Optional<String> joined) throws IOException {
        BentoCloudPlatform.Builder builder = BentoCloudPlatform.builder(
                        endpoint(call, "BENTO_CLOUD_API_ENDPOINT"), token(call, "BENTO_CLOUD_API_KEY"))
                .replaceKeys(call.has("--replace-keys"));
        call.text("--cluster").ifPresent(builder::cluster);
        return new PlatformTarget(builder.build(), joined);
    }

    private static PushTarget kubernetes(Call call, Optional<String> joined) {
        KubernetesSecretStore.Builder builder = KubernetesSecretStore.builder();
        call.text("--namespace").ifPresent(builder::namespace);
        RemoteOptions.kubeconfig(call).ifPresent(builder::kubeconfig);
        return new KubernetesTarget(builder.build(), joined);
    }

    private static Endpoint endpoint(Call call, String variable) {
        URI uri = uri(call, variable);
        try {
            return isLoopback(uri) ? Endpoint.plainLoopback(uri) : Endpoint.of(uri);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("the endpoint has to be an https address");
        }
    }

    static boolean isLoopback(URI uri) {
        return "http".equals(uri.getScheme())
                && List.of("127.0.0.1", "localhost", "[::1]").contains(uri.getHost());
    }

    private static URI uri(Call call, String variable) {
        String text = call.text("--endpoint").orElse(call.machine().variable(variable));
        if (text.isEmpty()) {
            throw CommandException.usage(
                    "say where the platform is: --endpoint URL" + (variable.isEmpty() ? "" : ", or $" + variable));
        }
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw CommandException.usage("the endpoint is not an address such as https://host");
    }

    private static Secret token(Call call, String variable) throws IOException {
        Optional<Path> file = call.path("--token-file");
        if (file.isPresent()) {
            return Secret.of(ImportSource.text(file.get()).strip());
        }
        String value = call.machine().variable(variable);
        if (!value.isBlank()) {
            return Secret.of(value.strip());
        }
        char[] typed = Prompt.hidden(call, "token ($" + variable + "): ");
        String token = new String(typed);
        Arrays.fill(typed, '\0');
        return Secret.of(token);
    }
}
