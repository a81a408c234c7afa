package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is replaced, and what is left alone. */
class RedactorTest {

    private static Redactor redactor(String... namesAndValues) {
        return secrets(namesAndValues).redactor();
    }

    private static Secrets secrets(String... namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Secrets.of(values);
    }

    private static void assertRedacted(Redactor redactor, String form) {
        assertThat(redactor.redact("before>" + form + "<after")).isEqualTo("before>[secret:token]<after");
        assertThat(redactor.redact(form)).isEqualTo("[secret:token]");
    }

    // Plain values

    @Test
    void redact_values_areReplacedByTheirNames() {
        Redactor redactor = redactor("hf_access_token", "hf_abcdefgh", "db.password-1", "correct horse");

        assertThat(redactor.redact("GET /?t=hf_abcdefgh as 'correct horse', hf_abcdefghhf_abcdefgh."))
                .isEqualTo("GET /?t=[secret:hf_access_token] as '[secret:db.password-1]',"
                        + " [secret:hf_access_token][secret:hf_access_token].");
    }

    @Test
    void redact_nothingToReplace_isTheSameObject() {
        String text = "nothing here, hf_abcdefg neither";

        assertThat(redactor("token", "hf_abcdefgh").redact(text)).isSameAs(text);
        assertThat(redactor("token", "hf_abcdefgh").redact("")).isEmpty();
        assertThat(redactor().redact(text)).isSameAs(text);
        assertThat(redactor("token", "").redact(text)).isSameAs(text);
    }

    @Test
    void redact_otherCase_isLeftAlone() {
        assertThat(redactor("token", "hf_abcdefgh").redact("HF_ABCDEFGH")).isEqualTo("HF_ABCDEFGH");
    }

    @Test
    void redact_valueThatIsAPrefixOfAnother_leavesNoTail() {
        Redactor redactor = redactor("short", "password", "long", "password-of-root", "longest", "password-of-root-2");

        assertThat(redactor.redact("password password-of-root password-of-root-2 password-of-"))
                .isEqualTo("[secret:short] [secret:long] [secret:longest] [secret:short]-of-");
    }

    @Test
    void redact_valuesThatOverlap_leaveNoTail() {
        assertThat(redactor("one", "abcdefgh1234", "two", "1234ijklmnop").redact("<abcdefgh1234ijklmnop>"))
                .isEqualTo("<[secret:one]>");
        assertThat(redactor("one", "abcdefgh", "two", "efghijklmnop").redact("abcdefghijklmnop abcdefgh efghijklmnop"))
                .isEqualTo("[secret:one] [secret:one] [secret:two]");
    }

    @Test
    void redact_valueThatOverlapsItself_leavesNoTail() {
        assertThat(redactor("token", "abcabcab").redact("<abcabcabcab> abcabcababcabcab"))
                .isEqualTo("<[secret:token]> [secret:token][secret:token]");
    }

    @Test
    void redact_valueInsideAnother_replacesTheOuterOne() {
        assertThat(redactor("inner", "innermost", "outer", "an innermost value").redact("an innermost value innermost"))
                .isEqualTo("[secret:outer] [secret:inner]");
    }

    @Test
    void redact_oneValueUnderTwoNames_usesTheFirst() {
        assertThat(redactor("a", "the same value", "b", "the same value").redact("the same value"))
                .isEqualTo("[secret:a]");
    }

    @Test
    void redact_valueThatIsAlsoAFieldOfAnother_goesByItsOwnName() {
        Redactor redactor = redactor("all", "{\"hf\": \"hf_abcdefgh\"}", "hf", "hf_abcdefgh");

        assertThat(redactor.redact("hf_abcdefgh")).isEqualTo("[secret:hf]");
        assertThat(redactor.redact("{\"hf\": \"hf_abcdefgh\"}")).isEqualTo("[secret:all]");
    }

    @Test
    void redact_unicode_isReplaced() {
        Redactor redactor = redactor("token", "pässwörd-日本語-🔑");

        assertRedacted(redactor, "pässwörd-日本語-🔑");
        assertRedacted(redactor, "p\\u00e4ssw\\u00f6rd-\\u65e5\\u672c\\u8a9e-\\ud83d\\udd11");
        assertRedacted(redactor, "p\\u00E4ssw\\u00F6rd-\\u65E5\\u672C\\u8A9E-\\uD83D\\uDD11");
        assertRedacted(redactor, URLEncoder.encode("pässwörd-日本語-🔑", StandardCharsets.UTF_8));
        assertThat(redactor.redact("pässwörd-日本語-🔒")).isEqualTo("pässwörd-日本語-🔒");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 126, 127, 128, 129, 1_000, 70_000})
    void redact_longValues_areReplacedWhole(int length) {
        Random random = new Random(length);
        StringBuilder value = new StringBuilder();
        while (value.length() < length) {
            value.append((char) ('!' + random.nextInt(90)));
        }
        Redactor redactor = redactor("token", value.toString());

        assertRedacted(redactor, value.toString());
        assertThat(redactor.redact(value.substring(1))).isEqualTo(value.substring(1));
    }

    @Test
    void redact_aThousandSecrets_allAreFound() {
        Random random = new Random(7);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = new byte[6 + random.nextInt(40)];
            random.nextBytes(bytes);
            values.put("secret-" + i, Base64.getUrlEncoder().encodeToString(bytes));
        }
        Redactor redactor = Secrets.of(values).redactor();
        StringBuilder text = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        values.forEach((name, value) -> {
            text.append(name).append('=').append(value).append('\n');
            expected.append(name).append("=[secret:").append(name).append("]\n");
        });

        assertThat(redactor.redact(text.toString())).isEqualTo(expected.toString());
    }

    // The minimum length

    @Test
    void redactor_shortValues_areLeftAloneAndNamedInAWarning() {
        try (LogCapture log = new LogCapture()) {
            Redactor redactor = redactor("pin", "1234567", "flag", "on", "token", "12345678", "none", "");

            assertThat(redactor.redact("1234567 on 12345678")).isEqualTo("1234567 on [secret:token]");
            assertThat(log.lines())
                    .containsExactly(
                            "WARNING These secrets have fewer than 8 characters and are not redacted: pin, flag");
        }
    }

    @Test
    void redactor_longValuesOnly_doesNotWarn() {
        try (LogCapture log = new LogCapture()) {
            redactor("token", "12345678");

            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void redactor_minimumLength_isSettable() {
        Secrets secrets = secrets("pin", "1234", "token", "12345678");
        try (LogCapture log = new LogCapture()) {
            assertThat(secrets.redactor(4).redact("1234 12345678")).isEqualTo("[secret:pin] [secret:token]");
            assertThat(log.lines()).isEmpty();
            assertThat(secrets.redactor(9).redact("1234 12345678")).isEqualTo("1234 12345678");
            assertThat(log.lines())
                    .containsExactly(
                            "WARNING These secrets have fewer than 9 characters and are not redacted: pin, token");
        }
    }

    @Test
    void redactor_minimumLengthOfOneOrTwo_replacesSingleLettersButNoFragmentsOfBase64() {
        Redactor one = secrets("letter", "q").redactor(1);

        assertThat(one.redact("a quick YcX quiz, base64 cQ=="))
                .isEqualTo("a [secret:letter]uick YcX" + " [secret:letter]uiz, base64 [secret:letter]");
        assertThat(secrets("letters", "qu").redactor(2).redact("a quick q")).isEqualTo("a [secret:letters]ick q");
        assertThat(secrets("letter", "q").redactor(2).redact("a quick q")).isEqualTo("a quick q");
    }

    @Test
    void redactor_minimumLengthOfLessThanOne_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secrets("a", "b").redactor(0))
                .withMessage("the minimum length must be at least 1");
    }

    @Test
    void toString_redactor_saysNothing() {
        assertThat(redactor("token", "hf_abcdefgh")).hasToString("Redactor");
    }

    // Encodings

    private static final String ODD = "p@ss \"w\"/o\\rd+<x>&=~!'(*)\u0007\té$%#?";

    @Test
    void redact_urlEncoded_isReplaced() {
        Redactor redactor = redactor("token", ODD);
        String java = "p%40ss+%22w%22%2Fo%5Crd%2B%3Cx%3E%26%3D%7E%21%27%28*%29%07%09%C3%A9%24%25%23%3F";

        assertThat(URLEncoder.encode(ODD, StandardCharsets.UTF_8)).isEqualTo(java);
        assertRedacted(redactor, java);
        assertRedacted(redactor, java.replace("+", "%20"));
        // Go's QueryEscape and Python's quote_plus; Go's PathEscape and RFC 3986; Python's quote; encodeURIComponent.
        assertRedacted(redactor, java.replace("*", "%2A").replace("%7E", "~"));
        assertRedacted(redactor, java.replace("+", "%20").replace("*", "%2A").replace("%7E", "~"));
        assertRedacted(
                redactor,
                java.replace("+", "%20").replace("*", "%2A").replace("%7E", "~").replace("%2F", "/"));
        assertRedacted(
                redactor,
                java.replace("+", "%20")
                        .replace("%7E", "~")
                        .replace("%21", "!")
                        .replace("%27", "'")
                        .replace("%28", "(")
                        .replace("%29", ")"));
        assertRedacted(redactor, "p%40ss%20%22w%22%2fo%5crd%2b%3cx%3e%26%3d~%21%27%28%2a%29%07%09%c3%a9%24%25%23%3f");
    }

    @Test
    void redact_jsonEscaped_isReplaced() {
        Redactor redactor = redactor("token", ODD);
        String json = "p@ss \\\"w\\\"/o\\\\rd+<x>&=~!'(*)\\u0007\\té$%#?";

        assertRedacted(redactor, json);
        assertRedacted(redactor, json.replace("/", "\\/"));
        assertRedacted(redactor, json.replace("é", "\\u00e9"));
        assertRedacted(redactor, json.replace("é", "\\u00E9"));
        assertRedacted(redactor, json.replace("/", "\\/").replace("é", "\\u00e9"));
        // Go's encoding/json, then Gson.
        assertRedacted(
                redactor, json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"));
        assertRedacted(
                redactor,
                json.replace("<", "\\u003c")
                        .replace(">", "\\u003e")
                        .replace("&", "\\u0026")
                        .replace("=", "\\u003d")
                        .replace("'", "\\u0027"));
    }

    @Test
    void redact_base64OnItsOwn_isReplaced() {
        for (String value : List.of(ODD, "12345678", "123456789", "1234567890", "???>>>???>>>")) {
            Redactor redactor = redactor("token", value);
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                assertRedacted(redactor, encoder.encodeToString(bytes));
                assertRedacted(redactor, encoder.withoutPadding().encodeToString(bytes));
            }
        }
    }

    @Test
    void redact_basicAuthentication_isReplaced() {
        String header = Base64.getEncoder().encodeToString("user:s3cr3t-p4ss".getBytes(StandardCharsets.UTF_8));

        assertThat(header).isEqualTo("dXNlcjpzM2NyM3QtcDRzcw==");
        assertThat(redactor("token", "s3cr3t-p4ss").redact("Authorization: Basic " + header))
                .isEqualTo("Authorization: Basic dXNlcjp[secret:token]w==");
    }

    /** In a longer text only the characters at both ends, which also hold bits of the neighbours, may stay. */
    @Test
    void redact_base64AtAnyAlignment_leavesNothingThatIsDeterminedByTheSecret() {
        Random random = new Random(20260102);
        for (int i = 0; i < 3_000; i++) {
            byte[] secret = ascii(random, 8 + random.nextInt(40));
            byte[] before = ascii(random, random.nextInt(12));
            byte[] after = ascii(random, random.nextInt(12));
            byte[] all = new byte[before.length + secret.length + after.length];
            System.arraycopy(before, 0, all, 0, before.length);
            System.arraycopy(secret, 0, all, before.length, secret.length);
            System.arraycopy(after, 0, all, before.length + secret.length, after.length);
            Base64.Encoder encoder = i % 2 == 0 ? Base64.getEncoder() : Base64.getUrlEncoder();
            String text = (i % 3 == 0 ? encoder : encoder.withoutPadding()).encodeToString(all);
            int first = (before.length * 8 + 5) / 6;
            int last = (before.length + secret.length) * 8 / 6;

            String redacted = redactor("token", new String(secret, StandardCharsets.US_ASCII))
                    .redact(text);

            String head = text.substring(0, first) + "[secret:token]";
            assertThat(redacted).startsWith(head);
            assertThat(text.substring(last)).endsWith(redacted.substring(head.length()));
            String determined = text.substring(first, last);
            String rest = redacted.replace("[secret:token]", " ");
            for (int piece = 0; piece + 6 <= determined.length(); piece++) {
                assertThat(rest).doesNotContain(determined.substring(piece, piece + 6));
            }
        }
    }

    private static byte[] ascii(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('!' + random.nextInt(94));
        }
        return bytes;
    }

    @Test
    void redact_hex_isReplaced() {
        Redactor redactor = redactor("token", "jklmnopq");

        assertRedacted(redactor, "6a6b6c6d6e6f7071");
        assertRedacted(redactor, "6A6B6C6D6E6F7071");
        assertThat(redactor.redact("qponmlkj")).isEqualTo("qponmlkj");
    }

    // Lines and fields

    private static final String PEM =
            "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\r\n  hkiG9w0BAQEFAASC  \nshort\n-----END KEY-----\n";

    @Test
    void redact_multiLineValue_isReplacedWholeAndLineByLine() {
        Redactor redactor = redactor("token", PEM);

        assertRedacted(redactor, PEM);
        assertRedacted(redactor, "MIIEvQIBADANBgkq");
        assertRedacted(redactor, "hkiG9w0BAQEFAASC");
        assertThat(redactor.redact("[1] MIIEvQIBADANBgkq\n[2] hkiG9w0BAQEFAASC\n[3] short\n"))
                .isEqualTo("[1] [secret:token]\n[2] [secret:token]\n[3] short\n");
    }

    @Test
    void redact_multiLineValueInOtherLineBreaks_isReplacedLineByLine() {
        assertThat(redactor("token", PEM).redact(PEM.replace("\r\n", "\n").replace("\n", "\\n")))
                .isEqualTo("-----BEGIN KEY-----\\n[secret:token]\\n  [secret:token]  \\nshort\\n-----END KEY-----\\n");
    }

    @Test
    void redact_lineOfAMultiLineValueInBase64_isReplaced() {
        Redactor redactor = redactor("token", PEM);

        assertRedacted(
                redactor, Base64.getEncoder().encodeToString("MIIEvQIBADANBgkq".getBytes(StandardCharsets.US_ASCII)));
        assertRedacted(redactor, Base64.getEncoder().encodeToString(PEM.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void redact_valueWithWhiteSpaceAround_isReplacedWithoutToo() {
        Redactor redactor = redactor("token", "  hf_abcdefgh\n");

        assertRedacted(redactor, "  hf_abcdefgh\n");
        assertThat(redactor.redact("Bearer hf_abcdefgh.")).isEqualTo("Bearer [secret:token].");
    }

    private static final String ACCOUNT = """
            {
              "type": "service",
              "private_key_id": "0123456789abcdef",
              "private_key": "-----BEGIN KEY-----\\nMIIEvQIBADANBgkq\\nhkiG9w0BAQEFAASC\\n-----END KEY-----\\n",
              "nested": {"pass\\"word": "quo\\"ted \\u00e9 \\/ value", "list": ["in-a-list-1", 12345678901234567890]},
              "pin": 1234, "flag": true, "nothing": null, "float": -1234.5678e9
            }
            """;

    @Test
    void redact_jsonValue_itsFieldsAreReplaced() {
        Redactor redactor = redactor("token", ACCOUNT);

        assertRedacted(redactor, ACCOUNT);
        assertRedacted(redactor, "0123456789abcdef");
        assertRedacted(redactor, "quo\"ted é / value");
        assertRedacted(redactor, "quo\\\"ted é / value");
        assertRedacted(redactor, "in-a-list-1");
        assertRedacted(redactor, "12345678901234567890");
        assertRedacted(redactor, "-1234.5678e9");
        assertRedacted(redactor, "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END KEY-----\n");
        assertRedacted(redactor, "MIIEvQIBADANBgkq");
        assertRedacted(redactor, Base64.getEncoder().encodeToString("in-a-list-1".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void redact_jsonValue_itsKeysAndShortFieldsAreLeftAlone() {
        assertThat(redactor("token", ACCOUNT).redact("private_key_id of a service, pin 1234, true"))
                .isEqualTo("private_key_id of a service, pin 1234, true");
    }

    @Test
    void redact_textThatOnlyLooksLikeJson_isReplacedWhole() {
        for (String value : List.of("{broken \"json", "[1234, \"\\", "{\"key\": \"\\u12", "[]", "{\"a\":}")) {
            assertThat(secrets("token", value).redactor(1).redact("<" + value + ">"))
                    .isEqualTo("<[secret:token]>");
        }
    }

    // With values that change

    @Test
    void redactor_refreshing_knowsOldAndNewValues() {
        ChangingProvider provider = new ChangingProvider().set("token", "first-token");
        try (RefreshingSecrets secrets =
                SecretsResolver.of(provider).refreshing(SecretDeclarations.of("token"), Duration.ZERO)) {
            Redactor redactor = secrets.redactor();
            assertThat(redactor.redact("first-token second-token")).isEqualTo("[secret:token] second-token");

            provider.set("token", "second-token");
            secrets.refresh();

            assertThat(redactor.redact("first-token second-token")).isEqualTo("[secret:token] [secret:token]");
            assertThat(secrets.redactor()).isSameAs(redactor);
        }
    }

    @Test
    void redactor_refreshing_madeLateKnowsOldValues() {
        ChangingProvider provider = new ChangingProvider().set("token", "token-00000");
        try (RefreshingSecrets secrets =
                SecretsResolver.of(provider).refreshing(SecretDeclarations.of("token"), Duration.ZERO)) {
            List<String> values = new ArrayList<>(List.of("token-00000"));
            for (int i = 1; i <= 500; i++) {
                values.add("token-" + (10_000 + i));
                provider.set("token", values.get(i));
                secrets.refresh();
            }

            assertThat(secrets.redactor().redact(String.join("", values))).isEqualTo("[secret:token]".repeat(501));
        }
    }

    @Test
    void redactor_refreshing_knowsANewValueBeforeAnybodyElse() throws Exception {
        ChangingProvider provider = new ChangingProvider().set("token", "first-token");
        try (RefreshingSecrets secrets =
                SecretsResolver.of(provider).refreshing(SecretDeclarations.of("token"), Duration.ZERO)) {
            Redactor redactor = secrets.redactor();
            List<String> seen = new ArrayList<>();
            CountDownLatch told = new CountDownLatch(1);
            secrets.onChange(change -> {
                seen.add(redactor.redact(secrets.get().require("token")));
                told.countDown();
            });
            provider.set("token", "second-token");

            secrets.refresh();
            told.await();

            assertThat(seen).containsExactly("[secret:token]");
        }
    }

    @Test
    void redactor_refreshing_oneForEachMinimumLength() {
        ChangingProvider provider = new ChangingProvider().set("token", "pin1");
        try (RefreshingSecrets secrets =
                SecretsResolver.of(provider).refreshing(SecretDeclarations.of("token"), Duration.ZERO)) {
            Redactor four = secrets.redactor(4);

            assertThat(four).isSameAs(secrets.redactor(4)).isNotSameAs(secrets.redactor());
            provider.set("token", "pin2");
            secrets.refresh();
            assertThat(four.redact("pin1 pin2")).isEqualTo("[secret:token] [secret:token]");
            assertThat(secrets.redactor().redact("pin1 pin2")).isEqualTo("pin1 pin2");
            assertThatIllegalArgumentException().isThrownBy(() -> secrets.redactor(0));
        }
    }

    @Test
    void redactor_refreshing_warnsOfANewShortValue() {
        ChangingProvider provider = new ChangingProvider().set("token", "long-enough");
        try (LogCapture log = new LogCapture();
                RefreshingSecrets secrets =
                        SecretsResolver.of(provider).refreshing(SecretDeclarations.of("token"), Duration.ZERO)) {
            secrets.redactor();
            assertThat(log.lines()).isEmpty();
            provider.set("token", "short");
            secrets.refresh();

            assertThat(log.lines())
                    .containsExactly("WARNING These secrets have fewer than 8 characters and are not redacted: token");
        }
    }
}
