package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.StoredSecret;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/** Creates a secret, or changes one of its values; the value comes from a prompt, standard input or a file. */
final class SetCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "NAME", "1", "the secret");
        Options.parameters(
                spec,
                "[KEY] [" + Values.LABEL + "]",
                "0..2",
                "the key, and where the value is: a file, or standard input. At a terminal it is asked for");
        Options.flag(spec, "--create", "fail if the secret exists");
        Options.value(spec, "--template", "NAME", "the keys and formats of a service, such as hugging-face or aws");
        Options.flag(spec, "--any-format", "let a value through that does not look like one of the template");
        SecretOptions.describe(spec);
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        ValueArguments arguments = ValueArguments.of(call);
        StoredSecret.Builder secret = SecretOptions.template(call)
                .map(template -> template.secret(arguments.name()))
                .orElseGet(() -> StoredSecret.builder(arguments.name()));
        SecretOptions.apply(call, secret);
        if (call.has("--any-format")) {
            secret.withoutFormatCheck();
        }
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            secret.value(arguments.keyIn(store), arguments.value(call));
            SecretMetadata stored = call.has("--create") ? store.create(secret.build()) : store.put(secret.build());
            MetadataView.changed(call.output(), "stored", stored);
        }
        return ExitCode.DONE;
    }
}
