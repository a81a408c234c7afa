package dev.modelsecrets.examples.benchmarks.report;

/** What a result depends on: processors, operating system and JDK; no path and no name of a host. */
public final class Machine {

    private Machine() {}

    /** Returns one line about this machine. */
    public static String describe() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.arch") + ", "
                + System.getProperty("os.name");
    }
}
