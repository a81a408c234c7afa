package dev.modelsecrets.cli;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.local.DotEnvWriter;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.StoreSecretProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** Writes values out of the store; each is recorded by the audit log before it is written. */
final class ExportCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameters(spec, "NAME", "0..*", "the secrets; all by default");
        Options.value(spec, "--format", "FORMAT", "dotenv (default), json, or directory");
        Revealed.describe(spec);
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        Revealed target = Revealed.of(call);
        String format = call.text("--format").orElse("dotenv");
        if (!List.of("dotenv", "json", "directory").contains(format)) {
            throw CommandException.usage("--format is dotenv, json or directory");
        }
        if (format.equals("directory") && target.file().isEmpty()) {
            throw CommandException.usage("--format directory needs --to DIRECTORY");
        }
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            Map<String, String> values = values(store, call.parameters());
            switch (format) {
                case "json" -> target.write(call, Json.write(values) + "\n");
                case "directory" -> writeFiles(target.file().orElseThrow(), values);
                default -> target.write(call, dotenv(values));
            }
        }
        return ExitCode.DONE;
    }

    private static Map<String, String> values(EncryptedSecretStore store, List<String> names) {
        List<SecretMetadata> secrets = new ArrayList<>();
        if (names.isEmpty()) {
            secrets.addAll(store.list());
        } else {
            names.forEach(name -> secrets.add(store.describe(name)));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (SecretMetadata secret : secrets) {
            Set<String> keys = secret.keys();
            store.recordRead(secret.name(), keys);
            Map<String, Lookup> found =
                    StoreSecretProvider.ofSecret(store, secret.name()).find(keys);
            found.forEach((key, lookup) -> {
                if (!lookup.isFound()) {
                    throw CommandException.failed(secret.name() + " " + key + " cannot be read");
                }
                values.put(keys.size() == 1 ? secret.name() : secret.name() + "." + key, lookup.value());
            });
        }
        return values;
    }

    private static String dotenv(Map<String, String> values) {
        try {
            return DotEnvWriter.format(values);
        } catch (IllegalArgumentException e) {
            throw CommandException.failed("a .env file cannot hold all of these names and values; use --format json");
        }
    }

    private static void writeFiles(Path directory, Map<String, String> values) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, String> entry : values.entrySet()) {
            Revealed.write(directory.resolve(entry.getKey()), entry.getValue());
        }
    }
}
