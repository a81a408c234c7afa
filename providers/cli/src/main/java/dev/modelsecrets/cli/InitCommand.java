package dev.modelsecrets.cli;

import dev.modelsecrets.store.StoreKey;
import dev.modelsecrets.store.StoreKeyFile;
import dev.modelsecrets.store.StorePassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** Makes a store, with a key file beside it unless a password or another key is named. */
final class InitCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.flag(spec, "--password", "let a password open the store, which is asked for");
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        Path file = StoreOptions.file(call);
        if (Files.exists(file)) {
            throw CommandException.conflict("there is a store " + file + " already");
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        StoreKey key = key(call, file);
        StoreOptions.builder(call, file, key).create().close();
        call.output().line("made " + file + ", opened by " + key);
        return ExitCode.DONE;
    }

    private static StoreKey key(Call call, Path store) {
        if (call.has("--password")) {
            return StorePassword.of(Prompt.hiddenTwice(call, "new password of " + store));
        }
        if (call.has("--key-file")) {
            Path named = call.path("--key-file").orElseThrow();
            return Files.exists(named) ? StoreKeyFile.at(named) : StoreKeyFile.create(named);
        }
        Path beside = store.resolveSibling("store.key");
        return StoreOptions.namedKey(call)
                .orElseGet(() -> Files.exists(beside) ? StoreKeyFile.at(beside) : StoreKeyFile.create(beside));
    }
}
