package dev.modelsecrets.examples.benchmarks.startup;

import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.StandardProviders;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a user has on the class path for one library and no other: the part of this module's own class path that belongs
 * to some Maven groups or artifacts.
 *
 * @param name what readers of the results know it as
 * @param own classes whose places belong to it too, be they jars or, in a build, directories
 * @param groups Maven groups, or single artifacts, each standing also for those whose names continue it
 */
public record Library(String name, List<Class<?>> own, List<String> groups) {

    static final Library JDK = new Library("the JDK alone", List.of(), List.of());

    static final Library CORE =
            new Library("Model Secrets, core", List.of(SecretsResolver.class), List.of("org.slf4j"));

    static final Library STANDARD = new Library(
            "Model Secrets, core and standard",
            List.of(SecretsResolver.class, StandardProviders.class),
            List.of("org.slf4j", "com.fasterxml.jackson.core.jackson-core", "org.yaml"));

    static final Library JACKSON = new Library(
            "Jackson with its YAML format",
            List.of(),
            List.of("com.fasterxml.jackson.core", "com.fasterxml.jackson.dataformat", "org.yaml"));

    static final Library SPRING = new Library(
            "Spring Boot without a starter, YAML",
            List.of(),
            List.of("org.springframework", "io.micrometer", "commons-logging", "org.yaml"));

    static final Library SMALLRYE = new Library(
            "SmallRye Config, YAML and file system",
            List.of(),
            List.of(
                    "io.smallrye",
                    "org.eclipse.microprofile.config",
                    "jakarta.annotation",
                    "org.jboss.logging",
                    "org.ow2.asm",
                    "org.yaml"));

    static final Library GESTALT = new Library(
            "Gestalt, YAML", List.of(), List.of("com.github.gestalt-config", "com.fasterxml.jackson", "org.yaml"));

    static final Library AWS =
            new Library("AWS SDK, auth", List.of(), List.of("software.amazon", "org.reactivestreams", "org.slf4j"));

    /** All that need more than the JDK. */
    static final List<Library> ALL = List.of(CORE, STANDARD, JACKSON, SMALLRYE, GESTALT, SPRING, AWS);

    /** Returns its part of the class path. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Class<?> type : own) {
            files.add(locationOf(type));
        }
        for (Path file : classPath()) {
            if (groups.stream().anyMatch(group -> isOf(group, file))) {
                files.add(file);
            }
        }
        return files;
    }

    private static boolean isOf(String group, Path file) {
        String path = file.toString().replace(File.separatorChar, '/');
        return path.endsWith(".jar") && path.contains("/" + group.replace('.', '/') + "/");
    }

    static List<Path> classPath() {
        List<Path> files = new ArrayList<>();
        for (String file : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            files.add(Path.of(file));
        }
        return files;
    }

    /** Returns the jar or the directory that a class is in. */
    public static Path locationOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
