package dev.modelsecrets.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the classes that usual calls need, for the launcher's class-data archive.
 *
 * <p>It sees no variable of the user and no secret: its files are its own, and hold a made-up text.
 */
final class WarmUp {

    static final String NAME = "warm-up";

    private WarmUp() {}

    static int run() throws IOException {
        Path directory = Files.createTempDirectory("model-secrets");
        Path secret = directory.resolve("made_up");
        Path config = directory.resolve("config.yaml");
        try {
            Files.writeString(secret, "made-up-text");
            Files.writeString(config, "secrets:\n  made_up: null\n  other: text\n");
            Machine machine = new Machine(
                    Map.of("HOME", directory.toString()),
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(),
                    new SystemTerminal(),
                    directory,
                    Optional.empty());
            Cli.run(machine, List.of("check", config.toString()));
            Cli.run(machine, List.of("check", "--names", "made_up,absent", "--json"));
            Cli.run(machine, List.of("run", "--names", "made_up", "--env", "MADE_UP=made_up", "--", "true"));
            Cli.run(machine, List.of("check", "--help"));
            ClassArchive.record();
            return ExitCode.DONE;
        } finally {
            Files.deleteIfExists(secret);
            Files.deleteIfExists(config);
            Files.deleteIfExists(directory);
        }
    }
}
