package dev.modelsecrets.examples.benchmarks.startup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The programs in a jar of their own, because an archive of classes takes no directory on the class path. */
final class ProgramJar {

    private ProgramJar() {}

    /** Writes all classes of the programs, but none of a benchmark. */
    static void write(Path jar) throws IOException {
        Path classes = Library.locationOf(Hello.class);
        Path programs = classes.resolve(Hello.class.getPackageName().replace('.', '/'));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> found = Files.walk(programs)) {
            for (Path path : found.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
                Files.copy(path, out);
            }
        }
    }
}
