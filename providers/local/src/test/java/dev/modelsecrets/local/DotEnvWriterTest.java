package dev.modelsecrets.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotEnvWriterTest {

    @TempDir
    private Path directory;

    private static final List<String> VALUES = List.of(
            "plain",
            "p@ss#word",
            "$2a$10$abc",
            "key=abc==",
            "a b # c",
            " spaces ",
            "it's",
            "\"quoted\"",
            "it's \"both\" $X",
            "C:\\dir\\",
            "a\\\\b",
            "back\\",
            "line 1\nline 2\n",
            "dos\r\nlines",
            "tab\tbell\u0007esc\u001b",
            "{\"a\": \"b's\"}",
            "`ticks`",
            "\u00e4\ud83d\ude00\u00a0",
            "#hash",
            "\ufeffbom",
            "${X:-y}");

    @Test
    void write_anyValue_readBackUnchanged() throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        VALUES.forEach(value -> values.put("name." + values.size(), value));
        Path file = directory.resolve(".env");

        DotEnvWriter.write(Secrets.of(values), file);

        try (SecretsResolver resolver = SecretsResolver.of(DotEnvSecretProvider.at(file))) {
            assertThat(Map.copyOf(resolver.resolve(values.keySet().toArray(new String[0]))))
                    .isEqualTo(values);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void format_randomValues_readBackUnchanged() throws DotEnvSyntaxException {
        Random random = new Random(11);
        String alphabet = "ab'\"\\$# \n\r\t={}`";
        for (int run = 0; run < 20_000; run++) {
            StringBuilder value = new StringBuilder("x");
            for (int i = random.nextInt(12); i > 0; i--) {
                value.insert(random.nextInt(value.length() + 1), alphabet.charAt(random.nextInt(alphabet.length())));
            }

            String text = DotEnvWriter.format(Map.of("K", value.toString()));

            assertThat(DotEnvParser.parse(text).get("K").value()).isEqualTo(value.toString());
        }
    }

    @Test
    void format_values_plainestForm() {
        assertThat(DotEnvWriter.format(Map.of("A", "abc=="))).isEqualTo("A=abc==\n");
        assertThat(DotEnvWriter.format(Map.of("A", "$2a$10$x"))).isEqualTo("A='$2a$10$x'\n");
        assertThat(DotEnvWriter.format(Map.of("A", "it's $5\n"))).isEqualTo("A=\"it's \\$5\\n\"\n");
    }

    @Test
    void format_whatCannotBeWrittenBack_refusedByName() {
        assertRefused("a", " \n", "the value of a is blank: read back, it would be absent");
        assertRefused("a", "x\0y", "the value of a holds the character NUL, which no variable can");
        assertRefused("a", "x\ud83d", "the value of a holds half of a surrogate pair, which is not valid text");
        assertRefused("a b", "x", "a name cannot be that of a variable in a .env file");
        assertRefused("a\nB=", "x", "a name cannot be that of a variable in a .env file");
    }

    private static void assertRefused(String name, String value, String message) {
        assertThatThrownBy(() -> DotEnvWriter.format(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void write_refused_leavesTheFileAlone() throws IOException {
        Path file = Files.writeString(directory.resolve(".env"), "A=old");

        assertThatThrownBy(() -> DotEnvWriter.write(Map.of("A", " "), file))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(file).hasContent("A=old");
    }

    @Test
    void variables_ofAFile_areListedInItsOrder() throws Exception {
        Path file = directory.resolve("names.env");
        Files.writeString(file, "B=1\nA=2\nC\n");

        assertThat(DotEnvSecretProvider.at(file).variables()).containsExactly("B", "A", "C");
        assertThat(DotEnvSecretProvider.at(directory.resolve("absent")).variables())
                .isEmpty();
    }
}
