package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/** Deletes a secret. */
final class DeleteCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "NAME", "1", "the secret");
        Options.flag(spec, "--force", "also one that a deployment uses");
        Options.value(spec, "--if-version", "NUMBER", "fail if the secret has another version");
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        String name = call.required(0);
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            long version = call.has("--if-version")
                    ? SecretOptions.version(
                            "--if-version", call.text("--if-version").orElse(""))
                    : store.describe(name).version();
            if (call.has("--force")) {
                store.forceDelete(name, version);
            } else {
                store.delete(name, version);
            }
        }
        call.output().line("deleted " + name);
        return ExitCode.DONE;
    }
}
