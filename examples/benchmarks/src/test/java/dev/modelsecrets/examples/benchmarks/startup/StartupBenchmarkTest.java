package dev.modelsecrets.examples.benchmarks.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each program does its work with no more on the class path than it is given; no time is looked at. */
class StartupBenchmarkTest {

    private static final Jdk JDK = new Jdk(
            Path.of(System.getProperty("java.home")),
            Integer.toString(Runtime.version().feature()));

    /** What measures, what the tests need, and what only the benchmark of the store needs. */
    private static final List<String> HARNESS = List.of(
            "/org/openjdk/",
            "/net/sf/jopt-simple/",
            "/org/apache/commons/",
            "/org/ahocorasick/",
            "/org/xerial/",
            "/com/h2database/",
            "/providers/store/",
            "/dev/modelsecrets/model-secrets-store/",
            "/org/jspecify/",
            "/org/junit/",
            "/org/assertj/",
            "/net/bytebuddy/",
            "/org/opentest4j/",
            "/org/apiguardian/",
            "/org/apache/maven/surefire/");

    @TempDir
    Path directory;

    static List<Program> programs() {
        return Program.all();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void program_withItsClassPathAlone_findsAllSecrets(Program program) throws Exception {
        Path programs = directory.resolve("programs.jar");
        ProgramJar.write(programs);

        Candidate candidate = Candidate.plain(JDK, program, programs, directory.resolve("files"));

        candidate.warmUp();
    }

    @Test
    void library_allTogether_areTheWholeClassPath() {
        Set<Path> known = new HashSet<>();
        Library.ALL.forEach(library -> known.addAll(library.files()));
        List<Path> unknown = new ArrayList<>(Library.classPath());
        unknown.removeAll(known);
        unknown.removeIf(file -> !file.toString().endsWith(".jar") || isHarness(file));

        assertThat(unknown).as("jars that no library is given").isEmpty();
    }

    private static boolean isHarness(Path jar) {
        return HARNESS.stream().anyMatch(jar.toString().replace('\\', '/')::contains);
    }

    @Test
    void run_oneRound_measuresAll() throws Exception {
        Path programs = directory.resolve("programs.jar");
        ProgramJar.write(programs);
        Candidate hello = Candidate.plain(JDK, Program.HELLO, programs, directory.resolve("files"));

        StartupBenchmark.run(List.of(hello), 1);

        assertThat(hello.wall().median()).isPositive();
        assertThat(hello.wallRatio(hello).median()).isEqualTo(1);
    }

    /** The one that runs this, and each one here that has the ahead-of-time cache, which keeps objects too. */
    static List<Jdk> jdks() throws IOException {
        return Jdk.find(Map.of()).stream()
                .filter(jdk -> jdk.hasAotCache() || jdk.feature() == JDK.feature())
                .toList();
    }

    /** In a build that makes no jars the library is a directory, which no archive takes. */
    @ParameterizedTest
    @MethodSource("jdks")
    void archived_modelSecrets_holdsItsClassesAndNoValue(Jdk jdk) throws Exception {
        assumeThat(Library.STANDARD.files()).allSatisfy(file -> assertThat(file).isRegularFile());
        Path programs = directory.resolve("programs.jar");
        ProgramJar.write(programs);
        Program program = Program.all().get(2);
        Candidate candidate = Candidate.plain(jdk, program, programs, directory.resolve("files"));

        Candidate archived = candidate.archived();

        archived.warmUp();
        assertThat(program.name()).isEqualTo(Program.MODEL_SECRETS);
        assertThat(Files.readString(directory.resolve("files/classes.archive"), StandardCharsets.ISO_8859_1))
                .contains("dev/modelsecrets/SecretsResolver")
                .doesNotContain("test-secret-key", "t\0e\0s\0t\0-\0s\0e\0c\0r\0e\0t\0");
    }
}
