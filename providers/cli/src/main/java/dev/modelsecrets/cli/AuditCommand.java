package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Verifies the audit log. */
final class AuditCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {

        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            long lines = store.verifyAuditLog();
            if (call.output().isJson()) {
                call.output().json(Map.of("lines", lines));
            } else {
                call.output().line("the audit log is in order: " + lines + " lines");
            }
        }
        return ExitCode.DONE;
    }
}
