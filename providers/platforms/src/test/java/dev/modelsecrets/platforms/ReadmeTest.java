package dev.modelsecrets.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README shows code that compiles, and names every action and outcome. */
class ReadmeTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));

    @Test
    void snippet_always_isCompiledCode() throws IOException {
        String readme = Files.readString(MODULE.resolve("README.md"));
        Path source = MODULE.resolve("src/test/java/dev/modelsecrets/platforms/ReadmeSnippet.java");
        String code = Files.readString(source).replaceAll("(?m)^ {4}", "");

        Matcher snippets = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);

        assertThat(snippets.results().map(snippet -> snippet.group(1)).toList())
                .isNotEmpty()
                .allSatisfy(snippet -> assertThat(code).contains(snippet));
    }

    @Test
    void tables_always_nameAllActionsAndOutcomes() throws IOException {
        String readme = Files.readString(MODULE.resolve("README.md"));

        Arrays.asList(PushPlan.Action.values())
                .forEach(action -> assertThat(readme).contains("| `" + action + "` |"));
        Arrays.asList(PushReport.Outcome.values())
                .forEach(outcome -> assertThat(readme).contains("| `" + outcome + "` |"));
    }
}
