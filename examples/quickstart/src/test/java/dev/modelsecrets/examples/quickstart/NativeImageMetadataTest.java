package dev.modelsecrets.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The metadata for GraalVM in each jar is what this test makes from the compiled classes: of the modules that have been
 * built before this one.
 */
class NativeImageMetadataTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).resolve("../..");

    /** Jackson looks for it by reflection; without it, it would write a Secrets as the map that it is. */
    private static final String JSON_VALUE = "Lcom/fasterxml/jackson/annotation/JsonValue;";

    private static final Set<String> LOOKUPS = Set.of(
            "java.lang.Class.forName",
            "java.lang.Class.getConstructor",
            "java.lang.Class.getConstructors",
            "java.lang.Class.getDeclaredConstructor",
            "java.lang.Class.getDeclaredConstructors",
            "java.lang.Class.getDeclaredField",
            "java.lang.Class.getDeclaredFields",
            "java.lang.Class.getDeclaredMethod",
            "java.lang.Class.getDeclaredMethods",
            "java.lang.Class.getField",
            "java.lang.Class.getFields",
            "java.lang.Class.getMethod",
            "java.lang.Class.getMethods",
            "java.lang.Class.getRecordComponents",
            "java.lang.Class.getResource",
            "java.lang.Class.getResourceAsStream",
            "java.lang.ClassLoader.getResource",
            "java.lang.ClassLoader.getResourceAsStream",
            "java.lang.ClassLoader.getResources",
            "java.lang.ClassLoader.loadClass",
            "java.lang.invoke.MethodHandles.lookup",
            "java.lang.reflect.Proxy.newProxyInstance",
            "java.util.ServiceLoader.load");

    /** Who looks something up by name, and what. What is not the library's own is registered by whom it belongs to. */
    private static final Map<String, String> KNOWN_LOOKUPS = Map.ofEntries(
            Map.entry("dev.modelsecrets.RecordBinding", "records of the application"),
            Map.entry("dev.modelsecrets.inject.ModelFactory", "models of the application"),
            Map.entry("dev.modelsecrets.standard.ModelConfig", "a resource of the application"),
            Map.entry("dev.modelsecrets.cli.ServeCommand", "a server that may be on the class path"),
            Map.entry("dev.modelsecrets.cli.SignalHandlers", "signals of the JDK, where there are any"),
            Map.entry("dev.modelsecrets.spark.Sources", "a source of the application"),
            Map.entry(
                    "dev.modelsecrets.spring.SecretRecordHints$RecordContribution",
                    "records of the application, which it registers"),
            Map.entry("dev.modelsecrets.testing.internal.FixtureFile", "tests only"),
            Map.entry("dev.modelsecrets.testing.internal.Streams$Tee", "tests only"),
            Map.entry("dev.modelsecrets.jul.RedactingFormatter", "a formatter that the application configures"),
            Map.entry(
                    "dev.modelsecrets.logback.EncoderProperty",
                    "OutputStreamAppender, and appenders of the application"),
            Map.entry("dev.modelsecrets.microprofile.DefaultProperties", "META-INF/microprofile-config.properties"));

    /** What a configuration file names, and what those above look up, beside that. */
    private static final Map<String, List<String>> NAMED = Map.of(
            "model-secrets-jul", List.of(constructor("dev.modelsecrets.jul.RedactingFormatter")),
            "model-secrets-logback",
                    List.of(
                            type(
                                    "ch.qos.logback.core.OutputStreamAppender",
                                    method("getEncoder"),
                                    method("setEncoder", "ch.qos.logback.core.encoder.Encoder")),
                            all("dev.modelsecrets.logback.RedactingAppender"),
                            all("dev.modelsecrets.logback.RedactingEncoder")));

    private static final Map<String, String> RESOURCES =
            Map.of("model-secrets-microprofile", "META-INF/microprofile-config.properties");

    @Test
    void metadata_ofEachModule_isWhatItsClassesNeed() throws IOException {
        Map<String, String> made = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        for (Path module : modules()) {
            String artifact = artifact(module);
            made.put(artifact, metadata(artifact, module));
            Path file = module.resolve("src/main/resources/META-INF/native-image/dev.modelsecrets/" + artifact
                    + "/reachability-metadata.json");
            found.put(artifact, Files.exists(file) ? Files.readString(file) : "");
        }
        assertThat(made).containsKey("model-secrets-core");
        assertThat(found).isEqualTo(made);
    }

    @Test
    void lookups_byName_areAllKnown() throws IOException {
        Set<String> lookups = new TreeSet<>();
        for (Path module : modules()) {
            for (Map.Entry<String, ClassFile> type : classes(module).entrySet()) {
                if (type.getValue().calls().stream().anyMatch(LOOKUPS::contains)) {
                    lookups.add(type.getKey());
                }
            }
        }
        assertThat(lookups).contains("dev.modelsecrets.RecordBinding").isSubsetOf(KNOWN_LOOKUPS.keySet());
    }

    /** Returns the folders of all modules of the library that have compiled classes. */
    private static List<Path> modules() throws IOException {
        List<Path> modules = new ArrayList<>();
        for (String folder : List.of("core", "providers")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder), 4)) {
                files.filter(file -> file.endsWith("target/classes"))
                        .map(file -> file.getParent().getParent())
                        .filter(module -> Files.isDirectory(module.resolve("src/main/java")))
                        .forEach(modules::add);
            }
        }
        return modules;
    }

    private static String artifact(Path module) throws IOException {
        Matcher artifact = Pattern.compile("</parent>\\s*<artifactId>(.+?)</artifactId>")
                .matcher(Files.readString(module.resolve("pom.xml")));
        assertThat(artifact.find()).as(module.toString()).isTrue();
        return artifact.group(1);
    }

    private static Map<String, ClassFile> classes(Path module) throws IOException {
        Path root = module.resolve("target/classes");
        Map<String, ClassFile> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replace(".class", "");
                classes.put(name.replace('/', '.').replace('\\', '.'), ClassFile.read(file));
            }
        }
        return classes;
    }

    /** Returns what the file of a module must hold; nothing if it needs none. */
    private static String metadata(String artifact, Path module) throws IOException {
        Set<String> types = new TreeSet<>(NAMED.getOrDefault(artifact, List.of()));
        for (Map.Entry<String, ClassFile> type : classes(module).entrySet()) {
            if (type.getValue().texts().contains(JSON_VALUE)) {
                types.add(type(type.getKey(), method("toString")));
            }
        }
        for (String service : services(module)) {
            types.add(constructor(service));
        }
        String resource = RESOURCES.get(artifact);
        if (types.isEmpty() && resource == null) {
            return "";
        }
        return "{\n  \"reflection\": [\n    "
                + String.join(",\n    ", types)
                + "\n  ]"
                + (resource == null ? "" : ",\n  \"resources\": [\n    {\"glob\": \"" + resource + "\"}\n  ]")
                + "\n}\n";
    }

    private static Set<String> services(Path module) throws IOException {
        Path folder = module.resolve("src/main/resources/META-INF/services");
        Set<String> services = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    services.addAll(Files.readAllLines(file));
                }
            }
        }
        return services;
    }

    private static String constructor(String type) {
        return type(type, method("<init>"));
    }

    private static String type(String type, String... methods) {
        return "{\"type\": \"" + type + "\", \"methods\": [" + String.join(", ", methods) + "]}";
    }

    private static String method(String name, String... parameters) {
        String types = Stream.of(parameters).map(each -> "\"" + each + "\"").collect(Collectors.joining(", "));
        return "{\"name\": \"" + name + "\", \"parameterTypes\": [" + types + "]}";
    }

    private static String all(String type) {
        return "{\"type\": \"" + type + "\", \"allPublicConstructors\": true, \"allPublicMethods\": true}";
    }
}
