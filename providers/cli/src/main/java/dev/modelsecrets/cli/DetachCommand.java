package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Lets a deployment no longer use secrets. */
final class DetachCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "DEPLOYMENT", "1", "the deployment");
        Options.parameters(spec, "NAME", "0..*", "the secrets");
        Options.flag(spec, "--all", "all of them");
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        String deployment = call.required(0);
        List<String> names = call.parameters().subList(1, call.parameters().size());
        if (names.isEmpty() != call.has("--all")) {
            throw CommandException.usage("name the secrets, or say --all");
        }
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            if (names.isEmpty()) {
                store.detachAll(deployment);
            } else {
                store.detach(deployment, names);
            }
        }
        call.output().line("detached from " + deployment);
        return ExitCode.DONE;
    }
}
