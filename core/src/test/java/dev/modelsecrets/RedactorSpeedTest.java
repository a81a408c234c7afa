package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.internal.SecretForms;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * How redaction compares with the obvious way, in one run on one machine. The times in question are taken in turn, so
 * that a busy machine is busy for both; the real ratios are several times those that are asserted.
 */
@Isolated
class RedactorSpeedTest {

    private static final int TEXT = 1 << 20;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-/+";

    /** Something to measure. */
    @FunctionalInterface
    private interface Work {
        int run() throws IOException;
    }

    private static String random(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static Secrets secrets(int count) {
        Random random = new Random(count);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            values.put("secret-" + i, random(random, 16 + random.nextInt(32)));
        }
        return Secrets.of(values);
    }

    /** Lines as a model server writes them; one in a hundred holds a secret. */
    private static String log(Secrets secrets) {
        Random random = new Random(1);
        List<String> values = List.copyOf(secrets.values());
        String[] words = {"request", "for", "model", "loaded", "from", "cache", "took", "ms", "status", "handler"};
        StringBuilder text = new StringBuilder(TEXT + 300);
        for (int line = 0; text.length() < TEXT; line++) {
            text.append("2026-01-02T03:04:05.")
                    .append(100 + random.nextInt(900))
                    .append("Z INFO [worker-");
            text.append(random.nextInt(16)).append("] ");
            for (int i = 0; i < 12; i++) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            text.append("id=").append(Long.toHexString(random.nextLong()));
            if (line % 100 == 0) {
                text.append(" token=").append(values.get(random.nextInt(values.size())));
            }
            text.append('\n');
        }
        return text.substring(0, TEXT);
    }

    private static Map<String, String> forms(Secrets secrets) {
        Map<String, String> forms = new HashMap<>();
        secrets.forEach((name, value) -> SecretForms.of(value, Redactor.DEFAULT_MINIMUM_LENGTH)
                .forEach(form -> forms.put(form, "[secret:" + name + "]")));
        return forms;
    }

    private static int loop(Map<String, String> replacements, String text) {
        String rest = text;
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            rest = rest.replace(replacement.getKey(), replacement.getValue());
        }
        return rest.length();
    }

    /** Returns the median of each work's times, taken in turn, in milliseconds. */
    private static double[] medians(int warmUps, int rounds, Work... works) throws IOException {
        double[][] times = new double[works.length][rounds];
        int done = 0;
        for (int round = -warmUps; round < rounds; round++) {
            for (int i = 0; i < works.length; i++) {
                long start = System.nanoTime();
                done += works[i].run();
                if (round >= 0) {
                    times[i][round] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        assertThat(done).isPositive();
        double[] medians = new double[works.length];
        for (int i = 0; i < works.length; i++) {
            Arrays.sort(times[i]);
            medians[i] = times[i][rounds / 2];
        }
        return medians;
    }

    @Test
    void redact_aHundredSecrets_isTenTimesAsFastAsALoopOfReplace() throws IOException {
        Secrets secrets = secrets(100);
        String text = log(secrets);
        Redactor redactor = secrets.redactor();
        Map<String, String> forms = forms(secrets);
        assertThat(redactor.redact(text).length()).isEqualTo(loop(forms, text));

        medians(20, 1, () -> redactor.redact(text).length());
        double[] times = medians(2, 9, () -> redactor.redact(text).length(), () -> loop(forms, text));

        System.out.printf(
                "1 MiB, 100 secrets, %d patterns: %.1f ms; loop %.1f ms, %.0f times as long%n",
                forms.size(), times[0], times[1], times[1] / times[0]);
        assertThat(times[1] / times[0]).isGreaterThan(10);
    }

    @Test
    void redact_aThousandSecrets_costsHardlyMoreThanAHundred() throws IOException {
        Secrets hundred = secrets(100);
        Secrets thousand = secrets(1_000);
        String text = log(hundred);
        Redactor few = hundred.redactor();
        Redactor many = thousand.redactor();

        double[] times = medians(
                20, 41, () -> few.redact(text).length(), () -> many.redact(text).length());

        System.out.printf(
                "1 MiB: 100 secrets %.1f ms, 1,000 secrets %.1f ms, %.1f times%n",
                times[0], times[1], times[1] / times[0]);
        assertThat(times[1] / times[0]).isLessThan(4);
    }

    @Test
    void streams_aHundredSecretsLineByLine_areTenTimesAsFastAsALoopPerLine() throws IOException {
        Secrets secrets = secrets(100);
        Redactor redactor = secrets.redactor();
        Map<String, String> forms = forms(secrets);
        List<String> lines = new ArrayList<>(List.of(log(secrets).split("(?<=\n)", -1)));
        List<byte[]> bytes = new ArrayList<>();
        lines.forEach(line -> bytes.add(line.getBytes(StandardCharsets.UTF_8)));
        Work writer = () -> {
            try (Writer out = redactor.wrap(Writer.nullWriter())) {
                for (String line : lines) {
                    out.write(line);
                }
            }
            return 1;
        };
        Work stream = () -> {
            try (OutputStream out = redactor.wrap(OutputStream.nullOutputStream())) {
                for (byte[] line : bytes) {
                    out.write(line);
                }
            }
            return 1;
        };
        Work loop = () -> {
            int length = 0;
            for (String line : lines) {
                length += loop(forms, line);
            }
            return length;
        };

        medians(10, 1, writer, stream);
        double[] times = medians(1, 5, writer, stream, loop);

        System.out.printf(
                "1 MiB line by line: writer %.1f ms, stream %.1f ms; loop %.1f ms, %.0f and %.0f times as long%n",
                times[0], times[1], times[2], times[2] / times[0], times[2] / times[1]);
        assertThat(times[2] / times[0]).isGreaterThan(2);
        assertThat(times[2] / times[1]).isGreaterThan(2);
    }

    /** A secret of many lines that arrives byte by byte is not looked at from its beginning for each byte. */
    @Test
    void stream_longSecretByteByByte_takesTimeInProportion() throws IOException {
        Random random = new Random(3);
        StringBuilder pem = new StringBuilder();
        for (int line = 0; line < 64; line++) {
            pem.append(random(random, 63)).append('\n');
        }
        Secrets secrets = Secrets.of(Map.of("pem", pem.toString()));
        Redactor redactor = secrets.redactor();
        byte[] secret = pem.toString().repeat(TEXT / pem.length()).getBytes(StandardCharsets.UTF_8);
        byte[] text = log(secrets).getBytes(StandardCharsets.UTF_8);

        double[] times = medians(
                2,
                5,
                () -> byteByByte(redactor, secret, TEXT / 4_096 * "[secret:pem]".length()),
                () -> byteByByte(redactor, text, -1));

        System.out.printf("1 MiB byte by byte: of a secret of 4 KiB %.0f ms, of log %.0f ms%n", times[0], times[1]);
        assertThat(times[0]).isLessThan(20 * times[1]);
    }

    private static int byteByByte(Redactor redactor, byte[] text, int expected) throws IOException {
        int[] count = {0};
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int b) {
                count[0]++;
            }
        };
        try (OutputStream out = redactor.wrap(counting)) {
            for (byte b : text) {
                out.write(b);
            }
        }
        if (expected >= 0) {
            assertThat(count[0]).isEqualTo(expected);
        }
        return count[0];
    }
}
