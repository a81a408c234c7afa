package dev.modelsecrets.examples.benchmarks.startup;

import java.util.Map;

/** The line that each program ends with, so that the harness sees that all did the same work. */
public final class Check {

    private Check() {}

    /**
     * Prints how many secrets there are, and of how many characters together; these are made-up ones.
     *
     * @param secrets names and values
     */
    public static void print(Map<String, String> secrets) {
        int characters = 0;
        for (String value : secrets.values()) {
            characters += value.length();
        }
        System.out.println(secrets.size() + " secrets, " + characters + " characters");
    }
}
