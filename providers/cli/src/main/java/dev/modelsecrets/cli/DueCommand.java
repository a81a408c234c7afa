package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/** Lists what expires or has to be rotated soon. */
final class DueCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.value(spec, "--within", "DURATION", "how soon, for example 7d, which is the default");
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        Duration within = Times.duration("--within", call.text("--within").orElse("7d"));
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            MetadataView.list(call.output(), store.due(within));
        }
        return ExitCode.DONE;
    }
}
