package dev.modelsecrets.cli;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.inject.SecretFiles;
import dev.modelsecrets.inject.SecretInjection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of a program, made when there are any, removed at the end. */
final class ProgramFiles implements AutoCloseable {

    static final String VARIABLE = "MODEL_SECRETS_FILES";

    private final Optional<Path> named;
    private final Machine machine;
    private @Nullable SecretFiles files;
    private @Nullable Path made;

    private ProgramFiles(Optional<Path> named, Machine machine) {
        this.named = named;
        this.machine = machine;
    }

    static ProgramFiles in(Optional<Path> directory, Machine machine) {
        return new ProgramFiles(directory, machine);
    }

    /** Writes the files, or replaces all of them at once, and returns the variable that says where they are. */
    Map<String, String> write(SecretInjection injection, Secrets secrets, boolean any) throws IOException {
        if (!any) {
            return Map.of();
        }
        SecretFiles written = files;
        if (written == null) {
            written = injection.plan(secrets).writeTo(directory());
            files = written;
        } else {
            written.update(secrets);
        }
        return Map.of(VARIABLE, written.directory().toAbsolutePath().toString());
    }

    private Path directory() throws IOException {
        if (named.isPresent()) {
            return named.get();
        }
        Path fresh = Files.createTempDirectory(memory(), "model-secrets-");
        made = fresh;
        return fresh;
    }

    /** Returns a directory whose files are not written to a disk, where the machine has one. */
    private Path memory() {
        for (String candidate : List.of(machine.variable("XDG_RUNTIME_DIR"), "/dev/shm")) {
            if (!candidate.isEmpty() && Files.isWritable(Path.of(candidate))) {
                return Path.of(candidate);
            }
        }
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    @Override
    public void close() throws IOException {
        if (files != null) {
            files.close();
        }
        if (made != null) {
            Files.deleteIfExists(made);
        }
    }
}
