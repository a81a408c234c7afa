package dev.modelsecrets.standard.functional;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages documents at random, with a liking for the neighbourhood of a sentinel; the same seed does the same. */
final class Mutator {

    /** What gives parsers trouble; the last ones are pieces of characters. */
    private static final byte[][] TOKENS = tokens(
            "\"",
            "'",
            "\\",
            "\\x",
            "\\xZZ",
            "\\u12",
            "\\ud800",
            "\\0",
            "\\q",
            "\t",
            "\0",
            "\u0007",
            "\u001b",
            "\u007f",
            "\uFEFF",
            "\uFFFD",
            "\u0085",
            "\u00a0",
            "\u2028",
            "\u2029",
            "\ud83d\udd11",
            "\r",
            "\r\n",
            "\n",
            "\n\n",
            " ",
            "\n  ",
            "\n    ",
            "*",
            "* ",
            "*a",
            "&",
            "& ",
            "&a ",
            "!",
            "!!str ",
            "!!int ",
            "!!binary ",
            "!<",
            "!<tag:x> ",
            "!a!b ",
            "@",
            "`",
            "%",
            "%YAML 9.9\n",
            "%TAG ! x\n",
            "---\n",
            "\n---\n",
            "\n...\n",
            "#",
            " # ",
            ":",
            ": ",
            "- ",
            "\n- ",
            "? ",
            "\n? ",
            "[",
            "]",
            "{",
            "}",
            "[[",
            "{a: ",
            "{\"a\":",
            ",",
            "|",
            "|-\n",
            "|9\n",
            "|0",
            ">",
            "<<: ",
            "<<: *a\n",
            "=",
            "~",
            "null",
            "true",
            "0x",
            "1e999999999",
            "-",
            ".",
            "/*",
            "//",
            "\"\"",
            "''",
            "\"a\":",
            "secrets:",
            "\nsecrets:\n",
            "token:",
            "\n  token: ",
            "a/b: ",
            "..: ");

    private static final int[][] PARTS_OF_CHARACTERS = {
        {0x80},
        {0xc3},
        {0xe2, 0x82},
        {0xf0, 0x9f, 0x94},
        {0xff},
        {0xfe, 0xff},
        {0xff, 0xfe},
        {0xc0, 0xaf},
        {0xed, 0xa0, 0x80}
    };

    private final Random random;
    private final byte[] sentinel;

    Mutator(long seed, String sentinel) {
        random = new Random(seed);
        this.sentinel = sentinel.getBytes(UTF_8);
    }

    private static byte[][] tokens(String... texts) {
        List<byte[]> tokens = new ArrayList<>();
        for (String text : texts) {
            tokens.add(text.getBytes(UTF_8));
        }
        return tokens.toArray(new byte[0][]);
    }

    /** Picks one of several. */
    @SafeVarargs
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Tells, once in so many times, yes. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** Damages a document in up to five places; now and then not at all. */
    byte[] mutate(String document) {
        byte[] bytes = document.getBytes(UTF_8);
        int mutations = random.nextInt(6);
        for (int i = 0; i < mutations; i++) {
            bytes = mutateOnce(bytes);
        }
        return bytes;
    }

    private byte[] mutateOnce(byte[] bytes) {
        int at = position(bytes);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
        byte[] piece = Arrays.copyOfRange(bytes, at, end);
        return switch (random.nextInt(16)) {
            case 0 -> splice(bytes, at, end, new byte[0]);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> splice(bytes, at, at, piece);
            case 3 -> {
                byte[] rest = splice(bytes, at, end, new byte[0]);
                int to = position(rest);
                yield splice(rest, to, to, piece);
            }
            case 4 -> splice(bytes, at, at, sentinel);
            case 5 -> splice(bytes, at, end, new byte[] {(byte) random.nextInt(256)});
            case 6 -> splice(bytes, at, at, part());
            case 7 -> wrapSentinel(bytes);
            case 8 -> lines(bytes);
            case 9 -> splice(bytes, at, at, oneIn(20) ? deep() : pick(TOKENS));
            case 10 -> splice(bytes, at, end, pick(TOKENS));
            default -> splice(bytes, at, at, pick(TOKENS));
        };
    }

    /** Half of the time somewhere in or beside the sentinel. */
    private int position(byte[] bytes) {
        int found = random.nextBoolean() ? indexOfSentinel(bytes) : -1;
        int at = found < 0 ? random.nextInt(bytes.length + 1) : found - 2 + random.nextInt(sentinel.length + 5);
        return Math.max(0, Math.min(bytes.length, at));
    }

    private int indexOfSentinel(byte[] bytes) {
        int start = random.nextInt(bytes.length + 1);
        for (int i = 0; i <= bytes.length; i++) {
            int at = (start + i) % (bytes.length + 1);
            if (at + sentinel.length <= bytes.length
                    && Arrays.equals(bytes, at, at + sentinel.length, sentinel, 0, sentinel.length)) {
                return at;
            }
        }
        return -1;
    }

    private byte[] wrapSentinel(byte[] bytes) {
        int at = indexOfSentinel(bytes);
        if (at < 0) {
            return bytes;
        }
        int end = at + sentinel.length;
        return splice(splice(bytes, end, end, pick(TOKENS)), at, at, pick(TOKENS));
    }

    /** Repeats, drops, swaps or indents whole lines. */
    private byte[] lines(byte[] bytes) {
        List<String> lines = new ArrayList<>(List.of(new String(bytes, UTF_8).split("\n", -1)));
        int one = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(4)) {
            case 0 -> lines.add(other, lines.get(one));
            case 1 -> lines.remove(one);
            case 2 -> lines.set(one, lines.set(other, lines.get(one)));
            default ->
                lines.set(one, " ".repeat(random.nextInt(6)) + lines.get(one).strip());
        }
        return String.join("\n", lines).getBytes(UTF_8);
    }

    private byte[] part() {
        int[] values = pick(PARTS_OF_CHARACTERS);
        byte[] part = new byte[values.length];
        for (int i = 0; i < part.length; i++) {
            part[i] = (byte) values[i];
        }
        return part;
    }

    private byte[] deep() {
        String level = pick("[", "{", "{a: ", "{\"a\":", "[{\"a\":", "- ", "? ", "(");
        return level.repeat(pick(10, 100, 1_000, 10_000)).getBytes(UTF_8);
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
        ByteArrayOutputStream spliced = new ByteArrayOutputStream(bytes.length + middle.length);
        spliced.write(bytes, 0, from);
        spliced.write(middle, 0, middle.length);
        spliced.write(bytes, to, bytes.length - to);
        return spliced.toByteArray();
    }
}
