package dev.modelsecrets.inject;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.modelsecrets.Secrets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

    private static final int MEBIBYTE = 1 << 20;

    private static void assertProblems(SecretInjection.Builder builder, Secrets secrets, String... lines) {
        String count = lines.length == 1 ? "1 problem" : lines.length + " problems";
        assertThatThrownBy(() -> builder.build().plan(secrets))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage(count + " in the secret injection, nothing was applied:\n  " + String.join("\n  ", lines));
    }

    @Test
    void plan_nothingWrong_hasVariablesAndPaths() {
        InjectionPlan plan = SecretInjection.builder()
                .variable("HF_TOKEN", "hf")
                .variable("_x9", "hf")
                .file("hf")
                .file("db", "secrets/password/db")
                .build()
                .plan(TestSecrets.of("hf", "1", "db", "2", "other", "3"));

        assertThat(plan).hasToString("InjectionPlan[variables=[HF_TOKEN, _x9], files=[hf, secrets/password/db]]");
    }

    @Test
    void plan_noEntry_isEmpty() {
        assertThat(SecretInjection.builder().build().plan(TestSecrets.of()))
                .hasToString("InjectionPlan[variables=[], files=[]]");
    }

    @Test
    void plan_manyProblems_areAllInOneException() {
        SecretInjection.Builder builder = SecretInjection.builder()
                .variable("MY-TOKEN", "a")
                .variable("TOKEN", "a")
                .variable("TOKEN", "b")
                .variable("NUL", "nul")
                .file("a", "../a")
                .file("a", "f")
                .file("b", "f")
                .file("b", "f/g");

        assertProblems(
                builder,
                TestSecrets.of("a", "1", "b", "2", "nul", "x\0y"),
                "variable \"MY-TOKEN\": no shell can export this name; allowed is [A-Za-z_][A-Za-z0-9_]*",
                "variable TOKEN: the secrets a and b have different values",
                "variable NUL: the value of the secret nul has a NUL character, which no variable can hold",
                "file \"../a\": has the segment \"..\", which could lead out of the directory",
                "file \"f\": the secrets a and b are to be written there",
                "file \"f/g\": lies below \"f\", which is the file of the secret a");
    }

    @Test
    void plan_secretNotResolved_isNamedWithTheResolvedOnes() {
        SecretInjection injection = SecretInjection.builder()
                .variable("HF_TOKEN", "hf-secret", "hf-token")
                .file("db")
                .file("a")
                .build();

        assertThatThrownBy(() -> injection.plan(TestSecrets.of("a", "1", "b", "2")))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage("""
                        2 problems in the secret injection, nothing was applied:
                          variable HF_TOKEN: the secret hf-secret.hf-token is not among the resolved secrets
                          file "db": the secret db is not among the resolved secrets
                        Resolved are a, b. Resolve the declarations() of the injection.""");
    }

    @Test
    void plan_thousandsOfOtherSecrets_namesSomeOfThem() {
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 5_000; i++) {
            many.put("name_" + i, "value");
        }
        SecretInjection injection = SecretInjection.builder().file("db").build();

        assertThatThrownBy(() -> injection.plan(Secrets.of(many)))
                .hasMessageContaining("Resolved are name_0, name_1, ")
                .hasMessageEndingWith("name_199 and 4800 more. Resolve the declarations() of the injection.");
    }

    @Test
    void plan_nothingResolved_isSaidSo() {
        SecretInjection injection = SecretInjection.builder().file("db").build();

        assertThatThrownBy(() -> injection.plan(TestSecrets.of())).hasMessage("""
                        1 problem in the secret injection, nothing was applied:
                          file "db": the secret db is not among the resolved secrets
                        No secret is resolved. Resolve the declarations() of the injection.""");
    }

    @Test
    void plan_oneVariableTwoSecretsSameValue_isFine() {
        InjectionPlan plan = SecretInjection.builder()
                .variable("TOKEN", "a")
                .variable("TOKEN", "b")
                .build()
                .plan(TestSecrets.of("a", "same", "b", "same"));

        assertThat(plan).hasToString("InjectionPlan[variables=[TOKEN], files=[]]");
    }

    @Test
    void plan_oneVariableThreeSecrets_namesEachThatDiffersFromTheFirst() {
        assertProblems(
                SecretInjection.builder()
                        .variable("TOKEN", "a")
                        .variable("TOKEN", "b")
                        .variable("TOKEN", "c")
                        .variable("TOKEN", "d"),
                TestSecrets.of("a", "1", "b", "2", "c", "1", "d", "3"),
                "variable TOKEN: the secrets a and b have different values",
                "variable TOKEN: the secrets a and d have different values");
    }

    @Test
    void plan_variablesThatDifferInCase_areTwo() {
        InjectionPlan plan = SecretInjection.builder()
                .variable("TOKEN", "a")
                .variable("token", "b")
                .build()
                .plan(TestSecrets.of("a", "1", "b", "2"));

        assertThat(plan).hasToString("InjectionPlan[variables=[TOKEN, token], files=[]]");
    }

    @ParameterizedTest
    @CsvSource({
        "'', \"\"",
        "9A, \"9A\"",
        "A-B, \"A-B\"",
        "A.B, \"A.B\"",
        "A=B, \"A=B\"",
        "'A ', \"A \"",
        "$A, \"$A\"",
        "Ä, \"\\u00c4\"",
        "'A\nB', \"A\\u000aB\"",
        "'A\n', \"A\\u000a\"",
    })
    void plan_variableThatNoShellExports_isNamed(String variable, String quoted) {
        assertProblems(
                SecretInjection.builder().variable(variable, "a"),
                TestSecrets.of("a", "1"),
                "variable " + quoted + ": no shell can export this name; allowed is [A-Za-z_][A-Za-z0-9_]*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\0x", "x\0", "x\0y"})
    void plan_nulInAVariable_isRefusedWithoutTheValue(String value) {
        assertProblems(
                SecretInjection.builder().variable("TOKEN", "a"),
                TestSecrets.of("a", value),
                "variable TOKEN: the value of the secret a has a NUL character, which no variable can hold");
    }

    @Test
    void plan_nulInAFile_isFine() {
        InjectionPlan plan = SecretInjection.builder().file("a").build().plan(TestSecrets.of("a", "x\0y"));

        assertThat(plan.files()).containsEntry("a", "x\0y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "\udc00", "x\ud83d", "\ude00\ud83d", "\ud83dx\ude00"})
    void plan_loneSurrogate_isRefusedEverywhere(String value) {
        assertProblems(
                SecretInjection.builder().variable("TOKEN", "a").file("a", "f"),
                TestSecrets.of("a", value),
                "variable TOKEN: the value of the secret a has half of a surrogate pair, which no encoding can hold",
                "file \"f\": the value of the secret a has half of a surrogate pair, which no encoding can hold");
    }

    @Test
    void plan_surrogatePairInAFile_isFine() {
        InjectionPlan plan =
                SecretInjection.builder().file("a").build().plan(TestSecrets.of("a", "\ud83d\ude00\ufffd"));

        assertThat(plan.files()).containsEntry("a", "\ud83d\ude00\ufffd");
    }

    @Test
    void plan_variableThatTheLocaleCannotEncode_isRefused() {
        SecretInjection injection =
                SecretInjection.builder().variable("TOKEN", "a").file("a").build();
        Planner planner = new Planner(
                injection,
                TestSecrets.of("a", "p\u00e4ss"),
                new ChildEnvironment(US_ASCII.newEncoder()::canEncode, 1000));

        assertThatThrownBy(planner::plan)
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage("""
                        1 problem in the secret injection, nothing was applied:
                          variable TOKEN: the value of the secret a has characters that the locale of this JVM has no encoding for; start the JVM with LC_ALL=C.UTF-8""");
    }

    @Test
    void plan_variableThatIsTooLongForTheSystem_isRefused() {
        SecretInjection injection =
                SecretInjection.builder().variable("KEY", "a").build();
        ChildEnvironment environment = new ChildEnvironment(value -> true, 10);

        // KEY=12345 and its NUL
        new Planner(injection, TestSecrets.of("a", "12345"), environment).plan();

        assertThatThrownBy(new Planner(injection, TestSecrets.of("a", "1234\u00e9"), environment)::plan)
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage("""
                        1 problem in the secret injection, nothing was applied:
                          variable KEY: the value of the secret a is too long: a variable may have 128 KiB on Linux, its name included; write it to a file""");
    }

    @Test
    void plan_keyOfASecretThatIsResolvedUnderItsOwnName_isPointedOut() {
        assertThatThrownBy(() -> SecretInjection.builder()
                        .variable("HF_TOKEN", "hf-secret", "hf-token")
                        .build()
                        .plan(TestSecrets.of("hf-token", "1")))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessageContaining("variable HF_TOKEN: the secret hf-secret.hf-token is not among the resolved"
                        + " secrets (hf-token is: take that name, or map hf-secret.hf-token to it)\n");
    }

    @Test
    void plan_mount_isAFileForEachKey() {
        Map<String, String> subPaths = new LinkedHashMap<>();
        subPaths.put("user", "");
        subPaths.put("db", "secrets/password");

        InjectionPlan plan = SecretInjection.builder()
                .mount("demo", "$BENTOML_HOME/demo", subPaths)
                .build()
                .plan(TestSecrets.of("demo.user", "me", "demo.db", "1"));

        assertThat(plan.files()).containsExactly(entry("demo/user", "me"), entry("demo/secrets/password/db", "1"));
    }

    @Test
    void plan_sameKeyInTwoDirectories_isNoConflict() {
        InjectionPlan plan = SecretInjection.builder()
                .mount("web", "web", Map.of("tls.crt", ""))
                .mount("api", "api", Map.of("tls.crt", ""))
                .build()
                .plan(TestSecrets.of("web.tls.crt", "1", "api.tls.crt", "2"));

        assertThat(plan.files()).containsExactly(entry("web/tls.crt", "1"), entry("api/tls.crt", "2"));
    }

    @Test
    void plan_mountThatLeadsOut_isRefused() {
        assertProblems(
                SecretInjection.builder().mount("web", "web", Map.of("tls.crt", "../../etc")),
                TestSecrets.of("web.tls.crt", "1"),
                "file \"web/../../etc/tls.crt\": has the segment \"..\", which could lead out of the directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b", "a..b", "a/..b", "a/b/c", ".a", "a b", "-", "a/$HOME"})
    void plan_plainPath_isFine(String path) {
        InjectionPlan plan = SecretInjection.builder().file("a", path).build().plan(TestSecrets.of("a", "1"));

        assertThat(plan.files()).containsOnlyKeys(path);
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty; give a path below the directory",
        "/, is absolute; give a path below the directory",
        "/a, is absolute; give a path below the directory",
        "//a, is absolute; give a path below the directory",
        "a/, has an empty segment",
        "a//b, has an empty segment",
        "., 'has the segment \".\"'",
        "./a, 'has the segment \".\"'",
        "a/./b, 'has the segment \".\"'",
        ".., 'has the segment \"..\", which could lead out of the directory'",
        "../a, 'has the segment \"..\", which could lead out of the directory'",
        "a/../../b, 'has the segment \"..\", which could lead out of the directory'",
        "a/.., 'has the segment \"..\", which could lead out of the directory'",
        "..data, 'starts with \"..\", which is reserved for the layout (..data)'",
        "..data/a, 'starts with \"..\", which is reserved for the layout (..data)'",
        "...a/b, 'starts with \"..\", which is reserved for the layout (..data)'",
    })
    void plan_pathThatIsNotPlain_isRefused(String path, String problem) {
        assertProblems(
                SecretInjection.builder().file("a", path),
                TestSecrets.of("a", "1"),
                "file \"" + path + "\": " + problem);
    }

    @Test
    void plan_nulInAPath_isRefused() {
        assertProblems(
                SecretInjection.builder().file("a", "x\0y"),
                TestSecrets.of("a", "1"),
                "file \"x\\u0000y\": has a NUL character");
    }

    @Test
    void plan_secretNameThatIsReserved_isRefusedAsAPath() {
        assertProblems(
                SecretInjection.builder().file("..data"),
                TestSecrets.of("..data", "1"),
                "file \"..data\": starts with \"..\", which is reserved for the layout (..data)");
    }

    @Test
    void plan_oneSecretTwiceOnOnePath_isRefused() {
        assertProblems(
                SecretInjection.builder().file("a").file("a"),
                TestSecrets.of("a", "1"),
                "file \"a\": the secret a is to be written there twice");
    }

    @Test
    void plan_oneSecretOnTwoPaths_isFine() {
        InjectionPlan plan =
                SecretInjection.builder().file("a").file("a", "b/a").build().plan(TestSecrets.of("a", "1"));

        assertThat(plan.files()).containsOnlyKeys("a", "b/a");
    }

    @Test
    void plan_pathBelowAFile_isRefusedInEitherOrder() {
        String problem = "file \"x/y/z\": lies below \"x\", which is the file of the secret a";

        assertProblems(
                SecretInjection.builder().file("a", "x").file("b", "x/y/z"),
                TestSecrets.of("a", "1", "b", "1"),
                problem);
        assertProblems(
                SecretInjection.builder().file("b", "x/y/z").file("a", "x"),
                TestSecrets.of("a", "1", "b", "1"),
                problem);
    }

    @Test
    void plan_pathThatOnlyStartsLikeAFile_isFine() {
        InjectionPlan plan = SecretInjection.builder()
                .file("a", "x")
                .file("b", "xy/z")
                .build()
                .plan(TestSecrets.of("a", "1", "b", "1"));

        assertThat(plan.files()).containsOnlyKeys("x", "xy/z");
    }

    @Test
    void plan_fileOfOneMebibyte_isFine() {
        String value = "x".repeat(MEBIBYTE - 2) + "\u00e9";

        assertThat(SecretInjection.builder()
                        .file("a")
                        .build()
                        .plan(TestSecrets.of("a", value))
                        .files())
                .containsEntry("a", value);
    }

    @Test
    void plan_fileOverOneMebibyte_isRefused() {
        assertProblems(
                SecretInjection.builder().file("a"),
                TestSecrets.of("a", "x".repeat(MEBIBYTE) + "x"),
                "file \"a\": the value of the secret a is over 1 MiB, the most that a secret file may have");
    }
}
