package dev.modelsecrets.examples.benchmarks.store;

import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.examples.benchmarks.startup.Hello;
import dev.modelsecrets.examples.benchmarks.startup.Jdk;
import dev.modelsecrets.examples.benchmarks.startup.Library;
import dev.modelsecrets.examples.benchmarks.startup.Proc;
import dev.modelsecrets.examples.benchmarks.store.cold.JdkFloor;
import dev.modelsecrets.examples.benchmarks.store.cold.ModelSecretsProgram;
import dev.modelsecrets.examples.benchmarks.store.cold.MvStoreProgram;
import dev.modelsecrets.examples.benchmarks.store.cold.SqliteProgram;
import dev.modelsecrets.store.EncryptedSecretStore;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is measured as a whole process on one JDK. Used by one thread. */
final class ColdProgram {

    static final String HELLO = "hello";
    static final String FLOOR = "the JDK's HMAC and AES alone";

    final String name;
    final Samples samples = new Samples();
    private final List<String> command = new ArrayList<>();
    private final Path output;
    private final String expected;

    private ColdProgram(Jdk jdk, String name, Class<?> main, Library library, Path directory, String expected) {
        this.name = name;
        this.output = directory.resolve("output");
        this.expected = expected;
        List<String> classPath = new ArrayList<>();
        classPath.add(Library.locationOf(main).toString());
        library.files().forEach(file -> classPath.add(file.toString()));
        command.addAll(List.of(jdk.java(), "-cp", String.join(File.pathSeparator, classPath), main.getName()));
        command.add(directory.toString());
    }

    /**
     * Makes the stores and the programs that read them.
     *
     * @param directory an empty one
     * @param count how many secrets there are, of which ten are read
     */
    static List<ColdProgram> all(Jdk jdk, Path directory, int count) throws IOException {
        Map<String, String> secrets = Fixture.secrets(count);
        List<String> asked = Fixture.some(secrets, Fixture.ASKED);
        int characters = 0;
        for (String name : asked) {
            characters += secrets.getOrDefault(name, "").length();
        }
        String done = asked.size() + " secrets, " + characters + " characters";
        Library none = new Library("", List.of(), List.of());
        Map<String, Path> places = new LinkedHashMap<>();
        for (Map.Entry<String, Contender.Opener> opener : SideBySide.openers().entrySet()) {
            Path place = Files.createTempDirectory(directory, "cold");
            try (Contender store = opener.getValue().open(place)) {
                store.createAll(secrets);
            }
            places.put(opener.getKey(), place);
        }
        Path own = places.getOrDefault(SideBySide.MODEL_SECRETS, directory);
        Path sqlite = places.getOrDefault(SideBySide.SQLITE, directory);
        Path mvStore = places.getOrDefault(SideBySide.MVSTORE, directory);
        Files.write(own.resolve("sealed"), sealed(own, secrets, asked));

        List<ColdProgram> programs = new ArrayList<>();
        programs.add(new ColdProgram(jdk, HELLO, Hello.class, none, directory, "hello"));
        programs.add(new ColdProgram(jdk, FLOOR, JdkFloor.class, none, own, done));
        programs.add(new ColdProgram(
                jdk,
                SideBySide.MODEL_SECRETS,
                ModelSecretsProgram.class,
                new Library(
                        "",
                        List.of(EncryptedSecretStore.class, SecretsResolver.class),
                        List.of("org.slf4j", "com.fasterxml.jackson.core.jackson-core")),
                own,
                done));
        programs.add(new ColdProgram(
                jdk,
                SideBySide.SQLITE,
                SqliteProgram.class,
                new Library("", List.of(), List.of("org.xerial", "org.slf4j")),
                sqlite,
                done));
        programs.add(new ColdProgram(
                jdk,
                SideBySide.MVSTORE,
                MvStoreProgram.class,
                new Library("", List.of(), List.of("com.h2database")),
                mvStore,
                done));
        for (ColdProgram program : programs) {
            program.command.addAll(asked);
        }
        return programs;
    }

    private static byte[] sealed(Path place, Map<String, String> secrets, List<String> names) throws IOException {
        Values values = Values.of(place);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        for (String name : names) {
            // Bound to nothing.
            sealed.write(values.seal("", secrets.getOrDefault(name, "")));
        }
        return sealed.toByteArray();
    }

    /** Runs it once, and checks that it did the work. */
    void run() throws IOException, InterruptedException {
        double before = Proc.childrenMillis();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(name + " did not end within two minutes");
        }
        double millis = (System.nanoTime() - start) / 1e6;
        samples.add(millis, Proc.childrenMillis() - before);
        String said = Files.readString(output, StandardCharsets.UTF_8);
        if (!said.lines().toList().contains(expected)) {
            throw new IllegalStateException(name + " ended with " + process.exitValue() + " and said " + said);
        }
    }
}
