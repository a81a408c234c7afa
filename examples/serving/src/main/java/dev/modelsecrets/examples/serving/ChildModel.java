package dev.modelsecrets.examples.serving;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.inject.SecretInjection;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A model that is a program of its own: a child process that gets its secrets as variables, and no others. */
final class ChildModel implements Model {

    /** The child's variables; the last one with the secret name and key that OCI AI Blueprints would use. */
    static final SecretInjection INJECTION = SecretInjection.builder()
            .variable("LICENSE_ID", "license_id")
            .variable("LICENSE_KEY", "license", "key")
            .build();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final URI address;
    private final Thread output;
    private final ServerLog log;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private ChildModel(Process process, URI address, Thread output, ServerLog log) {
        this.process = process;
        this.address = address;
        this.output = output;
        this.log = log;
    }

    /**
     * Starts the child with what it would inherit, plus and minus what the injection says, and waits until it serves.
     */
    static ChildModel start(Secrets secrets, Map<String, String> inherited, ServerLog log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(inherited);
        Process process = INJECTION.plan(secrets).applyTo(builder).start();
        try {
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            URI address = URI.create("http://127.0.0.1:" + port(output.readLine()) + "/predict");
            Thread thread = new Thread(() -> passOn(output, log), "custom");
            thread.setDaemon(true);
            thread.start();
            return new ChildModel(process, address, thread, log);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** This JVM again, with the one class path entry that the program needs. */
    private static List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        URL classes = CustomServer.class.getProtectionDomain().getCodeSource().getLocation();
        String classPath = Path.of(URI.create(classes.toString())).toString();
        return List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, CustomServer.class.getName());
    }

    private static int port(@Nullable String line) throws IOException {
        if (line == null || !line.matches("[0-9]{1,5}")) {
            // The line is not quoted: it is the child's, and may hold anything.
            throw new IOException("the custom server did not say its port");
        }
        return Integer.parseInt(line);
    }

    /** Passes the child's output on to the log, where the redactor sees it. */
    private static void passOn(BufferedReader output, ServerLog log) {
        try (output) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.line("custom: " + line);
            }
        } catch (IOException e) {
            log.line("custom: the output broke off: " + e.getMessage());
        }
    }

    @Override
    public String predict(String input) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(input))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("the custom server answered " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the custom server was working");
        }
    }

    /** Ends the child, which ends with its input, and waits until all that it said is in the log. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            output.join(5_000);
            log.line("custom: ended with status " + process.waitFor());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
