package dev.modelsecrets.inject.functional;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.inject.SecretInjection;
import dev.modelsecrets.inject.SecretInjectionException;
import java.io.IOException;
import java.util.Map;

/** Runs in a child process: hands a secret with a character beyond ASCII on to a shell, which prints its bytes. */
final class HandOnAnUmlaut {

    private HandOnAnUmlaut() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        SecretInjection injection =
                SecretInjection.builder().variable("TOKEN", "token").build();
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", "printf %s \"$TOKEN\" | od -An -tx1").inheritIO();
        try {
            injection.plan(Secrets.of(Map.of("token", "p\u00e4ss"))).applyTo(shell);
        } catch (SecretInjectionException refused) {
            System.out.println(refused.getMessage());
            return;
        }
        shell.start().waitFor();
    }
}
