package dev.modelsecrets.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlueprintTest {

    private static final SecretsResolver RESOLVER =
            SecretsResolver.of(SecretProvider.of("store", Map.of("hf-secret.hf-token", "test-token")));

    private static final String VLLM = """
            {
              "recipe_id": "llm_inference_nvidia",
              "recipe_node_pool_size": 1,
              "input_object_storage": [{"mount_location": "/models", "include": ["x"]}],
              "recipe_container_env": [
                {"key": "Model_Path", "value": "/models/llama"},
                {"key": "tensor_parallel_size", "value": 2}
              ],
              "recipe_environment_secrets": [
                {"envvar_name": "HF_TOKEN", "secret_name": "hf-secret", "secret_key": "hf-token"}
              ],
              "recipe_container_command_args": [
                "--model", "$(Model_Path)",
                "--tensor-parallel-size=$(tensor_parallel_size)",
                "--token", "$(HF_TOKEN)", "$$(HF_TOKEN)"
              ]
            }
            """;

    @Test
    void process_documentOfOci_hasVariablesAndExpandedArguments() {
        ProcessBuilder process = Blueprint.of(VLLM).process(RESOLVER, "vllm", "serve");

        assertThat(process.command())
                .containsExactly(
                        "vllm",
                        "serve",
                        "--model",
                        "/models/llama",
                        "--tensor-parallel-size=2",
                        "--token",
                        "test-token",
                        "$(HF_TOKEN)");
        assertThat(process.environment())
                .containsEntry("HF_TOKEN", "test-token")
                .containsEntry("Model_Path", "/models/llama")
                .containsEntry("tensor_parallel_size", "2");
    }

    @Test
    void read_file_isTheSame(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("blueprint.json"), VLLM);

        assertThat(Blueprint.read(file).process(RESOLVER, "vllm").command()).hasSize(7);
        assertThat(Blueprint.read(file).injection().declarations().names()).containsExactly("hf-secret.hf-token");
        assertThatThrownBy(() -> Blueprint.read(directory.resolve("none.json")))
                .isExactlyInstanceOf(InvalidBlueprintException.class)
                .hasMessage(
                        directory.resolve("none.json") + " cannot be read: it does not exist, or a directory above it");
    }

    @Test
    void process_commandOfTheBlueprint_isUsedIfNoneIsGiven() {
        Blueprint blueprint = Blueprint.of("""
                {"recipe_container_command": ["serve"], "recipe_container_command_args": ["-v"]}""");

        assertThat(blueprint.process(RESOLVER).command()).containsExactly("serve", "-v");
        assertThat(blueprint.process(RESOLVER, "other").command()).containsExactly("other", "-v");
    }

    @Test
    void process_noCommand_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blueprint.of("{}").process(RESOLVER))
                .withMessage("the blueprint has no recipe_container_command: say which program its image starts");
    }

    @Test
    void process_missingSecret_isTheResolversMessage() {
        assertThatThrownBy(() -> Blueprint.of(VLLM).process(SecretsResolver.of(), "vllm"))
                .isInstanceOf(MissingSecretsException.class)
                .hasMessageContaining("hf-secret.hf-token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\": \"A=B\", \"value\": \"test-value\"}",
                "{\"key\": \"\", \"value\": \"test-value\"}",
                "{\"key\": \"A\\u0000\", \"value\": \"test-value\"}",
                "{\"key\": \"A\", \"value\": \"test-\\u0000value\"}"
            })
    void of_plainVariableThatCannotBe_isRefusedWithoutItsText(String variable) {
        assertThatThrownBy(() -> Blueprint.of("{\"recipe_container_env\": [" + variable + "]}"))
                .isExactlyInstanceOf(InvalidBlueprintException.class)
                .hasMessageStartingWith("the blueprint, line 1, column ")
                .hasMessageEndingWith(
                        ": an element of recipe_container_env has a key or a value that no variable can" + " have");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void process_plainVariableThatIsTooLong_isRefusedBeforeItsStart() {
        Blueprint blueprint = Blueprint.of(
                "{\"recipe_container_env\": [{\"key\": \"A\", \"value\": \"" + "x".repeat(128 << 10) + "\"}]}");

        assertThatThrownBy(() -> blueprint.process(RESOLVER, "true"))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage(
                        "variable \"A\" of the blueprint: its value is too long, nothing was applied: a variable may"
                                + " have 128 KiB on Linux, its name included");
    }

    @Test
    void process_plainVariableWithHalfACharacter_isRefused() {
        assertThatThrownBy(() -> Blueprint.of("""
                        {"recipe_container_env": [{"key": "A", "value": "\\ud800"}]}""").process(RESOLVER, "true"))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessageContaining("no encoding for");
    }

    @Test
    void process_plainVariableOfANameThatIsWithheld_isThere() {
        ProcessBuilder process = Blueprint.of("""
                {"recipe_container_env": [{"key": "TRUSS_SECRET_mode", "value": "plain"}],
                 "recipe_container_command_args": ["$(TRUSS_SECRET_mode)"]}""").process(RESOLVER, "true");

        assertThat(process.command()).containsExactly("true", "plain");
        assertThat(process.environment()).containsEntry("TRUSS_SECRET_mode", "plain");
    }

    @Test
    void process_unknownVariable_isRefused() {
        assertThatThrownBy(() -> Blueprint.of("""
                        {"recipe_container_command_args": ["$(HF_TOKN)"]}""").process(RESOLVER, "vllm"))
                .isInstanceOf(SecretInjectionException.class)
                .hasMessageContaining("\"$(HF_TOKN)\"");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`` | line 1, column 1: a blueprint is a JSON object",
                "[] | line 1, column 1: a blueprint is a JSON object",
                "{} {} | line 1, column 4: there is text after the document",
                "{\"deployment_group\": {}} | line 1, column 22: this is a group of blueprints: give the \"recipe\" of one"
                        + " deployment",
                "{\"recipe_environment_secrets\": {}} | line 1, column 32: recipe_environment_secrets must be a list",
                "{\"recipe_environment_secrets\": [\"hf\"]} | line 1, column 33: an element of recipe_environment_secrets"
                        + " must be an object",
                "{\"recipe_environment_secrets\": [{\"envvar_name\": \"A\"}]} | line 1, column 52: an element of"
                        + " recipe_environment_secrets needs envvar_name, secret_key, secret_name",
                "{\"recipe_environment_secrets\": [{\"name\": \"A\"}]} | line 1, column 34: an element of"
                        + " recipe_environment_secrets has a field other than envvar_name, secret_key, secret_name",
                "{\"recipe_environment_secrets\": [{\"envvar_name\": null}]} | line 1, column 49:"
                        + " recipe_environment_secrets must hold strings",
                "{\"recipe_container_command_args\": [true]} | line 1, column 36: recipe_container_command_args must hold"
                        + " strings"
            })
    void of_documentOfAnotherShape_saysWhereAndWhat(String json, String problem) {
        assertThatThrownBy(() -> Blueprint.of(json))
                .isExactlyInstanceOf(InvalidBlueprintException.class)
                .hasMessage("the blueprint, " + problem);
    }

    @Test
    void of_sameVariableTwice_isRefused() {
        String triple = "{\"envvar_name\": \"A\", \"secret_name\": \"b\", \"secret_key\": \"c\"}";

        assertThatThrownBy(() -> Blueprint.of("{\"recipe_environment_secrets\": [" + triple + ", " + triple + "]}"))
                .isExactlyInstanceOf(InvalidBlueprintException.class)
                .hasMessageEndingWith(": recipe_environment_secrets has an envvar_name twice");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_variableThatIsASecretAndPlain_isRefused(boolean secretFirst) {
        String secrets = "\"recipe_environment_secrets\": [{\"envvar_name\": \"HF_TOKEN\", \"secret_name\": \"hf\","
                + " \"secret_key\": \"token\"}]";
        String plain = "\"recipe_container_env\": [{\"key\": \"HF_TOKEN\", \"value\": \"test-plain\"}]";
        String json = "{" + (secretFirst ? secrets + "," + plain : plain + "," + secrets) + "}";

        assertThatThrownBy(() -> Blueprint.of(json))
                .isExactlyInstanceOf(InvalidBlueprintException.class)
                .hasMessageEndingWith(": this variable is in recipe_environment_secrets and in"
                        + " recipe_container_env: remove it from one of them");
    }

    @Test
    void of_secretNameThatIsNone_isNotQuoted() {
        assertThatThrownBy(() -> Blueprint.of("""
                        {"recipe_environment_secrets":
                          [{"envvar_name": "A", "secret_name": "test token", "secret_key": "c"}]}"""))
                .isExactlyInstanceOf(InvalidBlueprintException.class)
                .hasMessage("the blueprint, line 2, column 71: secret_name and secret_key must be names of letters,"
                        + " digits, '-', '_' and '.'");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"{\"a\": SENTINEL}", "{\"SENTINEL\": 1, \"SENTINEL\": 2}", "{\"a\": \"SENTINEL", "SENTINEL", "{"})
    void of_malformedJson_quotesNothing(String json) {
        assertThatThrownBy(() -> Blueprint.of(json))
                .isExactlyInstanceOf(InvalidBlueprintException.class)
                .hasMessageStartingWith("the blueprint is not valid JSON at line 1, column ")
                .hasMessageNotContaining("SENT")
                .hasNoCause();
    }

    @Test
    void toString_showsNamesOnly() {
        assertThat(Blueprint.of(VLLM))
                .hasToString("Blueprint[secrets=[HF_TOKEN<-hf-secret.hf-token],"
                        + " variables=[Model_Path, tensor_parallel_size]]");
    }
}
