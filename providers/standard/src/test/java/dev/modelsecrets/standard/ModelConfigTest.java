package dev.modelsecrets.standard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {

    private static final String NAME_RULE = "this is not a valid secret name: use 1 to 253 letters (a-z, A-Z), digits,"
            + " '-', '_' and '.', and neither \".\" nor \"..\" alone";

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("config.yaml");
    }

    private SecretDeclarations read(String yaml) throws Exception {
        Files.writeString(file, yaml);
        return ModelConfig.read(file).declarations();
    }

    private void assertRefused(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml))
                .isExactlyInstanceOf(SecretsException.class)
                .hasMessage(file + problem);
    }

    @Test
    void read_wholeConfig_declaresTheSection() throws Exception {
        SecretDeclarations declarations = read("""
                model_name: Stable Diffusion
                python_version: py311
                requirements:
                  - torch==2.0
                resources: {cpu: "4", memory: 16Gi, use_gpu: true}
                secrets:
                  hf_access_token: null
                  s3_bucket: models
                  s3_key: ~
                  s3_region:
                  empty: ""
                external_data:
                  - url: http://localhost/weights
                    local_data_path: weights
                """);

        assertThat(declarations.names())
                .containsExactly("hf_access_token", "s3_bucket", "s3_key", "s3_region", "empty");
        assertThat(declarations.defaultValue("hf_access_token")).isEmpty();
        assertThat(declarations.defaultValue("s3_bucket")).hasValue("models");
        assertThat(declarations.defaultValue("s3_key")).isEmpty();
        assertThat(declarations.defaultValue("s3_region")).isEmpty();
        assertThat(declarations.defaultValue("empty")).hasValue("");
    }

    @Test
    void read_names_areInTheOrderOfTheFile() throws Exception {
        assertThat(read("secrets: {z: 1, a: 2, m: 3, B: 4, b: 5}\n").names()).containsExactly("z", "a", "m", "B", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123",
                "1e5",
                "1.10",
                "no",
                "True",
                "12:30:45",
                "2024-01-01",
                "0x1F",
                "1_000",
                "+1",
                ".inf",
                "0o17",
                "nULL",
                "two words",
                "a#b"
            })
    void read_plainDefault_isTheTextAsWritten(String scalar) throws Exception {
        assertThat(read("secrets:\n  token: " + scalar + "\n").defaultValue("token"))
                .hasValue(scalar);
    }

    static Stream<Arguments> otherDefaults() {
        return Stream.of(
                arguments("''", ""),
                arguments("\"\"", ""),
                arguments("' '", " "),
                arguments("'null'", "null"),
                arguments("\"~\"", "~"),
                arguments("!!str null", "null"),
                arguments("!!str", ""),
                arguments("&a x", "x"),
                arguments("|\n    a\n    b\n", "a\nb\n"),
                arguments("|\n", ""),
                arguments("\"a\\tb\"", "a\tb"));
    }

    @ParameterizedTest
    @MethodSource("otherDefaults")
    void read_otherDefault_isItsText(String yaml, String value) throws Exception {
        assertThat(read("secrets:\n  token: " + yaml + "\n").defaultValue("token"))
                .hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "Null", "NULL", "~", "# comment", "&a", "&a ~"})
    void read_null_isRequired(String scalar) throws Exception {
        SecretDeclarations declarations = read("secrets:\n  token: " + scalar + "\n  other: x\n");

        assertThat(declarations.names()).containsExactly("token", "other");
        assertThat(declarations.defaultValue("token")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "# only a comment\n",
                "---\n",
                "null\n",
                "model_name: x\n",
                "secrets:\n",
                "secrets: ~\n",
                "secrets: null\n",
                "secrets: {}\n",
                "Secrets:\n  a: b\n"
            })
    void read_noSection_declaresNothing(String yaml) throws Exception {
        assertThat(read(yaml).names()).isEmpty();
    }

    @Test
    void read_oddNames_areAllowedByTheRule() throws Exception {
        assertThat(read("secrets:\n  tls.key:\n  hf-token:\n  0:\n  no:\n  1.10:\n  ...:\n  null:\n")
                        .names())
                .containsExactly("tls.key", "hf-token", "0", "no", "1.10", "...", "null");
    }

    @Test
    void read_aliasesElsewhere_areAllowed() throws Exception {
        SecretDeclarations declarations = read("""
                defaults: &defaults {cpu: "4"}
                resources: *defaults
                more: [*defaults, {<<: *defaults}]
                secrets:
                  token: x
                """);

        assertThat(declarations.names()).containsExactly("token");
    }

    @Test
    void read_aliasBombElsewhere_isNotExpanded() throws Exception {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 100; i++) {
            yaml.append("a").append(i).append(": &a").append(i).append(" [");
            yaml.append(("*a" + (i - 1) + ", ").repeat(10)).append("]\n");
        }
        String bomb = yaml.append("secrets: {token: x}\n").toString();

        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(read(bomb).names()).containsExactly("token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'hunter2 x'", "hunter2/x", "../hunter2", "'.'", "'..'", "''", "пароль", "hunter2=x"})
    void read_badName_isRefusedWithoutRepeatingIt(String name) {
        assertThatThrownBy(() -> read("model_name: x\nsecrets:\n  good: x\n  " + name + ": x\n"))
                .isExactlyInstanceOf(InvalidSecretNameException.class)
                .hasMessage(file + ", line 4, column 3: " + NAME_RULE);
    }

    @Test
    void read_nameTooLong_isRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> read("secrets:\n  " + "n".repeat(254) + ": x\n"))
                .isExactlyInstanceOf(InvalidSecretNameException.class)
                .hasMessage(file + ", line 2, column 3: " + NAME_RULE);
    }

    static Stream<Arguments> wrongShapes() {
        String noMap = " has a `secrets:` section that is not a map of names and values, at ";
        String noText = ": the default of a secret is a map or a list, not text";
        String tag = ": the default of a secret has a tag (!); put a value that starts with ! in quotes";
        return Stream.of(
                arguments("secrets: [token]\n", noMap + "line 1, column 10"),
                arguments("secrets:\n  - token\n", noMap + "line 2, column 3"),
                arguments("secrets:\n- token: x\n", noMap + "line 2, column 1"),
                arguments("secrets: token\n", noMap + "line 1, column 10"),
                arguments("secrets:\n  token: {a: hunter2}\n", ", line 2, column 3" + noText),
                arguments("secrets:\n  a: b\n  token:\n    a: hunter2\n", ", line 3, column 3" + noText),
                arguments("secrets:\n  token: [hunter2]\n", ", line 2, column 3" + noText),
                arguments("secrets:\n  token: !!int 5\n", ", line 2, column 3" + tag),
                arguments("secrets:\n  token: !hunter2\n", ", line 2, column 3" + tag),
                arguments("- secrets\n", " is not a map of keys and values at line 1, column 1"),
                arguments(
                        "secrets:\n  a: x\n  a: y\n",
                        " has a key twice, first on line 2 and again at line 3, column 3"),
                arguments(
                        "secrets:\n  a: x\nsecrets:\n  b: y\n",
                        " has a key twice, first on line 1 and again at line 3, column 1"),
                arguments("secrets:\n  a: x\n---\n", " has a second document, at line 4, column 1"),
                arguments(
                        "x: &a {b: c}\nsecrets: *a\n",
                        " has a `secrets:` section that is an alias, which is not supported, at line 2, column 10"),
                arguments(
                        "x: &a b\nsecrets:\n  token: *a\n",
                        " uses an alias (*), which is not supported; put a value that starts with * in quotes,"
                                + " at line 3, column 10"),
                arguments(
                        "x: &a {b: c}\nsecrets:\n  <<: *a\n",
                        " merges another map, which is not supported, at line 3, column 3"),
                arguments("x: &a {b: c}\n<<: *a\n", " merges another map, which is not supported, at line 2, column 1"),
                arguments(
                        "secrets:\n  token: \"hunter2\n",
                        " is not valid YAML at line 3, column 1: a quote is not closed"),
                arguments(
                        "secrets:\n\ttoken: hunter2\n",
                        " is not valid YAML at line 2, column 1: a tab stands where only spaces may"),
                arguments("x: \0\n", " has a control character, such as NUL, at line 1, column 4"),
                arguments("\uFEFFsecrets:\n", " starts with a byte order mark (U+FEFF); save it as UTF-8 without one"),
                arguments("x: " + "[".repeat(100_000), " is nested too deeply at line 1, column 1004"));
    }

    @ParameterizedTest(name = "wrong shape {index}")
    @MethodSource("wrongShapes")
    void read_wrongShape_isRefusedWithLineAndColumn(String yaml, String problem) {
        assertRefused(yaml, problem);
    }

    @Test
    void read_missingFile_isRefused() {
        assertThatThrownBy(() -> ModelConfig.read(file))
                .isExactlyInstanceOf(SecretsException.class)
                .hasMessage(file + " does not exist");
    }

    @Test
    void read_directory_isRefused() {
        assertThatThrownBy(() -> ModelConfig.read(directory))
                .isExactlyInstanceOf(SecretsException.class)
                .hasMessage(directory + " is a directory, not a file");
    }

    @Test
    void read_fifo_isRefusedWithoutWaitingForAWriter() throws Exception {
        SpecialFiles.createFifo(file);

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> ModelConfig.read(file))
                        .isExactlyInstanceOf(SecretsException.class)
                        .hasMessage(file + " is not a regular file but a FIFO, a socket, a device or a link"));
    }

    @Test
    void read_notUtf8_isRefused() throws Exception {
        Files.write(file, "secrets:\n  token: p\u00e4ss\n".getBytes(ISO_8859_1));

        assertThatThrownBy(() -> ModelConfig.read(file))
                .isExactlyInstanceOf(SecretsException.class)
                .hasMessage(file + " is not valid UTF-8; store binary data as base64");
    }

    @Test
    void read_fileThatOthersCanRead_doesNotWarn() throws Exception {
        Files.writeString(file, "secrets:\n  token: x\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        try (LogLines log = new LogLines()) {
            assertThat(ModelConfig.read(file).declarations().names()).containsExactly("token");
            assertThat(log.soFar()).isEmpty();
        }
    }

    @Test
    void toString_defaults_areNotShown() throws Exception {
        Files.writeString(file, "secrets:\n  token: hunter2\n  other:\n");

        assertThat(ModelConfig.read(file)).hasToString("ModelConfig[" + file + ", SecretDeclarations[token, other]]");
    }
}
