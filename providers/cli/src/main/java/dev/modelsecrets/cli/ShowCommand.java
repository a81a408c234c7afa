package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/** Shows what the store tells of a secret. */
final class ShowCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "NAME", "1", "the secret");
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            MetadataView.show(call.output(), store.describe(call.required(0)));
        }
        return ExitCode.DONE;
    }
}
