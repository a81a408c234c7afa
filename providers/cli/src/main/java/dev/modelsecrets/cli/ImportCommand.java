package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.StorePassword;
import dev.modelsecrets.store.StoredSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Copies secrets from elsewhere into the store. */
final class ImportCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "SOURCE", "1", "a file or a directory");
        Options.value(
                spec,
                "--from",
                "FORMAT",
                "dotenv, json, kubernetes (a manifest), directory or pkcs12 (a store of the first design); guessed by"
                        + " default");
        Options.value(spec, "--as", "NAME", "one secret of this name, whose keys are the names of the source");
        Options.flag(spec, "--replace", "change secrets that exist, in place of failing before anything is stored");
        Options.value(spec, "--source-password-file", "FILE", "the password of a PKCS#12 file; asked for by default");
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        Path source = call.pathParameter(0).orElseThrow();
        ImportFormat format = ImportFormat.of(call.text("--from"), source);
        List<SecretMetadata> stored;
        if (format == ImportFormat.PKCS12) {
            stored = importPkcs12(call, source);
        } else {
            Map<String, Map<String, String>> secrets = ImportSource.read(format, source);
            Optional<String> as = call.text("--as");
            try (EncryptedSecretStore store = StoreOptions.open(call)) {
                stored = store(
                        store,
                        as.isPresent() ? ImportSource.joined(as.get(), secrets) : secrets,
                        call.has("--replace"));
            }
        }
        MetadataView.list(call.output(), stored);
        return ExitCode.DONE;
    }

    private static List<SecretMetadata> importPkcs12(Call call, Path source) {
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            StorePassword password = call.path("--source-password-file")
                    .map(StorePassword::fromFile)
                    .orElseGet(() -> StorePassword.of(Prompt.hidden(call, "password of " + source + ": ")));
            return store.importPkcs12(source, password);
        }
    }

    private static List<SecretMetadata> store(
            EncryptedSecretStore store, Map<String, Map<String, String>> secrets, boolean replace) {
        List<String> existing = new ArrayList<>();
        for (String name : secrets.keySet()) {
            if (store.find(name).isPresent()) {
                existing.add(name);
            }
        }
        if (!existing.isEmpty() && !replace) {
            throw CommandException.conflict(
                    "nothing was stored: there is already " + String.join(", ", existing) + " (--replace changes it)");
        }
        List<SecretMetadata> stored = new ArrayList<>();
        secrets.forEach((name, values) ->
                stored.add(store.put(StoredSecret.builder(name).values(values).build())));
        return stored;
    }
}
