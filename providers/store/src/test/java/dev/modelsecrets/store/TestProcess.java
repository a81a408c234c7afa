package dev.modelsecrets.store;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a Java process with the classes of this test. */
public final class TestProcess {

    private TestProcess() {}

    /** A process that ends soon: it starts faster without the second compiler. */
    public static List<String> command(Class<?> main, String... arguments) {
        return command(List.of(), main, arguments);
    }

    public static List<String> command(List<String> options, Class<?> main, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-Xmx128m"));
        all.addAll(options);
        return build(all, main, arguments);
    }

    /** A process as a user starts it. */
    public static List<String> plainCommand(Class<?> main, String... arguments) {
        return build(List.of(), main, arguments);
    }

    private static List<String> build(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-classpath");
        command.add(classPath());
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** The tests may run on the module path, with their classes patched into the module. */
    public static String classPath() {
        List<String> paths = new ArrayList<>();
        Path target = Path.of(System.getProperty("basedir", "."), "target").toAbsolutePath();
        paths.add(target.resolve("classes").toString());
        paths.add(target.resolve("test-classes").toString());
        for (String property : List.of("jdk.module.path", "java.class.path", "surefire.test.class.path")) {
            String value = System.getProperty(property, "");
            if (!value.isEmpty()) {
                paths.addAll(List.of(value.split(File.pathSeparator)));
            }
        }
        return String.join(File.pathSeparator, paths);
    }
}
