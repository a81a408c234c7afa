package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoreKey;
import dev.modelsecrets.store.StoreKeyFile;
import dev.modelsecrets.store.StorePassword;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options that say which store, and what opens it.
 *
 * <p>A directory has the layout of the secrets API: {@code secrets.json}, {@code store.key}, {@code audit.jsonl}.
 */
final class StoreOptions {

    private static final String STORE = "MODEL_SECRETS_STORE";
    private static final String KEY_FILE = "MODEL_SECRETS_KEY_FILE";
    private static final String PASSWORD_FILE = "MODEL_SECRETS_PASSWORD_FILE";
    static final String PASSWORD = "MODEL_SECRETS_PASSWORD";
    private static final String AUDIT_LOG = "MODEL_SECRETS_AUDIT_LOG";

    private StoreOptions() {}

    static void describe(CommandSpec spec) {
        Options.value(spec, "--store", "FILE", "an encrypted store, or a directory with secrets.json; also $" + STORE);
        Options.value(
                spec,
                "--key-file",
                "FILE",
                "the key file of the store; also $" + KEY_FILE + "; store.key beside the store if it is there");
        Options.value(
                spec,
                "--password-file",
                "FILE",
                "a file with the password of the store; also $" + PASSWORD_FILE + " or $" + PASSWORD
                        + "; else it is asked for");
        Options.value(
                spec, "--audit-log", "FILE", "the audit log; also $" + AUDIT_LOG + "; audit.jsonl beside the store");
    }

    /** Tells whether a store is to be looked into: a variable alone does not add it to a chain. */
    static boolean isNamed(Call call) {
        return call.has("--store");
    }

    static EncryptedSecretStore open(Call call) {
        Path file = file(call);
        if (!Files.exists(file)) {
            throw CommandException.failed("there is no store " + file + "; model-secrets init makes one");
        }
        return builder(call, file, key(call, file)).open();
    }

    static EncryptedSecretStore.Builder builder(Call call, Path file, StoreKey key) {
        String log = call.machine().variable(AUDIT_LOG);
        Path auditLog = call.path("--audit-log")
                .orElse(log.isEmpty() ? file.resolveSibling("audit.jsonl") : Call.path(AUDIT_LOG, log));
        return EncryptedSecretStore.builder(file, key).auditLog(auditLog);
    }

    /** Returns the file of the store. */
    static Path file(Call call) {
        Path named = call.path("--store")
                .or(() -> variable(call, STORE))
                .or(() -> variable(call, "HOME").map(home -> home.resolve(".model-secrets")))
                .orElseThrow(() -> CommandException.usage("say which store: --store FILE, or $" + STORE))
                .toAbsolutePath();
        boolean directory = Files.isDirectory(named) || named.endsWith(".model-secrets");
        return directory ? named.resolve("secrets.json") : named;
    }

    /** Returns the key that options, variables, or a file beside the store say; else the password is asked for. */
    static StoreKey key(Call call, Path store) {
        Optional<StoreKey> named = namedKey(call);
        if (named.isPresent()) {
            return named.get();
        }
        Path beside = store.resolveSibling("store.key");
        if (Files.exists(beside)) {
            return StoreKeyFile.at(beside);
        }
        return StorePassword.of(Prompt.hidden(call, "password of " + store + ": "));
    }

    /** Returns the key that an option or a variable names. */
    static Optional<StoreKey> namedKey(Call call) {
        if (call.has("--key-file") && call.has("--password-file")) {
            throw CommandException.usage("--key-file and --password-file exclude each other");
        }
        Optional<StoreKey> option = call.path("--key-file")
                .<StoreKey>map(StoreKeyFile::at)
                .or(() -> call.path("--password-file").map(StorePassword::fromFile));
        if (option.isPresent()) {
            return option;
        }
        Optional<StoreKey> file = variable(call, KEY_FILE)
                .<StoreKey>map(StoreKeyFile::at)
                .or(() -> variable(call, PASSWORD_FILE).map(StorePassword::fromFile));
        if (file.isPresent() || call.machine().variable(PASSWORD).isEmpty()) {
            return file;
        }
        return Optional.of(
                StorePassword.fromEnvironment(PASSWORD, call.machine().environment()));
    }

    private static Optional<Path> variable(Call call, String name) {
        String text = call.machine().variable(name);
        return text.isEmpty() ? Optional.empty() : Optional.of(Call.path("$" + name, text));
    }
}
