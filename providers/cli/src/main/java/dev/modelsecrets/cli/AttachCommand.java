package dev.modelsecrets.cli;

import dev.modelsecrets.standard.ModelConfig;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.SecretMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Lets a deployment use secrets. */
final class AttachCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "DEPLOYMENT", "1", "the deployment");
        Options.parameters(spec, "NAME", "1..*", "the secrets");
        Options.value(spec, "--config", "FILE", "the config.yaml whose names have to be covered");
        Options.flag(spec, "--only", "these and no other ones");
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        String deployment = call.required(0);
        List<String> names = call.parameters().subList(1, call.parameters().size());
        Optional<Path> config = call.path("--config");
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            List<SecretMetadata> attached;
            if (call.has("--only")) {
                attached = store.attachOnly(deployment, names);
            } else if (config.isPresent()) {
                attached = store.attach(
                        deployment, names, ModelConfig.read(config.get()).declarations());
            } else {
                attached = store.attach(deployment, names);
            }
            MetadataView.list(call.output(), attached);
        }
        return ExitCode.DONE;
    }
}
