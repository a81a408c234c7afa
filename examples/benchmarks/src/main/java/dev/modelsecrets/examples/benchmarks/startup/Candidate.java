package dev.modelsecrets.examples.benchmarks.startup;

import dev.modelsecrets.examples.benchmarks.report.Spread;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program on one JDK, with or without an archive of classes, and what was measured of it so far. */
final class Candidate {

    private final Jdk jdk;
    private final Program program;
    private final String option;
    private final String classPath;
    private final Places places;
    private final Path directory;

    private final List<Double> wall = new ArrayList<>();
    private final List<Double> processor = new ArrayList<>();
    private final List<Double> memory = new ArrayList<>();

    private Candidate(Jdk jdk, Program program, String option, String classPath, Places places, Path directory) {
        this.jdk = jdk;
        this.program = program;
        this.option = option;
        this.classPath = classPath;
        this.places = places;
        this.directory = directory;
    }

    /**
     * Prepares a program to run as any program does.
     *
     * @param programs the jar with all programs
     * @param directory a directory that does not exist, for the files of this one
     */
    static Candidate plain(Jdk jdk, Program program, Path programs, Path directory) throws IOException {
        Files.createDirectories(directory);
        List<String> files = new ArrayList<>();
        files.add(programs.toString());
        program.library().files().forEach(file -> files.add(file.toString()));
        String classPath = String.join(File.pathSeparator, files);
        return new Candidate(jdk, program, "", classPath, Places.create(directory), directory);
    }

    /** Returns the same program with an archive of its classes, which this makes. */
    Candidate archived() throws IOException, InterruptedException {
        Path archive = directory.resolve("classes.archive");
        Candidate maker = new Candidate(jdk, program, jdk.makeArchive(archive), classPath, places, directory);
        maker.end(maker.start());
        if (!Files.exists(archive)) {
            throw new IllegalStateException(program.name() + " made no archive, see " + directory.resolve("errors"));
        }
        return new Candidate(jdk, program, jdk.useArchive(archive), classPath, places, directory);
    }

    Program program() {
        return program;
    }

    boolean isArchived() {
        return !option.isEmpty();
    }

    /** Runs it once for nothing but its check line. */
    void warmUp() throws IOException, InterruptedException {
        end(start());
    }

    /** Runs it once and takes down how long it took, on the clock and of the processors. */
    void time() throws IOException, InterruptedException {
        double before = Proc.childrenMillis();
        long start = System.nanoTime();
        Process process = start();
        await(process);
        double millis = (System.nanoTime() - start) / 1e6;
        addTime(millis, Proc.childrenMillis() - before);
        end(process);
    }

    void addTime(double wallMillis, double processorMillis) {
        wall.add(wallMillis);
        processor.add(processorMillis);
    }

    /** Runs it once, looks at its memory all the time, and takes down the most there was. */
    void weigh() throws IOException, InterruptedException {
        Process process = start();
        double peak = Double.NaN;
        while (!process.waitFor(1, TimeUnit.MILLISECONDS)) {
            double now = Proc.peakMebibytes(process.pid());
            peak = Double.isNaN(now) ? peak : now;
        }
        addMemory(peak);
        end(process);
    }

    void addMemory(double mebibytes) {
        memory.add(mebibytes);
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(jdk.java()));
        if (isArchived()) {
            command.add(option);
        }
        command.addAll(List.of("-cp", classPath, program.main()));
        command.addAll(places.arguments(program));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("output").toFile())
                .redirectError(directory.resolve("errors").toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(places.environment(program));
        return builder.start();
    }

    private void await(Process process) throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(program.main() + " did not end within two minutes");
        }
    }

    /** Waits for its end, and checks that it did the work. */
    private void end(Process process) throws IOException, InterruptedException {
        await(process);
        int status = process.exitValue();
        List<String> output = Files.readAllLines(directory.resolve("output"));
        if (status != 0 || !output.contains(places.expected(program))) {
            throw new IllegalStateException(program.main() + " ended with " + status + " and said " + output + " and "
                    + Files.readString(directory.resolve("errors")));
        }
    }

    /** Returns milliseconds on the clock. */
    Spread wall() {
        return Spread.of(wall);
    }

    /** Returns how many times as long as another one it took on the clock. */
    Spread wallRatio(Candidate base) {
        return Spread.ofRatios(wall, base.wall);
    }

    /** Returns milliseconds of processor time: the mean, because the system counts them in steps of ten. */
    double processor() {
        return processor.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Returns the peak of its memory in MiB. */
    Spread memory() {
        return Spread.of(memory);
    }
}
