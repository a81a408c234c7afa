package dev.modelsecrets.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where values are written to that the user wants to see.
 *
 * @param file a file; empty for standard output
 */
record Revealed(Optional<Path> file) {

    static void describe(CommandSpec spec) {
        Options.flag(spec, "--reveal", "needed: this command shows values");
        Options.value(
                spec,
                "--to",
                "FILE|-",
                "a file for its owner only, or - for standard output; needed unless that is a terminal");
    }

    static Revealed of(Call call) {
        if (!call.has("--reveal")) {
            throw CommandException.usage("this shows values: say --reveal if that is meant");
        }
        Optional<String> to = call.text("--to");
        if (to.isEmpty() && !call.machine().terminal().isOutput()) {
            throw CommandException.usage("standard output is no terminal: say --to - if values are meant to go there");
        }
        boolean file = to.isPresent() && !to.get().equals("-");
        return new Revealed(file ? Optional.of(Call.path("--to", to.get())) : Optional.empty());
    }

    void write(Call call, String text) throws IOException {
        if (file.isEmpty()) {
            call.output().result(text);
            return;
        }
        write(file.get(), text);
    }

    /** Writes a file that only its owner can read, and that does not exist yet. */
    static void write(Path file, String text) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Set<OpenOption> options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        try (var channel = Files.newByteChannel(file, options, attributes);
                OutputStream out = java.nio.channels.Channels.newOutputStream(channel)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
