package dev.modelsecrets.inject.functional;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.inject.SecretInjection;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A second JVM of the same release that runs a test class. */
final class ChildJvm {

    private ChildJvm() {}

    /** Returns a builder for {@code main}, which would inherit these variables and no others. */
    static ProcessBuilder of(Path directory, Class<?> main, Map<String, String> inherited, String... arguments)
            throws IOException, URISyntaxException {
        String classPath = String.join(
                File.pathSeparator,
                copy(main, directory).toString(),
                classesWith(Secrets.class),
                classesWith(SecretInjection.class));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().clear();
        process.environment().putAll(inherited);
        return process;
    }

    /** Runs it and returns the lines that it printed. */
    static List<String> run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        try (InputStream output = process.getInputStream()) {
            List<String> lines =
                    new String(output.readAllBytes(), UTF_8).lines().toList();
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("exit status " + status + ": " + lines);
            }
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Copies a class that needs no other one of the tests. */
    private static Path copy(Class<?> main, Path directory) throws IOException {
        String file = main.getName().replace('.', '/') + ".class";
        Path copy = directory.resolve(file);
        Files.createDirectories(copy.getParent());
        try (InputStream bytes = main.getResourceAsStream(main.getSimpleName() + ".class")) {
            Files.write(copy, bytes.readAllBytes());
        }
        return directory;
    }

    private static String classesWith(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
