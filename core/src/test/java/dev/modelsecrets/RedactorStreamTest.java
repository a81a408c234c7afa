package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers and streams: what is passed on when, and that it is the same as at once. */
class RedactorStreamTest {

    private static Redactor redactor(String... values) {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            secrets.put("s" + i, values[i]);
        }
        return Secrets.of(secrets).redactor();
    }

    /** Notes what happens to it. */
    private static final class Sink extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int flushes;
        private int closes;

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] array, int offset, int count) {
            bytes.write(array, offset, count);
        }

        @Override
        public void flush() {
            flushes++;
        }

        @Override
        public void close() {
            closes++;
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // What is kept back

    @Test
    void writer_secretInPieces_isReplaced() throws IOException {
        StringWriter target = new StringWriter();
        try (Writer writer = redactor("hf_abcdefgh").wrap(target)) {
            writer.write("token=hf_");
            writer.append("abcd").append('e');
            writer.write("xxfghxx", 2, 3);
            writer.write('!');
        }

        assertThat(target).hasToString("token=[secret:s0]!");
    }

    @Test
    void writer_flush_passesOnAllButAPossibleBeginning() throws IOException {
        StringWriter target = new StringWriter();
        Writer writer = redactor("hf_abcdefgh", "abcdefghij").wrap(target);

        writer.write("token=hf_abcd");
        writer.flush();
        assertThat(target).hasToString("token=");

        writer.write("x");
        writer.flush();
        assertThat(target).hasToString("token=hf_abcdx");

        writer.write("hf_abcdefgh");
        writer.flush();
        // What stands there may be the first secret and the beginning of nothing else.
        assertThat(target).hasToString("token=hf_abcdx[secret:s0]");
        writer.close();
    }

    @Test
    void writer_textThatBeginsNothing_isPassedOnAtOnce() throws IOException {
        StringWriter target = new StringWriter();
        Writer writer = redactor("hf_abcdefgh").wrap(target);

        writer.write("nothing\n");

        assertThat(target).hasToString("nothing\n");
        writer.close();
    }

    @Test
    void writer_secretThatMayGrow_waitsForTheLongerOne() throws IOException {
        StringWriter target = new StringWriter();
        Writer writer = redactor("password", "password-of-root").wrap(target);

        writer.write("password");
        writer.flush();
        assertThat(target).hasToString("");
        writer.write("-of-roo");
        assertThat(target).hasToString("");
        writer.write("f");
        assertThat(target).hasToString("[secret:s0]-of-roof");
        writer.write(" password-of-root");
        assertThat(target).hasToString("[secret:s0]-of-roof [secret:s1]");
        writer.close();
    }

    @Test
    void writer_secretThatEndsInsideAPossibleBeginning_waitsForTheOtherOne() throws IOException {
        StringWriter target = new StringWriter();
        Writer writer = redactor("xabcdefgh", "abcdefghij").wrap(target);

        writer.write("xabcdefghi");
        assertThat(target).hasToString("[secret:s0]");
        writer.write("! xabcdefghi");
        assertThat(target).hasToString("[secret:s0]i! [secret:s0]");
        writer.write("j!");

        assertThat(target).hasToString("[secret:s0]i! [secret:s0]!");
        writer.close();
    }

    @Test
    void close_keptBackText_isPassedOn() throws IOException {
        for (String end : List.of("hf_abcd", "password-of-", "hf_abcdefg", "h")) {
            StringWriter target = new StringWriter();
            Sink sink = new Sink();
            Redactor redactor = redactor("hf_abcdefgh", "password", "password-of-root");
            try (Writer writer = redactor.wrap(target);
                    OutputStream stream = redactor.wrap(sink)) {
                writer.write("x " + end);
                stream.write(utf8("x " + end));
            }

            assertThat(target).hasToString("x " + end.replace("password", "[secret:s1]"));
            assertThat(sink.text()).isEqualTo(target.toString());
        }
    }

    @Test
    void stream_flush_passesOnAllButAPossibleBeginning() throws IOException {
        Sink sink = new Sink();
        OutputStream stream = redactor("hf_abcdefgh").wrap(sink);

        stream.write(utf8("token=hf_abcd"));
        stream.flush();
        assertThat(sink.text()).isEqualTo("token=");
        assertThat(sink.flushes).isEqualTo(1);

        stream.write(utf8("efgh\n"));
        assertThat(sink.text()).isEqualTo("token=[secret:s0]\n");
        assertThat(sink.closes).isZero();
        stream.close();
        assertThat(sink.closes).isEqualTo(1);
    }

    @Test
    void stream_twoCharactersOfOneByteEach_areNotMixedUpWithUtf8() throws IOException {
        Sink sink = new Sink();
        try (OutputStream stream = redactor("pässwörd-日本語-🔑").wrap(sink)) {
            stream.write(utf8("Ã¤ é pässwörd-日本語-🔒 "));
            for (byte b : utf8("pässwörd-日本語-🔑 pässwörd-日本語-")) {
                stream.write(b);
            }
        }

        assertThat(sink.text()).isEqualTo("Ã¤ é pässwörd-日本語-🔒 [secret:s0] pässwörd-日本語-");
    }

    @Test
    void stream_bytesThatAreNotUtf8_arePassedOnAsTheyAre() throws IOException {
        Sink sink = new Sink();
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        try (OutputStream stream = redactor("hf_abcdefgh").wrap(sink)) {
            stream.write(all);
            stream.write(0xFF);
            stream.write(0x1FF);
        }

        assertThat(sink.bytes.toByteArray())
                .startsWith(all)
                .endsWith(0xFF, 0xFF)
                .hasSize(258);
    }

    // Use and misuse

    @Test
    void writer_withoutSecrets_passesEverythingOn() throws IOException {
        StringWriter target = new StringWriter();
        try (Writer writer = redactor().wrap(target)) {
            writer.write("anything");
            assertThat(target).hasToString("anything");
        }
    }

    @Test
    void writer_insideOthers_works() throws IOException {
        Sink sink = new Sink();
        Redactor redactor = redactor("hf_abcdefgh");
        try (Writer writer =
                new BufferedWriter(new OutputStreamWriter(redactor.wrap(sink), StandardCharsets.UTF_8), 3)) {
            writer.write("a hf_abcdefgh b\n");
        }
        try (PrintStream out = new PrintStream(redactor.wrap(sink), true, StandardCharsets.UTF_8)) {
            out.printf("%s %s%n", "hf_abc", "hf_" + "abcdefgh");
        }

        assertThat(sink.text()).isEqualTo("a [secret:s0] b\nhf_abc [secret:s0]" + System.lineSeparator());
    }

    @Test
    void close_twice_closesTheTargetOnce() throws IOException {
        Sink sink = new Sink();
        OutputStream stream = redactor("hf_abcdefgh").wrap(sink);
        stream.write(utf8("hf_"));

        stream.close();
        stream.close();

        assertThat(sink.text()).isEqualTo("hf_");
        assertThat(sink.closes).isEqualTo(1);
    }

    @Test
    void write_afterClose_isRefused() throws IOException {
        Writer writer = redactor("hf_abcdefgh").wrap(new StringWriter());
        OutputStream stream = redactor("hf_abcdefgh").wrap(new Sink());
        writer.close();
        stream.close();

        assertThatThrownBy(() -> writer.write("x"))
                .isInstanceOf(IOException.class)
                .hasMessage("closed");
        assertThatThrownBy(() -> stream.write(1))
                .isInstanceOf(IOException.class)
                .hasMessage("closed");
    }

    @Test
    void write_badRange_isRefusedAndNothingIsLost() throws IOException {
        StringWriter target = new StringWriter();
        Sink sink = new Sink();
        try (Writer writer = redactor("hf_abcdefgh").wrap(target);
                OutputStream stream = redactor("hf_abcdefgh").wrap(sink)) {
            writer.write("hf_");
            stream.write(utf8("hf_"));
            assertThatThrownBy(() -> writer.write(new char[2], 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> writer.write(new char[2], -1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> stream.write(new byte[2], 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> stream.write(new byte[2], 0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        }

        assertThat(target).hasToString("hf_");
        assertThat(sink.text()).isEqualTo("hf_");
    }

    @Test
    void close_targetThatFails_isClosedAllTheSame() throws IOException {
        List<String> calls = new ArrayList<>();
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }

            @Override
            public void close() {
                calls.add("close");
            }
        };
        OutputStream stream = redactor("hf_abcdefgh").wrap(broken);
        stream.write(utf8("hf_"));

        assertThatThrownBy(stream::close).isInstanceOf(IOException.class).hasMessage("disk full");

        assertThat(calls).containsExactly("close");
    }

    @Test
    void writer_newValueOfARefreshingSecret_isReplacedInAnOpenStream() throws IOException {
        ChangingProvider provider = new ChangingProvider().set("token", "first-token");
        StringWriter target = new StringWriter();
        try (RefreshingSecrets secrets =
                        SecretsResolver.of(provider).refreshing(SecretDeclarations.of("token"), Duration.ZERO);
                Writer writer = secrets.redactor().wrap(target)) {
            writer.write("first-token second-token fir");
            provider.set("token", "second-token");
            secrets.refresh();
            writer.write("st-token second-");
            writer.write("token");
        }

        assertThat(target).hasToString("[secret:token] second-token [secret:token] [secret:token]");
    }

    // Pieces of any size

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void streams_anyPieces_giveTheSameAsAtOnce(int seed) throws IOException {
        Random random = new Random(seed);
        String alphabet = List.of("ab", "abc", "aä", "ab🔑\n").get(seed - 1);
        for (int i = 0; i < 2_000; i++) {
            Map<String, String> values = new LinkedHashMap<>();
            int count = 1 + random.nextInt(4);
            for (int k = 0; k < count; k++) {
                values.put("s" + k, text(random, alphabet, 1 + random.nextInt(6)));
            }
            Redactor redactor = Secrets.of(values).redactor(1 + random.nextInt(3));
            String text = text(random, alphabet, random.nextInt(60));
            assertSameInPieces(random, redactor, text);
        }
    }

    @Test
    void streams_realisticSecrets_giveTheSameAsAtOnce() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            String first = text(random, "abcdefghijklmnop0123456789-_/+ \"\\é", 8 + random.nextInt(30));
            String second = first + text(random, "abcdefghijklmnop", random.nextInt(8));
            String third = first.substring(first.length() / 2) + "\n" + text(random, "xyz", 10);
            Redactor redactor = redactor(first, second, third);
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < 20; k++) {
                String piece = List.of(first, second, third, " log line ").get(random.nextInt(4));
                text.append(random.nextBoolean() ? piece : piece.substring(0, random.nextInt(piece.length())));
            }
            assertSameInPieces(random, redactor, text.toString());
        }
    }

    private static String text(Random random, String alphabet, int length) {
        int[] characters = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }

    private static void assertSameInPieces(Random random, Redactor redactor, String text) throws IOException {
        String expected = redactor.redact(text);
        int largest = 1 + random.nextInt(12);
        StringWriter target = new StringWriter();
        try (Writer writer = redactor.wrap(target)) {
            for (int start = 0; start < text.length(); ) {
                int count = Math.min(text.length() - start, 1 + random.nextInt(largest));
                writer.write(text, start, count);
                start += count;
                if (random.nextInt(4) == 0) {
                    writer.flush();
                }
                // Nothing is passed on that would have to be taken back.
                assertThat(expected).startsWith(target.toString());
            }
        }
        assertThat(target).hasToString(expected);

        byte[] bytes = utf8(text);
        Sink sink = new Sink();
        try (OutputStream stream = redactor.wrap(sink)) {
            for (int start = 0; start < bytes.length; ) {
                int count = Math.min(bytes.length - start, 1 + random.nextInt(largest));
                if (count == 1) {
                    stream.write(bytes[start]);
                } else {
                    stream.write(bytes, start, count);
                }
                start += count;
            }
        }
        assertThat(sink.text()).isEqualTo(expected);
    }
}
