package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoredSecret;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Gives an existing secret a new value. */
final class RotateCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "NAME", "1", "the secret");
        Options.parameters(
                spec, "[KEY] [" + Values.LABEL + "]", "0..2", "the key, and where the value is, as with set");
        Options.flag(spec, "--generate", "a random value, as generate makes it");
        RandomValue.describe(spec);
        Options.value(spec, "--if-version", "NUMBER", "fail if the secret has another version");
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        ValueArguments arguments = ValueArguments.of(call);
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            store.describe(arguments.name());
            String value = call.has("--generate") ? RandomValue.of(call) : arguments.value(call);
            StoredSecret change = StoredSecret.changesTo(arguments.name())
                    .value(arguments.keyIn(store), value)
                    .build();
            Optional<String> version = call.text("--if-version");
            MetadataView.changed(
                    call.output(),
                    "rotated",
                    version.isPresent()
                            ? store.update(change, SecretOptions.version("--if-version", version.get()))
                            : store.update(change));
        }
        return ExitCode.DONE;
    }
}
