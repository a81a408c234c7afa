package dev.modelsecrets.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DerivedSecretProviderTest {

    private static final SecretProvider BELOW = SecretProvider.of(
            "below",
            Map.of(
                    "base64", "dGVz\ndC10b2tlbg==\n",
                    "url", "w7_DvA",
                    "binary", "/w==",
                    "odd", "sentinel!",
                    "json",
                            "{\"user\":\"me\",\"pass\":\"test-pass/phrase 1\",\"n\":1.10,\"list\":[\"a\",{\"b\":[1, 2]}],"
                                    + "\"a/b\":\"slash\",\"none\":null}",
                    "plain", "plain-value"));

    private static DerivedSecretProvider.Builder over() {
        return DerivedSecretProvider.over(BELOW);
    }

    private static Lookup answer(DerivedSecretProvider.Builder builder, String name) {
        return builder.build().find(Set.of(name)).get(name);
    }

    @Test
    void base64_ofBothAlphabets_decoded() {
        assertThat(answer(over().base64("base64"), "base64").value()).isEqualTo("test-token");
        assertThat(answer(over().base64("base64"), "base64")).hasToString("found: base64, decoded from base64");
        assertThat(answer(over().base64Url("url"), "url").value()).isEqualTo("\u00ff\u00fc");
        assertThat(answer(over().base64("base64"), "plain").value()).isEqualTo("plain-value");
        assertThat(over().build().name()).isEqualTo("below");
    }

    @Test
    void base64_ofSomethingElse_failsWithoutQuoting() {
        assertThat(answer(over().base64("odd"), "odd")).hasToString("failed: odd is not valid base64");
        assertThat(answer(over().base64("binary"), "binary"))
                .hasToString("failed: binary decodes to something that is not text in UTF-8");
        assertThat(answer(over().base64("none"), "none").isAbsent()).isTrue();
    }

    @Test
    void field_pointers_asWritten() {
        assertThat(field("/user")).isEqualTo("me");
        assertThat(field("/n")).isEqualTo("1.10");
        assertThat(field("/list/0")).isEqualTo("a");
        assertThat(field("/list/1")).isEqualTo("{\"b\":[1, 2]}");
        assertThat(field("/list/1/b/1")).isEqualTo("2");
        assertThat(field("/a~1b")).isEqualTo("slash");
    }

    private static String field(String pointer) {
        return answer(over().field("x", "json", pointer), "x").value();
    }

    @Test
    void field_notThere_absentAndMalformedFails() {
        for (String pointer : new String[] {"/none", "/gone", "/user/deeper", "/list/7", "/list/x", "/list/01"}) {
            assertThat(answer(over().field("x", "json", pointer), "x"))
                    .hasToString("absent: json, field " + pointer + " is not there");
        }
        assertThat(answer(over().field("x", "odd", "/a"), "x")).hasToString("failed: odd is not valid JSON");
        assertThatThrownBy(() -> over().field("x", "json", "user")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void composed_partsDeclared_redactedEachForItself() {
        SecretProvider provider = over().field("db_user", "json", "/user")
                .field("db_password", "json", "/pass")
                .composed("jdbc_url", "jdbc:postgresql://db/app?user={db_user}&password={db_password:url}")
                .build();
        try (SecretsResolver resolver = SecretsResolver.of(provider)) {
            Secrets secrets = resolver.resolve("jdbc_url", "db_user", "db_password");

            String url = "jdbc:postgresql://db/app?user=me&password=test-pass%2Fphrase%201";
            assertThat(secrets.require("jdbc_url")).isEqualTo(url);
            assertThat(secrets.redactor().redact("cannot connect with password test-pass/phrase 1 to " + url))
                    .doesNotContain("test-pass")
                    .doesNotContain("phrase");
            assertThat(secrets.redactor().redact("password=test-pass%2Fphrase%201&x"))
                    .doesNotContain("test-pass");
            assertThat(secrets.source("jdbc_url")).hasToString("below: composed of db_user, db_password");
        }
    }

    @Test
    void composed_partNotDeclared_fails() {
        assertThat(answer(over().composed("u", "x:{plain}"), "u"))
                .hasToString("failed: is composed of plain, which is not asked for here: declare it too, and let this"
                        + " provider have it, so that a redactor knows it");
    }

    @Test
    void composed_partWithoutValue_staysWhatItIs() {
        SecretProvider below = SecretProvider.of("below", name -> switch (name) {
            case "denied" -> Lookup.denied("is denied");
            case "failed" -> Lookup.failed("is broken");
            case "found" -> Lookup.found("value", "here", Instant.parse("2026-01-02T03:04:05Z"));
            default -> Lookup.absent("is not there");
        });
        Map<String, Lookup> answers = DerivedSecretProvider.over(below)
                .composed("a", "{found}{absent}")
                .composed("b", "{absent}{failed}")
                .composed("c", "{absent}{denied}")
                .composed("d", "<{found}>")
                .build()
                .find(Set.of("a", "b", "c", "d", "found", "absent", "failed", "denied"));

        assertThat(answers.get("a")).hasToString("absent: is composed of absent: is not there");
        assertThat(answers.get("b")).hasToString("failed: is composed of failed: is broken");
        assertThat(answers.get("c")).hasToString("denied: is composed of denied: is denied");
        assertThat(answers.get("d").value()).isEqualTo("<value>");
        assertThat(answers.get("d").expiresAt()).hasValue(Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void builder_rulesThatContradict_refused() {
        assertThatThrownBy(() -> over().base64("a").base64Url("a")).hasMessage("the secret a has a rule already");
        assertThatThrownBy(() -> over().composed("a", "x")).hasMessage("the template of a names no secret in braces");
        assertThatThrownBy(() -> over().composed("a", "{a}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> over().composed("a", "{b}").composed("b", "{c}").build())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
