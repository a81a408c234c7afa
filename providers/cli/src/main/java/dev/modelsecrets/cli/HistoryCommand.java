package dev.modelsecrets.cli;

import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.SecretMetadata;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** Lists earlier values of a secret by version, none of them with its value. */
final class HistoryCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "NAME", "1", "the secret");
        StoreOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        try (EncryptedSecretStore store = StoreOptions.open(call)) {
            SecretMetadata secret = store.describe(call.required(0));
            List<Object> revisions = new ArrayList<>();
            add(revisions, secret.version(), secret.updated(), secret.keys(), call.output());
            for (SecretMetadata.Revision revision : secret.history()) {
                add(revisions, revision.version(), revision.updated(), revision.keys(), call.output());
            }
            if (call.output().isJson()) {
                call.output().json(revisions);
            }
        }
        return ExitCode.DONE;
    }

    private static void add(List<Object> revisions, long version, Instant updated, Set<String> keys, Output output) {
        Map<String, Object> revision = new LinkedHashMap<>();
        revision.put("version", version);
        revision.put("updated", updated.toString());
        revision.put("keys", List.copyOf(keys));
        revisions.add(revision);
        output.line("version " + version + "  " + updated + "  " + String.join(", ", keys));
    }
}
