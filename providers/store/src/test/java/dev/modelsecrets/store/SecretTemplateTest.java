package dev.modelsecrets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SecretTemplateTest {

    /** Of the right format and plainly fake; put together here, so that no scanner takes them for real. */
    private static final String TEST = "test".repeat(10);

    private static final Map<SecretTemplate, Map<String, String>> GOOD = Map.of(
            SecretTemplate.OPENAI, Map.of("OPENAI_API_KEY", "sk-" + "proj-" + TEST),
            SecretTemplate.AWS,
                    Map.of(
                            "AWS_ACCESS_KEY_ID",
                            "AKIA" + "TEST".repeat(4),
                            "AWS_SECRET_ACCESS_KEY",
                            TEST,
                            "AWS_SESSION_TOKEN",
                            TEST.repeat(3),
                            "AWS_DEFAULT_REGION",
                            "us-gov-west-1"),
            SecretTemplate.HUGGING_FACE, Map.of("HF_TOKEN", "hf_" + TEST),
            SecretTemplate.GITHUB, Map.of("GITHUB_TOKEN", "github_pat_" + TEST),
            SecretTemplate.ANTHROPIC, Map.of("ANTHROPIC_API_KEY", "sk-" + "ant-" + TEST),
            SecretTemplate.NVIDIA_NGC, Map.of("NGC_API_KEY", "nvapi-" + TEST),
            SecretTemplate.CONTAINER_REGISTRY,
                    Map.of(
                            "registry_server", "iad.ocir.io",
                            "username", "tenancy/test@example.com",
                            "password", "test password",
                            "email", "test@example.com"));

    @ParameterizedTest
    @EnumSource(SecretTemplate.class)
    void template_goodValues_makeSecretOfItsType(SecretTemplate template) {
        StoredSecret secret = template.secret("a").values(GOOD.get(template)).build();

        assertThat(secret.keys()).isEqualTo(GOOD.get(template).keySet());
        assertThat(secret.type()).contains(template.type());
    }

    @ParameterizedTest
    @EnumSource(SecretTemplate.class)
    void template_keys_areDescribed(SecretTemplate template) {
        assertThat(template.keys()).isNotEmpty().allSatisfy(key -> {
            assertThat(key.name()).isNotBlank();
            assertThat(key.description()).isNotBlank();
            assertThat(key.format()).isNotBlank();
            assertThat(key).hasToString(key.name());
        });
    }

    static Stream<List<Object>> misplaced() {
        return GOOD.entrySet().stream()
                .filter(entry -> entry.getKey() != SecretTemplate.CONTAINER_REGISTRY)
                .flatMap(right -> GOOD.entrySet().stream()
                        .filter(wrong ->
                                wrong.getKey() != right.getKey() && wrong.getKey() != SecretTemplate.CONTAINER_REGISTRY)
                        .flatMap(wrong -> wrong.getValue().values().stream())
                        .map(value -> List.of(
                                right.getKey(), right.getKey().keys().get(0).name(), value)));
    }

    @ParameterizedTest
    @MethodSource("misplaced")
    void template_valueOfAnotherService_isFoundAndNotRepeated(List<Object> arguments) {
        SecretTemplate template = (SecretTemplate) arguments.get(0);
        String key = (String) arguments.get(1);
        String value = (String) arguments.get(2);

        InvalidSecretException refused = catchThrowableOfType(
                InvalidSecretException.class,
                () -> StoredSecret.changesTo("a")
                        .template(template)
                        .value(key, value)
                        .build());

        assertThat(refused.problems())
                .singleElement()
                .asString()
                .startsWith("the value of key " + key + " does not have the expected format: ")
                .doesNotContain(value);
    }

    @Test
    void template_keysInEachOthersPlace_areBothFound() {
        InvalidSecretException refused = catchThrowableOfType(
                InvalidSecretException.class,
                () -> SecretTemplate.AWS
                        .secret("aws")
                        .value("AWS_ACCESS_KEY_ID", TEST)
                        .value("AWS_SECRET_ACCESS_KEY", "AKIA" + "TEST".repeat(4))
                        .build());

        assertThat(refused.problems())
                .containsExactly(
                        "the value of key AWS_ACCESS_KEY_ID does not have the expected format: \"AKIA\" or \"ASIA\" and"
                                + " at least 16 capital letters or digits; if it is right all the same, use"
                                + " withoutFormatCheck()",
                        "the value of key AWS_SECRET_ACCESS_KEY does not have the expected format: 40 letters, digits,"
                                + " '/', '+' or '='; if it is right all the same, use withoutFormatCheck()");
    }

    static Stream<Arguments> shapesThatServicesGiveOut() {
        return Stream.of(
                Arguments.of(SecretTemplate.GITHUB, "GITHUB_TOKEN", "ghs_" + "123456_test.test-" + TEST + "." + TEST),
                Arguments.of(SecretTemplate.GITHUB, "GITHUB_TOKEN", "ghp_" + TEST),
                Arguments.of(SecretTemplate.GITHUB, "GITHUB_TOKEN", "v1." + "0a".repeat(20)),
                Arguments.of(SecretTemplate.AWS, "AWS_DEFAULT_REGION", "eusc-de-east-1"),
                Arguments.of(SecretTemplate.AWS, "AWS_DEFAULT_REGION", "aws-global"),
                Arguments.of(SecretTemplate.AWS, "AWS_DEFAULT_REGION", "aws-us-gov-global"),
                Arguments.of(SecretTemplate.AWS, "AWS_DEFAULT_REGION", "aws-iso-b-global"),
                Arguments.of(SecretTemplate.AWS, "AWS_DEFAULT_REGION", "us-isob-east-1"),
                Arguments.of(SecretTemplate.AWS, "AWS_DEFAULT_REGION", "ap-southeast-7"),
                Arguments.of(SecretTemplate.HUGGING_FACE, "HF_TOKEN", "hf_" + "oauth_test-" + TEST + "." + TEST),
                Arguments.of(SecretTemplate.HUGGING_FACE, "HF_TOKEN", "hf_" + "jwt_test." + TEST + "." + TEST),
                Arguments.of(SecretTemplate.HUGGING_FACE, "HF_TOKEN", "api_" + "org_" + TEST),
                Arguments.of(SecretTemplate.NVIDIA_NGC, "NGC_API_KEY", TEST + TEST + "test"),
                Arguments.of(
                        SecretTemplate.CONTAINER_REGISTRY,
                        "password",
                        "{\n  \"type\": \"service_account\",\n  \"private_key\": \"test\"\n}\n"),
                Arguments.of(SecretTemplate.CONTAINER_REGISTRY, "registry_server", "europe-docker.pkg.dev"),
                Arguments.of(SecretTemplate.CONTAINER_REGISTRY, "registry_server", "[fd00::1]:5000"),
                Arguments.of(SecretTemplate.CONTAINER_REGISTRY, "registry_server", "https://index.docker.io/v1/"));
    }

    @ParameterizedTest
    @MethodSource("shapesThatServicesGiveOut")
    void template_everyShapeThatServicesGiveOut_isAccepted(SecretTemplate template, String key, String value) {
        assertThat(StoredSecret.changesTo("a")
                        .template(template)
                        .value(key, value)
                        .build()
                        .keys())
                .containsExactly(key);
    }

    static Stream<Arguments> longValuesOfEachKey() {
        return Stream.of(SecretTemplate.values())
                .flatMap(template -> template.keys().stream()
                        .flatMap(key -> Stream.of("aa-", "a", "a.", "a/", "a@", "a\n", "sk-a", "hf_")
                                .map(part -> Arguments.of(template, key.name(), part.repeat(100_000) + " "))));
    }

    /** A value may have 1 MiB, and no pattern may need a stack, or a time, that grows with it. */
    @ParameterizedTest
    @MethodSource("longValuesOfEachKey")
    void template_longValueInTheWrongPlace_isRefused(SecretTemplate template, String key, String value) {
        StoredSecret.Builder secret =
                StoredSecret.changesTo("a").template(template).value(key, value);

        assertThatThrownBy(secret::build).isInstanceOf(InvalidSecretException.class);
    }

    @Test
    void template_missingAndUnknownKeys_areRefused() {
        assertThatThrownBy(() -> SecretTemplate.HUGGING_FACE
                        .secret("hf")
                        .value("HUGGING_FACE_TOKEN", "hf_" + TEST)
                        .build())
                .isInstanceOf(InvalidSecretException.class)
                .hasMessage("""
                    secret hf is not valid:
                      the template HUGGING_FACE needs the key HF_TOKEN, user access token
                      the template HUGGING_FACE has the keys HF_TOKEN and no others\
                    """);
    }

    @Test
    void template_otherType_isRefused() {
        assertThatThrownBy(() -> SecretTemplate.HUGGING_FACE
                        .secret("hf")
                        .type(SecretType.CONTAINER_REGISTRY)
                        .value("HF_TOKEN", "hf_" + TEST)
                        .build())
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("the template HUGGING_FACE is for a secret of type opaque");
    }

    @Test
    void formatCheck_switchedOff_keepsTheKeysOnly() {
        assertThat(SecretTemplate.OPENAI
                        .secret("openai")
                        .value("OPENAI_API_KEY", "test-of-another-format")
                        .withoutFormatCheck()
                        .build()
                        .keys())
                .containsExactly("OPENAI_API_KEY");
        assertThatThrownBy(() -> SecretTemplate.OPENAI
                        .secret("openai")
                        .value("OPENAI", "test-of-another-format")
                        .withoutFormatCheck()
                        .build())
                .isInstanceOf(InvalidSecretException.class);
    }

    @Test
    void optionalKeys_leftOut_areFine() {
        assertThat(SecretTemplate.AWS
                        .secret("aws")
                        .value("AWS_ACCESS_KEY_ID", "ASIA" + "TEST".repeat(4))
                        .value("AWS_SECRET_ACCESS_KEY", TEST)
                        .build()
                        .keys())
                .hasSize(2);
        assertThat(SecretTemplate.AWS.keys())
                .extracting(SecretTemplate.Key::isRequired)
                .containsExactly(true, true, false, false);
    }
}
