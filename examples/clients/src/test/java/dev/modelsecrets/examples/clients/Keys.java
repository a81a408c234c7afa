package dev.modelsecrets.examples.clients;

/** The made-up value of a secret in each generation. */
final class Keys {

    private Keys() {}

    static String value(String name, int generation) {
        return "test-" + name + "-" + generation;
    }

    /** Returns the generation of a value. */
    static int generation(String value) {
        return Integer.parseInt(value.substring(value.lastIndexOf('-') + 1));
    }
}
