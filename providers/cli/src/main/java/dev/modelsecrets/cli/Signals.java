package dev.modelsecrets.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Sends signals, which the JDK can only do for two of them. */
final class Signals {

    private Signals() {}

    static void send(String name, long process) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(process))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // There is no shell, or no more process: the signal is lost, as it is for a process that has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
