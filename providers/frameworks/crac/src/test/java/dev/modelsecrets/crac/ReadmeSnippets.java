package dev.modelsecrets.crac;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.standard.StandardProviders;
import java.io.PrintStream;
import java.time.Duration;

/** The code of the README. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static String request(SecretDeclarations declarations, PrintStream log) {
        CheckpointedSecrets secrets =
                CheckpointedSecrets.register(StandardProviders::resolver, declarations, Duration.ofSeconds(30));
        secrets.whileResolved(refreshing -> refreshing.onChange(change -> log.println("rotated: " + change.changed())));

        String token = secrets.get().require("hf_access_token"); // for each request
        return token;
    }
}
