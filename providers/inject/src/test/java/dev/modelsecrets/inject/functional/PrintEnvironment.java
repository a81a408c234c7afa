package dev.modelsecrets.inject.functional;

import java.util.TreeMap;

/** Runs in a child process: prints its variables and its arguments. */
final class PrintEnvironment {

    private PrintEnvironment() {}

    public static void main(String[] arguments) {
        new TreeMap<>(System.getenv()).forEach((name, value) -> System.out.println(name + "=" + value));
        for (String argument : arguments) {
            System.out.println("argument " + argument);
        }
    }
}
