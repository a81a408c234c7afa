package dev.modelsecrets.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The BOM lists every module that is published; one that is not there has no version for users. */
class BomTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).resolve("../..");
    private static final String BOM = "model-secrets-bom";

    @Test
    void bom_always_listsAllPublishedModules() {
        assertThat(managedByBom()).doesNotHaveDuplicates().containsAll(published());
    }

    @Test
    void published_always_holdsTheCore() {
        assertThat(published())
                .contains("model-secrets-core", "model-secrets-standard")
                .doesNotContain(BOM, "model-secrets-quickstart");
    }

    @Test
    void bom_always_hasTheVersionOfTheParent() {
        // The one that each other module names as its parent's.
        Pattern version = Pattern.compile("<artifactId>model-secrets-(?:parent|bom)</artifactId>\\s*<version>(.+?)<");

        assertThat(all(version, pom("providers/bom"))).hasSize(1).isEqualTo(all(version, pom("core")));
    }

    private static List<String> managedByBom() {
        return all(Pattern.compile("<artifactId>(model-secrets-.+?)</artifactId>"), pom("providers/bom")).stream()
                .filter(artifact -> !artifact.equals(BOM))
                .toList();
    }

    /** Returns the artifacts of all modules but the BOM and those that are not deployed. */
    private static List<String> published() {
        Pattern artifact = Pattern.compile("</parent>\\s*<artifactId>(.+?)</artifactId>");
        return modulesOf("")
                .distinct()
                .filter(module -> !module.equals("/providers/bom"))
                .map(BomTest::pom)
                .filter(pom -> !pom.contains("<maven.deploy.skip>true<"))
                .map(pom -> all(artifact, pom).get(0))
                .toList();
    }

    /** Returns the folders of all modules below a folder, those of grouping modules included. */
    private static Stream<String> modulesOf(String folder) {
        return all(Pattern.compile("<module>(.+?)</module>"), pom(folder)).stream()
                .map(module -> folder + "/" + module)
                .flatMap(module -> Stream.concat(Stream.of(module), modulesOf(module)));
    }

    private static String pom(String module) {
        try {
            return Files.readString(Path.of(ROOT + "/" + module + "/pom.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
