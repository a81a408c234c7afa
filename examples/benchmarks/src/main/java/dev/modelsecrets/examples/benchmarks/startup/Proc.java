package dev.modelsecrets.examples.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of processes in {@code /proc}; NaN where there is no such thing. */
public final class Proc {

    /** How long a tick of {@code /proc} is, in milliseconds: the same on all Linux systems. */
    private static final double TICK = 10;

    private static final String PEAK = "VmHWM:";

    private Proc() {}

    /** Returns the processor time of all children of this process that have ended, in milliseconds. */
    public static double childrenMillis() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(afterName[13]) + Long.parseLong(afterName[14])) * TICK;
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /** Returns the most memory that a running process has had in use, in MiB. */
    static double peakMebibytes(long process) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + process + "/status"))) {
                if (line.startsWith(PEAK)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException e) {
            // It has ended, or this is not Linux.
        }
        return Double.NaN;
    }
}
