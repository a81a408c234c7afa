package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random passwords through every encoder: each is found, wherever the text is cut. */
class RedactorEncodersTest {

    private static final int ROUNDS = 200;

    /** All of ASCII that can be typed, and some more; the first and last characters are such that no encoder drops. */
    private static final String ALPHABET =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~äßÖ日🔑";

    static List<String> encoders() {
        return List.copyOf(Encoders.all().keySet());
    }

    private static String password(Random random) {
        int[] characters = ALPHABET.codePoints().toArray();
        StringBuilder password = new StringBuilder("Q");
        for (int length = 10 + random.nextInt(30); length > 0; length--) {
            password.appendCodePoint(characters[random.nextInt(characters.length)]);
            password.append(random.nextInt(20) == 0 ? random.nextBoolean() ? "''" : "\"\"" : "");
        }
        return password.append('Z').toString();
    }

    private static Redactor redactor(String value) {
        return Secrets.of(Map.of("token", value)).redactor();
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void redact_randomPassword_isFoundAlsoInPieces(String name) throws IOException {
        UnaryOperator<String> encoder = Encoders.all().get(name);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < ROUNDS; i++) {
            String password = password(random);
            String encoded = encoder.apply(password);
            Redactor redactor = redactor(password);
            String text = "a log line\n" + encoded + "\nthe next one\n";

            String redacted = redactor.redact(text);

            assertThat(redacted).as("%s in %s", password, text).contains("[secret:token]");
            assertThat(redacted).startsWith("a log line\n").endsWith("\nthe next one\n");
            assertThat(text.length() - redacted.length() + "[secret:token]".length())
                    .as("what was replaced of %s", encoded)
                    .isGreaterThanOrEqualTo(password.length());
            assertThat(throughWriter(redactor, text, random)).isEqualTo(redacted);
            assertThat(throughStream(redactor, text, random)).isEqualTo(redacted);
        }
    }

    /** Escapes, quotes, breaks and pieces of a secret in any order. */
    @Test
    void redact_randomMixtures_areTheSameInPieces() throws IOException {
        List<String> pieces = List.of(
                "%",
                "%2",
                "%41",
                "%C3%A4",
                "%25",
                "+",
                " ",
                "\\",
                "\\\\",
                "\\u00e4",
                "\\u0",
                "\\n",
                "\\\"",
                "&",
                "&amp;",
                "&#39;",
                "&#x",
                ";",
                "'",
                "''",
                "\"",
                "'\\''",
                "'\"'\"'",
                "\r\n",
                "\n  ",
                "ä",
                "🔑",
                "A".repeat(45),
                "x");
        List<UnaryOperator<String>> encoders = List.copyOf(Encoders.all().values());
        Random random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            String password = password(random);
            Redactor redactor = redactor(password);
            StringBuilder text = new StringBuilder();
            for (int parts = random.nextInt(30); parts > 0; parts--) {
                String encoded = encoders.get(random.nextInt(encoders.size())).apply(password);
                switch (random.nextInt(6)) {
                    case 0 -> text.append(encoded);
                    case 1 -> text.append(encoded, 0, random.nextInt(encoded.length()));
                    case 2 -> text.append(encoded.substring(random.nextInt(encoded.length())));
                    default -> text.append(pieces.get(random.nextInt(pieces.size())));
                }
            }

            // Halves of surrogate pairs, which cannot be bytes, are replaced.
            String valid = new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

            String redacted = redactor.redact(valid);

            assertThat(throughWriter(redactor, valid, random))
                    .as("%s in %s", password, text)
                    .isEqualTo(redacted);
            assertThat(throughStream(redactor, valid, random)).isEqualTo(redacted);
        }
    }

    @Test
    void redact_ordinaryText_isUnchanged() throws IOException {
        Random random = new Random(6);
        List<String> lines = List.of(
                "2026-01-02T03:04:05.678Z INFO [worker-3] GET /v1/models?name=%s&limit=10 200 in 12 ms\n",
                "{\"level\":\"info\",\"path\":\"C:\\\\models\\\\%s\",\"took\":\"1.5 s\",\"text\":\"it''s\"}\n",
                "<a href=\"https://example.com/a%%20b?x=%s&amp;y=2\">&quot;ä&quot;</a>\n",
                "INSERT INTO t VALUES ('%s', 'it''s', NULL);\n",
                "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWZnaGlqa2xtbm9wcXJzdHV2%s\r\nd3h5eg==\r\n");
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            for (int line = 0; line < 20; line++) {
                text.append(
                        String.format(lines.get(random.nextInt(lines.size())), Long.toString(random.nextLong(), 36)));
            }
            Redactor redactor = redactor(password(random));

            assertThat(redactor.redact(text.toString())).isEqualTo(text.toString());
            assertThat(throughWriter(redactor, text.toString(), random)).isEqualTo(text.toString());
            assertThat(throughStream(redactor, text.toString(), random)).isEqualTo(text.toString());
        }
    }

    private static String throughWriter(Redactor redactor, String text, Random random) throws IOException {
        StringWriter target = new StringWriter();
        int largest = 1 + random.nextInt(40);
        try (Writer writer = redactor.wrap(target)) {
            for (int start = 0; start < text.length(); ) {
                int count = Math.min(text.length() - start, 1 + random.nextInt(largest));
                writer.write(text, start, count);
                start += count;
            }
        }
        return target.toString();
    }

    private static String throughStream(Redactor redactor, String text, Random random) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int largest = 1 + random.nextInt(40);
        try (OutputStream stream = redactor.wrap(target)) {
            for (int start = 0; start < bytes.length; ) {
                int count = Math.min(bytes.length - start, 1 + random.nextInt(largest));
                stream.write(bytes, start, count);
                start += count;
            }
        }
        return target.toString(StandardCharsets.UTF_8);
    }
}
