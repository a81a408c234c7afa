package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that a compiler does not check. */
class ArchitectureTest {

    private static final Path SOURCES =
            ModuleTypes.classes().resolve("../../src/main/java").normalize();

    @Test
    void mainPackage_publicTypes_areFew() {
        List<Class<?>> types = ModuleTypes.published().stream()
                .filter(type -> type.getPackageName().equals("dev.modelsecrets"))
                .filter(type -> type.getEnclosingClass() == null)
                .filter(type -> !Throwable.class.isAssignableFrom(type))
                .toList();

        assertThat(types).contains(Secrets.class, SecretsResolver.class).hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void exceptions_all_extendSecretsException() {
        assertThat(ModuleTypes.published())
                .filteredOn(Throwable.class::isAssignableFrom)
                .isNotEmpty()
                .allMatch(SecretsException.class::isAssignableFrom);
    }

    @Test
    void publicClasses_exceptTheBases_areFinal() {
        assertThat(ModuleTypes.published())
                .filteredOn(type -> !type.isInterface() && !type.isEnum())
                .filteredOn(type -> !Set.of(SecretsException.class, DelegatingSecretProvider.class)
                        .contains(type))
                .allMatch(type -> Modifier.isFinal(type.getModifiers()));
    }

    @Test
    void sources_outsideInject_doNotTouchFiles() throws IOException {
        assertThat(linesWith(
                        Pattern.compile(
                                "java\\.nio\\.file\\.(?!Path;)|java\\.io\\.File\\b|java\\.io\\.File(In|Out)put"),
                        file -> !file.getParent().endsWith("dev/modelsecrets/inject")))
                .isEmpty();
    }

    @Test
    void sources_all_doNotReadTheEnvironment() throws IOException {
        assertThat(linesWith(Pattern.compile("\\bgetenv\\b|\\bSystem\\.getProperty"), file -> true))
                .isEmpty();
    }

    @Test
    void sources_all_useOfJacksonTheAnnotationsOnly() throws IOException {
        assertThat(linesWith(Pattern.compile("com\\.fasterxml(?!\\.jackson\\.annotation\\b)"), file -> true))
                .isEmpty();
    }

    @Test
    void sources_all_useNoYamlLibrary() throws IOException {
        assertThat(linesWith(Pattern.compile("org\\.yaml|org\\.snakeyaml"), file -> true))
                .isEmpty();
    }

    @Test
    void sources_fileOfAClass_hasItsName() throws IOException {
        assertThat(sources()).isNotEmpty();
        for (Class<?> type : ModuleTypes.published()) {
            if (type.getEnclosingClass() == null) {
                assertThat(SOURCES.resolve(type.getName().replace('.', '/') + ".java"))
                        .exists();
            }
        }
    }

    private static List<String> linesWith(Pattern pattern, Predicate<Path> where) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : sources()) {
            if (where.test(file)) {
                for (String line : Files.readAllLines(file)) {
                    if (pattern.matcher(line).find()) {
                        lines.add(SOURCES.relativize(file) + ": " + line.strip());
                    }
                }
            }
        }
        return lines;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
