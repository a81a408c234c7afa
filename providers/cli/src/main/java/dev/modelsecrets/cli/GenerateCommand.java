package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoredSecret;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/** Stores a random value, which is not shown. */
final class GenerateCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "NAME", "1", "the secret");
        Options.parameter(spec, "KEY", "0..1", "the key");
        RandomValue.describe(spec);
        SecretOptions.describe(spec);
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        ValueArguments arguments = ValueArguments.of(call);
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            StoredSecret.Builder secret =
                    StoredSecret.builder(arguments.name()).value(arguments.keyIn(store), RandomValue.of(call));
            SecretOptions.apply(call, secret);
            MetadataView.changed(call.output(), "stored", store.put(secret.build()));
        }
        return ExitCode.DONE;
    }
}
