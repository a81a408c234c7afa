package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Brings back earlier values of a secret. */
final class UndoCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "NAME", "1", "the secret");
        Options.value(
                spec, "--version", "NUMBER", "the values of this version; those before the last change by default");
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            Optional<String> version = call.text("--version");
            MetadataView.changed(
                    call.output(),
                    "brought back",
                    version.isPresent()
                            ? store.undo(call.required(0), SecretOptions.version("--version", version.get()))
                            : store.undo(call.required(0)));
        }
        return ExitCode.DONE;
    }
}
