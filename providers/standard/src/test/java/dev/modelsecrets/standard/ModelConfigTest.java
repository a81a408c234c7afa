package dev.modelsecrets.standard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.SecretDeclarations;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
                .isExactlyInstanceOf(ModelConfigException.class)
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
                "secrets: {}\n"
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

        assertThat(read(bomb).names()).containsExactly("token");
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
        String list = " has a `secrets:` section that is a list; write each name as `name: null`, without a dash, at ";
        String noMap =
                " has a `secrets:` section that is not a map; write each name as `name: null` on a line of its own,"
                        + " at ";
        String noText = ": the default of a secret is a map or a list, not text";
        String tag = ": the default of a secret has a tag (!); put a value that starts with ! in quotes";
        return Stream.of(
                arguments("secrets: [token]\n", list + "line 1, column 10"),
                arguments("secrets:\n  - token\n", list + "line 2, column 3"),
                arguments("secrets:\n- token: x\n", list + "line 2, column 1"),
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
                arguments("\uFEFFsecrets:\n", " has a byte order mark: save the file as UTF-8 without one"),
                arguments("x: {a: 1, a: 2}\n", " has a key twice, first on line 1 and again at line 1, column 11"),
                arguments(
                        "x:\n  - a: 1\n    b: {c: 1,\n      c: 2}\n",
                        " has a key twice, first on line 3 and again at line 4, column 7"),
                arguments("x: " + "[".repeat(100_000), " is nested too deeply at line 1, column 1004"));
    }

    @ParameterizedTest(name = "wrong shape {index}")
    @MethodSource("wrongShapes")
    void read_wrongShape_isRefusedWithLineAndColumn(String yaml, String problem) {
        assertRefused(yaml, problem);
    }

    static Stream<Arguments> slips() {
        String called = "); the section is called `secrets:`, its names indented below it";
        String indent =
                "nothing is indented below `secrets:` (line 1); indent the names below it, from line 2 on, or write"
                        + " `secrets: {}` if there are none";
        return Stream.of(
                arguments("Secrets:\n  a: b\n", "it has `Secrets` (line 1" + called),
                arguments("model_name: x\nsecret:\n  a: b\n", "it has `secret` (line 2" + called),
                arguments("SECRETS:\n  a: b\n", "it has `SECRETS` (line 1" + called),
                arguments("Secret: {a: b}\n", "it has `Secret` (line 1" + called),
                arguments("secerts:\n  a: b\n", "it has `secerts` (line 1" + called),
                arguments("secretes:\n  a: b\n", "it has `secretes` (line 1" + called),
                arguments("sectets:\n  a: b\n", "it has `sectets` (line 1" + called),
                arguments("ecrets:\n  a: b\n", "it has `ecrets` (line 1" + called),
                arguments("Secrets:\n", "it has `Secrets` (line 1" + called),
                arguments("secrets:\nhf_token: null\n", indent),
                arguments("secrets:\nhf_token:\ns3_key:\n", indent),
                arguments("secrets:\nhf_token: ~\nmodel_name: x\n", indent),
                arguments("secrets: # none indented\nregion: us-east-1\n", indent));
    }

    @ParameterizedTest
    @MethodSource("slips")
    void read_fileThatWasMeantToDeclareNames_isRefused(String yaml, String problem) {
        assertRefused(yaml, " declares no secrets: " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secrets:\nmodel_name: x\n",
                "secrets:\nrequirements:\n  - torch\n",
                "secrets:\ndescription:\n",
                "secrets: {}\nregion: us-east-1\n",
                "secrets: null\nregion: us-east-1\n",
                "region: us-east-1\nsecrets:\n",
                "sections:\n  a: b\n",
                "resources: {secrets: x}\n",
                "secret_key_ref: x\n"
            })
    void read_fileThatMeansToDeclareNothing_declaresNothing(String yaml) throws Exception {
        assertThat(read(yaml).names()).isEmpty();
    }

    @Test
    void read_sectionBesideOneThatIsNear_isRead() throws Exception {
        assertThat(read("secret: x\nsecrets:\n  a: b\n").names()).containsExactly("a");
    }

    @Test
    void read_placeholderOfChains_isRequired() throws Exception {
        SecretDeclarations declarations =
                read("secrets:\n  baseten_chain_api_key: '***'\n  token: \"***\"\n  other: '**'\n");

        assertThat(declarations.names()).containsExactly("baseten_chain_api_key", "token", "other");
        assertThat(declarations.defaultValue("baseten_chain_api_key")).isEmpty();
        assertThat(declarations.defaultValue("token")).isEmpty();
        assertThat(declarations.defaultValue("other")).hasValue("**");
    }

    private ModelConfig config(String yaml) throws Exception {
        Files.writeString(file, yaml);
        return ModelConfig.read(file);
    }

    @Test
    void referencedNames_sectionsOfTruss_areTheNamesTheyPointAt() throws Exception {
        ModelConfig config = config("""
                model_cache:
                  - repo_id: a/b
                  - repo_id: c/d
                    runtime_secret_name: other_hf_token
                weights:
                  - source: s3://bucket/path
                    auth_secret_name: aws_credentials
                  - source: hf://a/b
                    auth:
                      auth_method: CUSTOM_SECRET
                      auth_secret_name: hf_weights
                  - source: https://example.com
                docker_auth:
                  auth_method: GCP_SERVICE_ACCOUNT_JSON
                  secret_name: gcp-service-account
                build:
                  secret_to_path_mapping:
                    build.token: /root/token
                    hf_access_token: /root/hf
                runtime:
                  oidc:
                    enabled: true
                secrets:
                  declared: null
                """);

        assertThat(config.declarations().names()).containsExactly("declared");
        assertThat(config.referencedNames())
                .containsExactly(
                        "aws_credentials",
                        "hf_weights",
                        "hf_access_token",
                        "other_hf_token",
                        "gcp-service-account",
                        "build.token");
        assertThat(config.usesOidc()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "model_name: x\n",
                "weights: {}\n",
                "weights: x\n",
                "model_cache: []\n",
                "docker_auth:\n  secret_name:\n",
                "runtime: {oidc: {enabled: false}}\n",
                "runtime: {oidc: {enabled: [true]}}\n"
            })
    void referencedNames_nothingPointedAt_isEmpty(String yaml) throws Exception {
        assertThat(config(yaml).referencedNames()).isEmpty();
        assertThat(config(yaml).usesOidc()).isFalse();
    }

    @Test
    void referencedNames_badName_isRefusedWhenAskedFor() throws Exception {
        ModelConfig bad = config("docker_auth:\n  secret_name: hunter2/x\n");
        ModelConfig list = config("docker_auth:\n  secret_name: [hunter2]\n");

        assertThatThrownBy(bad::referencedNames)
                .isExactlyInstanceOf(InvalidSecretNameException.class)
                .hasMessage(file + ", line 2, column 16: " + NAME_RULE);
        assertThatThrownBy(list::referencedNames)
                .isExactlyInstanceOf(ModelConfigException.class)
                .hasMessage(file + ", line 2, column 16: the name of a secret is a map or a list, not text");
    }

    @Test
    void read_stream_isReadLikeAFile() {
        byte[] yaml = "secrets:\n  token: x\n".getBytes(UTF_8);

        assertThat(ModelConfig.read(new ByteArrayInputStream(yaml))
                        .declarations()
                        .names())
                .containsExactly("token");
        assertThatThrownBy(() -> ModelConfig.read(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff})))
                .isExactlyInstanceOf(ModelConfigException.class)
                .hasMessage("config.yaml is not valid UTF-8: save the file as UTF-8");
        assertThatThrownBy(() -> ModelConfig.read(new ByteArrayInputStream(new byte[(4 << 20) + 1])))
                .isExactlyInstanceOf(ModelConfigException.class)
                .hasMessage("config.yaml is larger than 4 MiB");
    }

    @Test
    void ofResource_noSuchResource_isRefused() {
        assertThatThrownBy(() -> ModelConfig.ofResource(ModelConfigTest.class, "none.yaml"))
                .isExactlyInstanceOf(ModelConfigException.class)
                .hasMessage("the resource none.yaml of " + ModelConfigTest.class.getName() + " does not exist");
    }

    @Test
    void read_pathThatForgesLines_isEscaped() {
        Path odd = directory.resolve("a\nb");

        assertThatThrownBy(() -> ModelConfig.read(odd))
                .isExactlyInstanceOf(ModelConfigException.class)
                .hasMessage(directory + "/a\\nb does not exist");
    }

    @Test
    void read_deepSectionsWithLongKeysAndManyElements_costsNoMoreThanTheirLength() throws Exception {
        // The paths of all elements together have 10^11 characters.
        StringBuilder yaml = new StringBuilder("other: ");
        for (int i = 0; i < 200; i++) {
            yaml.append('{').append("k".repeat(1_000)).append(": ");
        }
        yaml.append('[').append("a,".repeat(500_000)).append("a]").append("}".repeat(200));
        yaml.append("\nlist: ")
                .append("[".repeat(900))
                .append("a,".repeat(500_000))
                .append("a");
        yaml.append("]".repeat(900)).append("\ndocker_auth: {secret_name: registry}\n");
        Files.writeString(file, yaml);

        assertThat(ModelConfig.read(file).referencedNames()).containsExactly("registry");
    }

    @Test
    void read_missingFile_isRefused() {
        assertThatThrownBy(() -> ModelConfig.read(file))
                .isExactlyInstanceOf(ModelConfigException.class)
                .hasMessage(file + " does not exist");
    }

    @Test
    void read_directory_isRefused() {
        assertThatThrownBy(() -> ModelConfig.read(directory))
                .isExactlyInstanceOf(ModelConfigException.class)
                .hasMessage(directory + " is a directory, not a file");
    }

    @Test
    void read_fifo_isRefusedWithoutWaitingForAWriter() throws Exception {
        SpecialFiles.createFifo(file);

        assertThatThrownBy(() -> ModelConfig.read(file))
                .isExactlyInstanceOf(ModelConfigException.class)
                .hasMessage(file + " is not a regular file but a FIFO, a socket, a device or a link");
    }

    @Test
    void read_notUtf8_isRefused() throws Exception {
        Files.write(file, "secrets:\n  token: p\u00e4ss\n".getBytes(ISO_8859_1));

        assertThatThrownBy(() -> ModelConfig.read(file))
                .isExactlyInstanceOf(ModelConfigException.class)
                .hasMessage(file + " is not valid UTF-8: save the file as UTF-8");
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
