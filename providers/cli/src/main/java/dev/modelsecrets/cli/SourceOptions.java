package dev.modelsecrets.cli;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.local.DotEnvSecretProvider;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import dev.modelsecrets.standard.ModelConfig;
import dev.modelsecrets.standard.StandardProviders;
import dev.modelsecrets.store.StoreSecretProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The options that say which secrets are wanted and where to look for them. */
final class SourceOptions {

    private static final Path CONFIG = Path.of("config.yaml");

    private SourceOptions() {}

    static void describe(CommandSpec spec) {
        Options.values(spec, "--names", "a,b", "the secrets by name, in place of those of config.yaml or out of them");
        Options.value(spec, "--chain", "CHAIN", "standard (default), truss-server, or none");
        Options.value(spec, "--env-prefix", "PREFIX", "what variables begin with; TRUSS_SECRET_ by default");
        Options.value(spec, "--directory", "DIR", "mounted secrets; /secrets by default");
        Options.value(spec, "--local-config", "FILE", "in place of ~/.truss/config.yaml");
        Options.values(spec, "--dotenv", "FILE", "also look into a .env file");
        StoreOptions.describe(spec);
        RemoteOptions.describe(spec);
        Options.flag(spec, "--no-defaults", "a default of config.yaml does not count as a value");
    }

    /** Returns what is declared: by {@code --names}, by the file that is named, or by {@code config.yaml} beside. */
    static SecretDeclarations declarations(Call call, Optional<Path> config) throws IOException {
        List<String> names = call.names("--names");
        if (config.isEmpty() && !names.isEmpty()) {
            return SecretDeclarations.of(names.toArray(new String[0]));
        }
        if (config.isEmpty() && !Files.exists(CONFIG)) {
            throw CommandException.usage("say which secrets: a config.yaml, or --names a,b");
        }
        SecretDeclarations declared = ModelConfig.read(config.orElse(CONFIG)).declarations();
        return names.isEmpty() ? declared : only(declared, names);
    }

    /** Returns declarations of these names, each with the default that it was declared with. */
    static SecretDeclarations only(SecretDeclarations declared, List<String> names) {
        SecretDeclarations.Builder chosen = SecretDeclarations.builder();
        for (String name : names) {
            Optional<String> value = declared.names().contains(name) ? declared.defaultValue(name) : Optional.empty();
            if (value.isPresent()) {
                chosen.withDefault(name, value.get());
            } else {
                chosen.required(name);
            }
        }
        return chosen.build();
    }

    static SecretsResolver resolver(Call call) {
        return resolver(call, !call.has("--no-defaults"));
    }

    static SecretsResolver resolverWithoutDefaults(Call call) {
        return resolver(call, false);
    }

    private static SecretsResolver resolver(Call call, boolean allowDefaults) {
        return SecretsResolver.builder()
                .providers(providers(call))
                .allowDefaults(allowDefaults)
                .build();
    }

    private static List<SecretProvider> providers(Call call) {
        List<SecretProvider> providers = new ArrayList<>(chain(call));
        for (String file : call.texts("--dotenv")) {
            providers.add(DotEnvSecretProvider.at(Call.path("--dotenv", file)));
        }
        if (StoreOptions.isNamed(call)) {
            providers.add(StoreSecretProvider.of(StoreOptions.open(call)));
        }
        RemoteOptions.addTo(providers, call);
        if (providers.isEmpty()) {
            throw CommandException.usage("there is no place to look: --chain none needs another one");
        }
        return providers;
    }

    private static List<SecretProvider> chain(Call call) {
        StandardProviders.Builder builder = StandardProviders.builder()
                .environment(call.machine().environment())
                .secretsDirectory(call.path("--directory").orElse(call.machine().secretsDirectory()));
        Optional<Path> localConfig = call.path("--local-config");
        if (localConfig.isPresent()) {
            builder.localConfig(localConfig.get());
        }
        String chain = call.text("--chain").orElse("standard");
        List<SecretProvider> providers = switch (chain) {
            case "standard" -> builder.chain();
            case "truss-server" -> builder.trussServerChain();
            case "none" -> List.of();
            default -> throw CommandException.usage("--chain is standard, truss-server or none");
        };
        Optional<String> prefix = call.text("--env-prefix");
        if (prefix.isEmpty()) {
            return providers;
        }
        List<SecretProvider> renamed = new ArrayList<>();
        for (SecretProvider provider : providers) {
            renamed.add(
                    provider instanceof EnvironmentSecretProvider variables
                            ? variables.withPrefix(prefix.get())
                            : provider);
        }
        return renamed;
    }
}
