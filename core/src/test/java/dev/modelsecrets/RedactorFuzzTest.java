package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that is easy to recognise in random texts, in all its forms: no piece of six characters comes through. */
class RedactorFuzzTest {

    private static final String SENTINEL = "SENTINEL/\"VALUE\"+0123456789\\ÄÖÜ";
    private static final int PIECE = 6;

    /** Neither a letter nor a digit of the sentinel: what is found of it was put there. */
    private static final String OTHER = "abcdefghijkmopqrstvwxyz {}[]:,;.!?'()<>=&%#@|~^$*\n\t";

    private static final List<UnaryOperator<String>> FORMS = List.of(
            value -> value,
            value -> URLEncoder.encode(value, StandardCharsets.UTF_8),
            value -> URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"),
            value -> value.replace("\\", "\\\\").replace("\"", "\\\""),
            value -> value.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"),
            value -> value.replace("\\", "\\\\")
                    .replace("\"", "\\\"")
                    .replace("Ä", "\\u00c4")
                    .replace("Ö", "\\u00d6")
                    .replace("Ü", "\\u00dc"));

    private static Redactor redactor() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("token", SENTINEL);
        values.put("lines", "first line of it\n" + SENTINEL + "\nthe third line");
        values.put("json", "{\"key\":\"" + SENTINEL.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
        values.put("prefix", SENTINEL.substring(0, 12));
        values.put("other", "a value of its own");
        return Secrets.of(values).redactor();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void redact_sentinelInAnyForm_leavesNoPieceOfIt(long seed) throws IOException {
        Random random = new Random(seed);
        Redactor redactor = redactor();
        for (int i = 0; i < 2_000; i++) {
            String text = text(random);

            String redacted = redactor.redact(text);

            assertThat(redacted).contains("[secret:");
            assertNoPiece(redacted);
            assertThat(throughWriter(random, redactor, text)).isEqualTo(redacted);
            assertThat(throughStream(random, redactor, text)).isEqualTo(redacted);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int parts = 1 + random.nextInt(6);
        for (int part = 0; part < parts; part++) {
            int junk = random.nextInt(20);
            for (int i = 0; i < junk; i++) {
                text.append(OTHER.charAt(random.nextInt(OTHER.length())));
            }
            if (random.nextInt(3) == 0) {
                // A beginning that is too short to matter, right in front of what follows.
                text.append(SENTINEL, 0, random.nextInt(PIECE));
            }
            text.append(FORMS.get(random.nextInt(FORMS.size())).apply(SENTINEL));
            if (random.nextInt(3) == 0) {
                text.append(inBase64(random));
            }
        }
        return text.toString();
    }

    private static String inBase64(Random random) {
        String junk = "x".repeat(random.nextInt(4)) + SENTINEL + "y".repeat(random.nextInt(4));
        Base64.Encoder encoder = random.nextBoolean() ? Base64.getEncoder() : Base64.getUrlEncoder();
        return encoder.encodeToString(junk.getBytes(StandardCharsets.UTF_8));
    }

    /** Looks at the text, and at what it decodes to where it is base64. */
    private static void assertNoPiece(String text) {
        for (int i = 0; i + PIECE <= SENTINEL.length(); i++) {
            String piece = SENTINEL.substring(i, i + PIECE);
            assertThat(text).doesNotContain(piece);
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            for (int before = 0; before < 3; before++) {
                byte[] shifted = new byte[before + bytes.length];
                System.arraycopy(bytes, 0, shifted, before, bytes.length);
                String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
                String determined = encoded.substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
                assertThat(text).doesNotContain(determined);
                assertThat(text).doesNotContain(determined.replace('+', '-').replace('/', '_'));
            }
        }
    }

    private static String throughWriter(Random random, Redactor redactor, String text) throws IOException {
        StringWriter target = new StringWriter();
        try (Writer writer = redactor.wrap(target)) {
            for (int start = 0; start < text.length(); ) {
                int count = Math.min(text.length() - start, 1 + random.nextInt(30));
                writer.write(text, start, count);
                start += count;
            }
        }
        return target.toString();
    }

    private static String throughStream(Random random, Redactor redactor, String text) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (OutputStream stream = redactor.wrap(target)) {
            for (int start = 0; start < bytes.length; ) {
                int count = Math.min(bytes.length - start, 1 + random.nextInt(30));
                stream.write(bytes, start, count);
                start += count;
            }
        }
        return target.toString(StandardCharsets.UTF_8);
    }
}
