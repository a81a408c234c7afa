package dev.modelsecrets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits how long, on a clock that the test sets. */
class RedactingWriterTest {

    private static final long MILLISECOND = 1_000_000;

    private long now = Long.MAX_VALUE - 5;

    private static Needles needles(String... values) {
        Needles needles = new Needles();
        for (int i = 0; i < values.length; i++) {
            SecretForms.addTo(needles, "s" + i, values[i], 8);
        }
        return needles;
    }

    private Writer writer(Writer target, String... values) {
        Needles needles = needles(values);
        return new RedactingWriter(target, () -> needles, () -> now);
    }

    @Test
    void flush_idleForAWhile_releasesTheBeginningOfAPossibleSecret() throws IOException {
        StringWriter target = new StringWriter();
        try (Writer writer = writer(target, "hf_abcdefgh")) {
            writer.write("login: h");
            now += 150 * MILLISECOND;
            writer.flush();
            assertThat(target).hasToString("login: ");
            writer.write("f_a");
            now += 199 * MILLISECOND;
            writer.flush();
            assertThat(target).hasToString("login: ");
            now += MILLISECOND;
            writer.flush();
            assertThat(target).hasToString("login: hf_a");
        }
        assertThat(target).hasToString("login: hf_a");
    }

    @Test
    void flush_idle_neverReleasesAWholeSecret() throws IOException {
        StringWriter target = new StringWriter();
        try (Writer writer = writer(target, "password", "password-of-root")) {
            writer.write("password-of");
            now += 200 * MILLISECOND;
            writer.flush();
            assertThat(target).hasToString("[secret:s0]-of");
            writer.write("-roof password");
            now += 200 * MILLISECOND;
            writer.flush();
            writer.write("!");
        }
        assertThat(target).hasToString("[secret:s0]-of-roof [secret:s0]!");
    }

    @Test
    void flush_idleInTheMidstOfASecret_theRestIsStillReplaced() throws IOException {
        StringWriter target = new StringWriter();
        try (Writer writer = writer(target, "hf_abcdefgh")) {
            writer.write("hf_ab");
            now += 200 * MILLISECOND;
            writer.flush();
            writer.write("cdefgh.");
        }
        assertThat(target).hasToString("hf_ab[secret:s0].");
    }

    @Test
    void flush_idleInTheMidstOfAnEscape_releasesIt() throws IOException {
        StringWriter target = new StringWriter();
        try (Writer writer = writer(target, "hf_abcdefgh")) {
            for (String end : List.of("100%", " \\", " AT&T", " \\u00", " hf_abc%6")) {
                writer.write(end);
                now += 200 * MILLISECOND;
                writer.flush();
                assertThat(target.toString()).endsWith(end);
            }
        }
    }

    @Test
    void write_textThatMayBeASecretForEver_isReleasedAsItGoesOn() throws IOException {
        StringWriter target = new StringWriter();
        try (Writer writer = writer(target, "a".repeat(5_000) + "b", "\\\\".repeat(100) + "x")) {
            for (int i = 0; i < 2_000; i++) {
                writer.write("aaaaaaaaaa");
            }
            assertThat(target.toString().length()).isGreaterThan(10_000);
            for (int i = 0; i < 6_000; i++) {
                writer.write("\\\\\\\\\\\\\\");
            }
            assertThat(target.toString().length()).isGreaterThan(40_000);
        }
        assertThat(target.toString()).hasSize(20_000 + 7 * 6_000);
    }

    @Test
    void write_secretThatOverlapsItselfForEver_isOne() throws IOException {
        StringWriter target = new StringWriter();
        try (Writer writer = writer(target, "aaaaaaaa")) {
            for (int i = 0; i < 10_000; i++) {
                writer.write("aaa");
            }
            assertThat(target).hasToString("[secret:s0]");
        }
        assertThat(target).hasToString("[secret:s0]");
    }

    @Test
    void write_overlapOverTwoWrites_leavesNoTail() throws IOException {
        StringWriter target = new StringWriter();
        try (Writer writer = writer(target, "abcdefgh", "efghijklmnop")) {
            writer.write("<abcdefgh");
            writer.write("ijkl");
            writer.write("mnop>");
        }
        assertThat(target).hasToString("<[secret:s0]>");
    }

    @Test
    void write_large_isPassedOnInPieces() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        Writer target = new StringWriter() {
            @Override
            public StringWriter append(CharSequence text) {
                sizes.add(text.length());
                return this;
            }
        };
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Needles needles = needles("hf_abcdefgh");
        String text = ("x".repeat(32_760) + "hf_abcdefgh").repeat(40);
        try (Writer writer = writer(target, "hf_abcdefgh");
                OutputStream stream = new RedactingOutputStream(bytes, () -> needles)) {
            writer.write(text);
            writer.write(text.toCharArray());
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        String expected = ("x".repeat(32_760) + "[secret:s0]").repeat(40);

        assertThat(sizes).hasSizeGreaterThan(60).allMatch(size -> size < 100_000);
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2 * expected.length());
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
    }

    @Test
    void write_searchThatFails_withholdsTheTextAndGoesOn() throws IOException {
        StringWriter target = new StringWriter();
        Needles needles = needles("hf_abcdefgh");
        List<Boolean> broken = new ArrayList<>(List.of(false));
        try (Writer writer = new RedactingWriter(
                target,
                () -> {
                    if (broken.get(0)) {
                        throw new IllegalStateException("found hf_abcdefgh");
                    }
                    return needles;
                },
                () -> now)) {
            writer.write("one hf_abc");
            broken.set(0, true);
            writer.write("defgh");
            broken.set(0, false);
            writer.write(" two hf_abcdefgh");
        }

        assertThat(target)
                .hasToString(
                        "one [text withheld: redaction failed with java.lang.IllegalStateException] two [secret:s0]");
    }
}
