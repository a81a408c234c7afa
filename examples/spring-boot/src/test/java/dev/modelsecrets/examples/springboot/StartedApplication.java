package dev.modelsecrets.examples.springboot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application as a process of its own, without the variables of this one. */
final class StartedApplication implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final Process process;
    private final Path output;
    private final HttpClient client = HttpClient.newHttpClient();

    private StartedApplication(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Runs {@code java} with its output in a file of a directory. */
    static StartedApplication java(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("output of " + command.hashCode() + ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        return new StartedApplication(builder.start(), output);
    }

    static String jar() {
        return System.getProperty("application.jar");
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the application does not end");
        }
        return process.exitValue();
    }

    String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(PATIENCE)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Waits until a path answers with a text. */
    void await(String path, String expected) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!get(path).equals(expected)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(path + " does not answer " + expected + ":\n" + output());
            }
            Thread.sleep(50);
        }
    }

    private String port() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (process.isAlive() && Instant.now().isBefore(end)) {
            Matcher started = PORT.matcher(output());
            if (started.find()) {
                return started.group(1);
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the application did not start:\n" + output());
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            exitCode();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
