package dev.modelsecrets.cli;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.kubernetes.KubernetesSecretProvider;
import dev.modelsecrets.local.CommandSecretProvider;
import dev.modelsecrets.remote.RemoteSecretProvider;
import dev.modelsecrets.vault.VaultSecretProvider;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** The options of remote stores. Each store finds its login where its own tools do. */
final class RemoteOptions {

    private RemoteOptions() {}

    static void describe(CommandSpec spec) {
        Options.value(
                spec, "--vault", "URL", "also look into HashiCorp Vault or OpenBao; the login is that of $VAULT_*");
        Options.value(spec, "--vault-mount", "PATH", "the KV engine of --vault; secret by default");
        Options.value(spec, "--kubernetes", "NAMESPACE", "also look into the Secrets of a namespace");
        Options.value(spec, "--kubeconfig", "FILE", "the login of --kubernetes");
        Options.values(
                spec,
                "--command",
                "COMMAND",
                "also run a program that prints a secret; {name} stands for its name. No shell sees the command");
        Options.value(spec, "--remote-prefix", "PREFIX", "remote secrets are called PREFIX and the name");
        Options.values(spec, "--remote-keys-of", "a,b", "names are keys of these remote secrets");
    }

    static void addTo(List<SecretProvider> providers, Call call) {
        if (call.has("--vault")) {
            String address = call.text("--vault").orElseThrow();
            VaultSecretProvider.Builder vault = VaultSecretProvider.builder()
                    .environment(call.machine().environment())
                    .address(address);
            call.text("--vault-mount").ifPresent(vault::mount);
            providers.add(build(call, "--vault", vault, vault::build));
        }
        if (call.has("--kubernetes")) {
            String namespace = call.text("--kubernetes").orElseThrow();
            KubernetesSecretProvider.Builder kubernetes =
                    KubernetesSecretProvider.builder().namespace(namespace);
            kubeconfig(call).ifPresent(kubernetes::kubeconfig);
            providers.add(build(call, "--kubernetes", kubernetes, kubernetes::build));
        }
        for (String command : call.texts("--command")) {
            providers.add(command(call, command));
        }
    }

    /** Takes a command line apart at its spaces; no shell sees it. */
    private static SecretProvider command(Call call, String line) {
        String[] words = line.strip().split("\\s+", -1);
        String[] arguments = Arrays.copyOfRange(words, 1, words.length);
        if (words[0].isEmpty()) {
            throw CommandException.usage("--command needs a program");
        }
        return CommandSecretProvider.builder(words[0], arguments)
                .environment(call.machine().environment())
                .build();
    }

    static Optional<Path> kubeconfig(Call call) {
        return call.path("--kubeconfig");
    }

    private static SecretProvider build(
            Call call, String option, RemoteSecretProvider.Builder<?> builder, Supplier<SecretProvider> build) {
        List<String> secrets = call.names("--remote-keys-of");
        if (!secrets.isEmpty()) {
            builder.keysOf(secrets.toArray(new String[0]));
        } else {
            builder.secretPerName(call.text("--remote-prefix").orElse(""));
        }
        try {
            return build.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw CommandException.usage(option + " cannot be used like that: " + e.getMessage());
        }
    }
}
