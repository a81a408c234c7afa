package dev.modelsecrets.cli;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The one executable file, made from the class path of the tests as the build makes it. */
final class Launcher {

    private final Path file;
    private final Path home;

    private Launcher(Path file, Path home) {
        this.file = file;
        this.home = home;
    }

    static Launcher make(Path directory) throws Exception {
        List<String> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(element -> !element.endsWith("test-classes") && !element.isEmpty())
                .filter(element -> !element.matches(".*(junit|assertj|byte-buddy|opentest4j|apiguardian|surefire).*"))
                .toList();
        String asm = classPath.stream()
                .filter(element -> element.matches(".*\\basm-[0-9.]+\\.jar"))
                .findFirst()
                .orElseThrow();
        Path sources = Path.of("src/launcher").toAbsolutePath();
        Path file = directory.resolve("model-secrets");
        Process process = new ProcessBuilder(
                        java().toString(),
                        "-classpath",
                        asm,
                        sources.resolve("MakeLauncher.java").toString(),
                        file.toString(),
                        sources.resolve("model-secrets.sh").toString(),
                        String.join(File.pathSeparator, classPath),
                        "1.2.3-test")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
        Path home = directory.resolve("home");
        Files.createDirectories(home);
        return new Launcher(file, home);
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    Path file() {
        return file;
    }

    Path archive() {
        return home.resolve(".cache/model-secrets/classes.jsa");
    }

    /** Returns a process with a home of its own and few variables, whose standard input is empty. */
    ProcessBuilder process(String... arguments) {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("MODEL_SECRETS_ARCHIVE", "off");
        return builder.redirectInput(Redirect.from(new File("/dev/null")));
    }
}
