package dev.modelsecrets.examples.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Lays out what Spark takes for its home, and runs {@link ScoringRun} there in a JVM with the options that Spark needs.
 *
 * <p>Spark starts executors from the jars in {@code SPARK_HOME/jars}; here these are links to the jars of this class
 * path.
 */
public final class SparkExample {

    private SparkExample() {}

    /**
     * Runs the example.
     *
     * @param arguments a directory for all that is written; it is emptied first
     * @throws IOException if the directory cannot be written
     * @throws InterruptedException if the wait for the run is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]).toAbsolutePath();
        deleteAll(directory);
        Path home = Files.createDirectories(directory.resolve("home"));
        Path jars = Files.createDirectories(home.resolve("jars"));
        List<String> directories = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            if (Files.isDirectory(path)) {
                directories.add(path.toString());
            } else {
                Files.createSymbolicLink(jars.resolve(path.getFileName()), path);
            }
        }
        String javaHome = System.getProperty("java.home");
        List<String> command = new ArrayList<>(List.of(javaHome + "/bin/java", "-Xmx768m"));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(List.of(
                "-Dsun.net.httpserver.nodelay=true",
                "-classpath",
                System.getProperty("java.class.path"),
                ScoringRun.class.getName(),
                directory.toString(),
                String.join(File.pathSeparator, directories)));
        ProcessBuilder run = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(directory.resolve("driver.log").toFile());
        run.environment().put("SPARK_HOME", home.toString());
        run.environment().put("SPARK_SCALA_VERSION", "2.13");
        run.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        run.environment().put("JAVA_HOME", javaHome);
        int status = run.start().waitFor();
        if (status != 0) {
            System.err.println("The run ended with status " + status + "; see " + directory.resolve("driver.log"));
        }
        System.exit(status);
    }

    private static void deleteAll(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
