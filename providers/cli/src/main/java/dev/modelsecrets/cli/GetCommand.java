package dev.modelsecrets.cli;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoreSecretProvider;
import java.io.IOException;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** Shows a value to a terminal, or writes it where the user says. */
final class GetCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "NAME", "1", "the secret");
        Options.parameter(spec, "KEY", "0..1", "the key; its only one, or value, by default");
        Revealed.describe(spec);
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        Revealed target = Revealed.of(call);
        ValueArguments arguments = ValueArguments.of(call);
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            store.describe(arguments.name());
            String key = arguments.keyIn(store);
            Lookup lookup = StoreSecretProvider.ofSecret(store, arguments.name())
                    .find(Set.of(key))
                    .get(key);
            if (lookup == null || !lookup.isFound()) {
                throw CommandException.missing(arguments.name() + " has no key " + key);
            }
            store.recordRead(arguments.name(), Set.of(key));
            target.write(call, lookup.value() + "\n");
        }
        return ExitCode.DONE;
    }
}
