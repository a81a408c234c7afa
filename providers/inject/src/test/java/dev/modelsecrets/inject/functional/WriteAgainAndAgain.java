package dev.modelsecrets.inject.functional;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.inject.SecretFiles;
import dev.modelsecrets.inject.SecretInjection;
import java.nio.file.Path;
import java.util.Map;

/** Runs in a child process until it is killed: writes secret files to a directory, replaces them and removes them. */
final class WriteAgainAndAgain {

    private WriteAgainAndAgain() {}

    public static void main(String[] arguments) {
        Secrets secrets = Secrets.of(Map.of("a", "old", "b", "old"));
        SecretInjection injection =
                SecretInjection.builder().file("a").file("b", "sub/b").build();
        System.out.println("ready");
        while (true) {
            try (SecretFiles files = injection.plan(secrets).writeTo(Path.of(arguments[0]))) {
                files.update(secrets);
            }
        }
    }
}
