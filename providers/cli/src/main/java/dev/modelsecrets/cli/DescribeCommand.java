package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoredSecret;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/** Changes what is kept beside the values. */
final class DescribeCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "NAME", "1", "the secret");
        SecretOptions.describe(spec);
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            StoredSecret.Builder change = StoredSecret.changesTo(call.required(0));
            SecretOptions.apply(call, change);
            MetadataView.changed(call.output(), "changed", store.update(change.build()));
        }
        return ExitCode.DONE;
    }
}
