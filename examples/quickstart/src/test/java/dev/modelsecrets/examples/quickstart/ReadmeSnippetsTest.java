package dev.modelsecrets.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every Java block of every Markdown file stands, word for word, in a source file that the build compiles. */
class ReadmeSnippetsTest {

    private static final Path BASE = Path.of(System.getProperty("basedir", ""));

    @Test
    void javaBlocks_ofAllPages_areCompiled() throws IOException {
        List<String> sources = sources();
        List<String> blocks = new ArrayList<>();
        for (Path page : pages()) {
            blocks.addAll(javaBlocks(Files.readString(page)));
        }
        assertThat(blocks).hasSizeGreaterThan(20);
        assertThat(blocks.stream()
                        .filter(block -> sources.stream().noneMatch(source -> holds(source, block)))
                        .toList())
                .as("blocks that are in no source file")
                .isEmpty();
    }

    @Test
    void javaBlocks_anyIndentation_areTaken() {
        assertThat(javaBlocks(
                        "```java\nint a;\n```\n- item\n\n  ```java\n  int b;\n\n  int c;\n  ```\n```sh\nd\n```\n"))
                .containsExactly("int a;\n", "  int b;\n\n  int c;\n");
    }

    @Test
    void holds_sameLinesWithOtherIndentation_isTrue() {
        assertThat(holds("class A {\n    int a;\n\n    int b;\n}\n", "int a;\n\nint b;"))
                .isTrue();
    }

    @Test
    void holds_otherLines_isFalse() {
        assertThat(holds("class A {\n    int a;\n    long b;\n}\n", "int a;\nint b;"))
                .isFalse();
        assertThat(holds("class A {\n    int a;\n        int b;\n}\n", "int a;\nint b;"))
                .isFalse();
        assertThat(holds("    int a;\n", "int a;\nint b;")).isFalse();
    }

    private static boolean holds(String source, String block) {
        List<String> lines = source.lines().toList();
        int length = (int) block.lines().count();
        for (int i = 0; i + length <= lines.size(); i++) {
            String part = String.join("\n", lines.subList(i, i + length));
            if (part.stripIndent().equals(block.stripTrailing().stripIndent())) {
                return true;
            }
        }
        return false;
    }

    private static List<String> javaBlocks(String markdown) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : markdown.lines().toList()) {
            if (line.strip().equals("```java")) {
                block = new StringBuilder();
            } else if (block != null && line.strip().equals("```")) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(BASE.resolve("../.."))) {
            return files.filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> !path.toString().contains("/target/"))
                    .toList();
        }
    }

    @Test
    void links_ofAllPages_leadToFiles() throws IOException {
        Pattern link = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#\\s]+)");
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            link.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1))
                    .filter(target -> !Files.exists(page.resolveSibling(target)))
                    .forEach(target -> broken.add(page + ": " + target));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void readme_always_isShort() throws IOException {
        assertThat(Files.size(BASE.resolve("../../README.md"))).isLessThanOrEqualTo(10_000);
    }

    /** All Java files of the core, the examples and the providers: each is compiled by its module. */
    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        for (String modules : List.of("..", "../../core", "../../providers")) {
            try (Stream<Path> files = Files.walk(BASE.resolve(modules))) {
                for (Path file : files.filter(path -> path.toString().matches(".*/src/(main|test)/java/.*\\.java"))
                        .toList()) {
                    sources.add(Files.readString(file));
                }
            }
        }
        return sources;
    }
}
