package dev.modelsecrets.examples.benchmarks.startup;

/** What any JVM costs. */
public final class Hello {

    private Hello() {}

    /** Prints one line. */
    public static void main(String[] arguments) {
        System.out.println("hello");
    }
}
