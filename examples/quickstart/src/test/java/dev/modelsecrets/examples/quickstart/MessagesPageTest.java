package dev.modelsecrets.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code core/MESSAGES.md} has every exception about secrets and every message that is written where one is thrown, a
 * lookup fails or is denied, or a warning is logged; and what it has is in the sources.
 */
class MessagesPageTest {

    private static final Pattern COMMENT = Pattern.compile("(?s:/\\*.*?\\*/)|(?m:^\\s*//.*$)");
    private static final Pattern CHARACTER = Pattern.compile("'(?:[^'\\\\\\n]|\\\\.)'");
    private static final Pattern EXCEPTION =
            Pattern.compile("public (?:final |abstract |sealed |non-sealed )*class (\\w+Exception) extends (\\w+)");
    private static final Pattern SITE =
            Pattern.compile("new (\\w+Exception)\\(|Lookup\\.(?:failed|denied)\\(|(?i:log|logger)\\.(?:warn|error)\\(");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(.+?)` \\|");

    private final Map<String, String> sources = new HashMap<>();
    private String page;

    @BeforeEach
    void readAll() throws IOException {
        page = Files.readString(Sources.ROOT.resolve("core/MESSAGES.md"));
        Sources.published().forEach((file, text) -> sources.put(file, withoutComments(text)));
    }

    @Test
    void exceptions_ofAllModules_areOnThePage() {
        Set<String> missing = new TreeSet<>(exceptions());
        assertThat(missing).hasSizeGreaterThan(20);
        missing.removeIf(name -> page.contains("| `" + name + "` |"));
        // The two bases: what is thrown is below them, or is told by the words.
        missing.removeAll(Set.of("SecretsException", "SecretStoreException", "RefusedOperationException"));

        assertThat(missing).as("exceptions without a row in core/MESSAGES.md").isEmpty();
    }

    @Test
    void messages_ofAllModules_areOnThePage() {
        Set<String> exceptions = exceptions();
        String words = words(page);
        List<String> missing = new ArrayList<>();
        assertThat(literalsAtSites(String.join("\n", sources.values()), exceptions))
                .hasSizeGreaterThan(200);
        sources.forEach((file, text) -> {
            for (String literal : literalsAtSites(text, exceptions)) {
                // Of a warning, {} stands for an argument; of a message, a line break begins another row of words.
                for (String piece : literal.split("\\{\\}|\\\\n", -1)) {
                    if (wordCount(piece) >= 3 && !words.contains(words(piece))) {
                        missing.add(file + ": " + piece.strip());
                    }
                }
            }
        });
        assertThat(missing).as("messages without a row in core/MESSAGES.md").isEmpty();
    }

    @Test
    void rows_ofAllModules_areInTheSources() {
        List<String> unknown = new ArrayList<>();
        for (String section : page.split("(?m)^### ", -1)) {
            String module = section.lines().findFirst().orElse("");
            String literals = literalsOf(module);
            if (literals.isEmpty()) {
                continue; // the text before the first module
            }
            for (MatchResult row : ROW.matcher(section).results().toList()) {
                for (String piece : row.group(1).split("\\.\\.", -1)) {
                    if (wordCount(piece) >= 3 && !literals.contains(words(piece))) {
                        unknown.add(module + ": " + piece.strip());
                    }
                }
            }
        }
        assertThat(unknown).as("rows of core/MESSAGES.md that no source has").isEmpty();
    }

    @Test
    void rows_always_haveThreeFilledCells() {
        assertThat(page.lines()
                        .filter(line -> line.startsWith("| `"))
                        .filter(line -> !line.matches("\\| `.+` \\| \\S.* \\| \\S.* \\|")))
                .isEmpty();
    }

    /** Leaves out comments, and characters such as a double quote, which would seem to begin a text. */
    private static String withoutComments(String text) {
        return CHARACTER.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll("0");
    }

    /** The public exceptions that extend {@code SecretsException}, directly or not. */
    private Set<String> exceptions() {
        Map<String, String> parents = new HashMap<>();
        sources.values()
                .forEach(text -> EXCEPTION
                        .matcher(text)
                        .results()
                        .forEach(found -> parents.put(found.group(1), found.group(2))));
        return parents.keySet().stream()
                .filter(name -> isAboutSecrets(name, parents))
                .collect(Collectors.toSet());
    }

    private static boolean isAboutSecrets(String exception, Map<String, String> parents) {
        String name = exception;
        while (name != null && !name.equals("SecretsException")) {
            name = parents.get(name);
        }
        return name != null;
    }

    private static List<String> literalsAtSites(String text, Set<String> exceptions) {
        List<String> literals = new ArrayList<>();
        for (MatchResult site : SITE.matcher(text).results().toList()) {
            if (site.group(1) == null || exceptions.contains(site.group(1))) {
                String arguments = JOINT.matcher(argumentsAt(text, site.end())).replaceAll("");
                LITERAL.matcher(arguments).results().forEach(found -> literals.add(found.group(1)));
            }
        }
        return literals;
    }

    /** Returns the text up to the parenthesis that closes the one before a position. */
    private static String argumentsAt(String text, int start) {
        int depth = 1;
        boolean quoted = false;
        int end = start;
        for (; depth > 0; end++) {
            char c = text.charAt(end);
            if (quoted && c == '\\') {
                end++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }
        return text.substring(start, end - 1);
    }

    private String literalsOf(String module) {
        return sources.entrySet().stream()
                .filter(source -> source.getKey().startsWith(module + "/"))
                .map(source -> JOINT.matcher(source.getValue()).replaceAll(""))
                .flatMap(text -> LITERAL.matcher(text).results())
                .map(found -> words(found.group(1)))
                .collect(Collectors.joining("\n"));
    }

    private static long wordCount(String text) {
        return Pattern.compile("[a-z]{2,}").matcher(text).results().count();
    }

    /** Leaves letters, digits and single spaces, so that quoting and punctuation make no difference. */
    private static String words(String text) {
        return text.replaceAll("\\\\[nt]", " ")
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }
}
