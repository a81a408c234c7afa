package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.SecretMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Lists secrets by name. */
final class ListCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "TEXT", "0..1", "only those with the text in name, keys, description or labels");
        Options.value(spec, "--deployment", "NAME", "only those that a deployment uses");
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            Optional<String> deployment = call.text("--deployment");
            List<SecretMetadata> secrets = deployment.isPresent()
                    ? store.attached(deployment.get())
                    : store.list(call.parameter(0).orElse(""));
            MetadataView.list(call.output(), secrets);
        }
        return ExitCode.DONE;
    }
}
