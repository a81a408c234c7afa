package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoreKeyFile;
import dev.modelsecrets.store.StorePassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Changes the password, or adds or removes a key. */
final class PasswdCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.value(spec, "--new-password-file", "FILE", "the new password; it is asked for by default");
        Options.value(
                spec,
                "--add-key-file",
                "FILE",
                "let a key file open the store, in place of another one; it is made if it is missing");
        Options.value(spec, "--remove", "KIND", "remove the key of a kind: password or key-file");
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        if (Stream.of("--new-password-file", "--add-key-file", "--remove")
                        .filter(call::has)
                        .count()
                > 1) {
            throw CommandException.usage("say one of --new-password-file, --add-key-file and --remove");
        }
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            Optional<Path> keyFile = call.path("--add-key-file");
            if (keyFile.isPresent()) {
                Path file = keyFile.get();
                store.addKey(Files.exists(file) ? StoreKeyFile.at(file) : StoreKeyFile.create(file));
            } else if (call.has("--remove")) {
                store.removeKey(call.text("--remove").orElseThrow());
            } else {
                store.list();
                store.changePassword(call.path("--new-password-file")
                        .map(StorePassword::fromFile)
                        .orElseGet(() -> StorePassword.of(Prompt.hiddenTwice(call, "new password"))));
            }
            call.output().line("opened by " + String.join(", ", store.keyKinds()));
        }
        return ExitCode.DONE;
    }
}
