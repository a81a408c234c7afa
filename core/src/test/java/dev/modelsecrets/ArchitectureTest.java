package dev.modelsecrets;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that a compiler does not check. */
class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter().importPath(ModuleTypes.classes());

    /** An API type that makes its own implementations, and what belongs to it: the only cycles that are allowed. */
    private static final Map<String, Set<String>> FAMILIES = Map.of(
            "SecretProvider",
            Set.of(
                    "Providers",
                    "DelegatingSecretProvider",
                    "CachedSecretProvider",
                    "FixedSecretProvider",
                    "FunctionSecretProvider",
                    "NamedSecretProvider",
                    "OptionalSecretProvider",
                    "RenamingSecretProvider",
                    "SelectiveSecretProvider"),
            "Secrets",
            Set.of("Redactor", "KnownValues"),
            "Decoder",
            Set.of("DecodedText"));

    /** Puts a class, with those that it encloses, into the slice of its family or of its own. */
    private static final class Families implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getName().replaceFirst("\\$.*", "");
            String simple = name.substring(name.lastIndexOf('.') + 1);
            for (Map.Entry<String, Set<String>> family : FAMILIES.entrySet()) {
                if (family.getValue().contains(simple)) {
                    return SliceIdentifier.of(type.getPackageName() + "." + family.getKey());
                }
            }
            return SliceIdentifier.of(name);
        }

        @Override
        public String getDescription() {
            return "classes and their families";
        }
    }

    @Test
    void classes_beyondAnApiTypeAndItsImplementations_haveNoCycle() {
        slices().assignedFrom(new Families()).should().beFreeOfCycles().check(CORE);
    }

    @Test
    void packages_all_haveNoCycle() {
        slices().matching("dev.modelsecrets.(**)").should().beFreeOfCycles().check(CORE);
        noClasses()
                .that()
                .resideInAPackage("dev.modelsecrets.internal..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.modelsecrets"))
                .check(CORE);
    }

    @Test
    void core_dependsOnTheJdkAndSlf4jOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.modelsecrets..",
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "java.net",
                        "java.io",
                        "java.nio",
                        "java.nio.channels",
                        "java.nio.charset",
                        "java.nio.file",
                        "org.slf4j",
                        "org.jspecify.annotations",
                        "com.fasterxml.jackson.annotation")
                .check(CORE);
    }

    @Test
    void core_knowsNoFileAndNoEnvironment() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.File.*|java\\.nio\\.file\\.(?!Path$|InvalidPathException$).*")
                .check(CORE);
        noClasses().should(callMethod(System.class, "getenv")).check(CORE);
        noClasses().should(callMethod(System.class, "getenv", String.class)).check(CORE);
        noClasses()
                .should(callMethod(System.class, "getProperty", String.class))
                .check(CORE);
    }

    @Test
    void core_saysNoNameOfAnotherModule() throws IOException {
        Pattern names = Pattern.compile("^(?!\\s*(\\*|//|/\\*)).*(TRUSS_SECRET|AUTH_SECRET|/secrets\\b|config\\.yaml)");
        try (Stream<Path> files =
                Files.walk(ModuleTypes.classes().resolve("../../src/main/java").normalize())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                assertThat(Files.readAllLines(file))
                        .as(file.toString())
                        .noneMatch(line -> names.matcher(line).find());
            }
        }
    }

    @Test
    void loggers_areUsedInTheGateOnly() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Gate")
                .should()
                .dependOnClassesThat(resideInAPackage("org.slf4j.."))
                .check(CORE);
    }

    @Test
    void exceptions_all_extendSecretsException() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .should()
                .beAssignableTo(SecretsException.class)
                .andShould()
                .haveSimpleNameEndingWith("Exception")
                .check(CORE);
    }

    @Test
    void publicClasses_exceptTheBases_areFinal() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and(JavaClass.Predicates.type(SecretsException.class)
                        .or(JavaClass.Predicates.type(DelegatingSecretProvider.class))
                        .negate())
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CORE);
    }

    @Test
    void mainPackage_publicTypes_areFew() {
        assertThat(CORE.stream()
                        .filter(type -> type.getPackageName().equals("dev.modelsecrets"))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> type.getEnclosingClass().isEmpty())
                        .filter(type -> !type.isAssignableTo(Throwable.class))
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !name.equals("package-info")))
                .hasSizeLessThanOrEqualTo(15);
    }
}
