package dev.modelsecrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Redactor#redact(ByteBuffer)} does with bytes what {@link Redactor#redact(String)} does with characters. */
class RedactorUtf8Test {

    private static final String VALUE = "test-token-0123456789-abcdefghijklmnopqrstuvwxyz";

    /** Values of one kind each, because a kind decides how a text is looked at. */
    private static final List<List<String>> VALUES = List.of(
            List.of(VALUE),
            List.of(VALUE, "test-pass"),
            List.of("test token with spaces", VALUE),
            List.of("test'quote\"d-token", VALUE),
            List.of("test-tökén-€-\uD83D\uDE00-end", VALUE),
            List.of("x".repeat(40) + VALUE.repeat(4), VALUE),
            List.of("test token's \"näme\" of all + kinds & 100%", "test-other\nsecond line of it"));

    private static final List<UnaryOperator<String>> FORMS = List.of(
            value -> value,
            value -> Base64.getEncoder().encodeToString(value.getBytes(UTF_8)),
            value -> Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(value.getBytes(UTF_8)),
            value -> Base64.getMimeEncoder(44, new byte[] {'\r', '\n', ' ', ' '})
                    .encodeToString(("x".repeat(40) + value).getBytes(UTF_8)),
            value -> HexFormat.of().formatHex(value.getBytes(UTF_8)),
            value -> HexFormat.of().withPrefix("%").formatHex(value.getBytes(UTF_8)),
            value -> value.replace("-", "%2D"),
            value -> value.replace(" ", "+"),
            value -> value.replace(" ", "%20"),
            value -> value.replace(" ", "\n  "),
            value -> value.replace(" ", "\r\n\t"),
            value -> value.replace("'", "''"),
            value -> value.replace("'", "'\"'\"'"),
            value -> value.replace("\"", "\"\""),
            value -> value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"),
            value -> value.replace("t", "\\u0074"),
            value -> value.replace("&", "&amp;").replace("'", "&#39;").replace("t", "&#116;"));

    private static final String[] OTHERS = {
        "a",
        "e",
        "test-",
        "-end",
        " ",
        " ",
        "\n",
        "\r\n",
        "\n ",
        "\t",
        "%",
        "&",
        "\\",
        "+",
        "'",
        "\"",
        "'\"",
        "$",
        "\0",
        "\u007F",
        "ä",
        "é",
        "€",
        "\uD83D\uDE00",
        "\u0080",
        "\uFFFD",
        "模型",
        "0123456789abcdef",
        "customer ",
        "%41",
        "&lt;",
        "\\n"
    };

    private static Redactor redactor(List<String> values) {
        Map<String, String> named = new LinkedHashMap<>();
        values.forEach(value -> named.put("name_" + named.size(), value));
        return Secrets.of(named).redactor();
    }

    @Test
    void redact_quotesInAShortText_areResolved() {
        Redactor redactor = redactor(List.of("a\"b,c'def"));

        for (String text : List.of("a\"\"b,c'def", "a\"b,c''def")) {
            assertThat(redactor.redact(text)).isEqualTo("[secret:name_0]");
            String redacted = UTF_8.decode(redactor.redact(ByteBuffer.wrap(text.getBytes(UTF_8))))
                    .toString();
            assertThat(redacted).isEqualTo("[secret:name_0]");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7})
    void redact_anyText_isThatOfTheString(long seed) {
        Random random = new Random(seed);
        List<String> values = VALUES.get((int) seed % VALUES.size());
        Redactor redactor = redactor(values);
        int replaced = 0;
        for (int i = 0; i < 5_000; i++) {
            String text = text(random, values);

            String redacted = redactor.redact(text);

            assertThat(redacted(random, redactor, text.getBytes(UTF_8)))
                    .as("seed %d, text %d", seed, i)
                    .isEqualTo(redacted.getBytes(UTF_8));
            replaced += redacted.equals(text) ? 0 : 1;
        }
        assertThat(replaced).isBetween(1_000, 4_500);
    }

    private static String text(Random random, List<String> values) {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(30); parts > 0; parts--) {
            if (random.nextInt(15) == 0) {
                String value = values.get(random.nextInt(values.size()));
                text.append(FORMS.get(random.nextInt(FORMS.size())).apply(value));
            } else {
                text.append(OTHERS[random.nextInt(OTHERS.length)]);
            }
        }
        return text.toString();
    }

    /** Redacts in a buffer of some kind, at some place in it. */
    @SuppressWarnings("ReferenceEquality") // The same object says that there is nothing to replace.
    private static byte[] redacted(Random random, Redactor redactor, byte[] text) {
        int before = random.nextInt(20);
        int after = random.nextInt(20);
        byte[] bytes = new byte[before + text.length + after];
        // What is around it must not matter.
        Arrays.fill(bytes, (byte) "%&\\\nä".charAt(random.nextInt(5)));
        System.arraycopy(text, 0, bytes, before, text.length);
        ByteBuffer buffer =
                random.nextInt(4) == 0 ? ByteBuffer.allocateDirect(bytes.length) : ByteBuffer.allocate(bytes.length);
        buffer.put(bytes).position(before).limit(before + text.length);
        buffer = random.nextInt(4) == 0 ? buffer.asReadOnlyBuffer() : random.nextBoolean() ? buffer.slice() : buffer;
        int position = buffer.position();

        ByteBuffer redacted = redactor.redact(buffer);

        assertThat(buffer.position()).isEqualTo(position);
        assertThat(buffer.remaining()).isEqualTo(text.length);
        byte[] result = bytesOf(redacted);
        assertThat(redacted == buffer).isEqualTo(Arrays.equals(result, text));
        return result;
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void redact_bytesThatAreNoUtf8_isThatOfAStream(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> values = VALUES.get((int) seed + 3);
        Redactor redactor = redactor(values);
        for (int i = 0; i < 2_000; i++) {
            byte[] text = text(random, values).getBytes(UTF_8);
            for (int broken = random.nextInt(4); broken > 0 && text.length > 0; broken--) {
                text[random.nextInt(text.length)] = (byte) (0x80 + random.nextInt(0x80));
            }
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            try (OutputStream stream = redactor.wrap(expected)) {
                stream.write(text);
            }

            assertThat(redacted(random, redactor, text)).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void redact_bytesThatAreNoUtf8_leavesThem() {
        byte[] text = ("\u00FF\u00C3 " + VALUE + " %41 \u00E4").getBytes(ISO_8859_1);

        ByteBuffer redacted = redactor(List.of(VALUE)).redact(ByteBuffer.wrap(text));

        assertThat(bytesOf(redacted)).isEqualTo("\u00FF\u00C3 [secret:name_0] %41 \u00E4".getBytes(ISO_8859_1));
    }

    @Test
    void redact_nothingToFind_isTheSameBuffer() {
        ByteBuffer text = ByteBuffer.wrap("an ordinary line".getBytes(UTF_8));

        assertThat(redactor(List.of(VALUE)).redact(text)).isSameAs(text);
    }

    @Test
    void redact_nothingKnown_isTheSameBuffer() {
        ByteBuffer text = ByteBuffer.wrap((VALUE + " 100%").getBytes(UTF_8));

        assertThat(Secrets.of(Map.of()).redactor().redact(text)).isSameAs(text);
    }
}
