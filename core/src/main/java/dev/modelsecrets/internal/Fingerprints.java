package dev.modelsecrets.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * Fingerprints of the parts of one text, each in next to constant time: a polynomial modulo 2^61 - 1, with a base that
 * every process draws anew (Karp and Rabin).
 *
 * <p>Two different texts of a million characters have the same fingerprint with a probability of less than 10^-12, so a
 * long secret need neither be kept nor compared. Not thread-safe.
 */
final class Fingerprints {

    private static final long MODULUS = (1L << 61) - 1;
    private static final long BASE = new SplittableRandom().nextLong(1L << 32, MODULUS);

    /** How far behind the newest part sums are kept. */
    private static final int KEPT = 1 << 16;

    private final IntUnaryOperator characters;

    /** For each position from {@code first} to {@code last} the fingerprint of the text from {@code first} to there. */
    private long[] sums = new long[0];

    private int first;
    private int last;

    Fingerprints(String text) {
        characters = text::charAt;
    }

    /** Makes those of a text of which each byte is a character. */
    Fingerprints(ByteBuffer text) {
        characters = position -> text.get(position) & 0xFF;
    }

    static long of(String text) {
        long sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum = append(sum, text.charAt(i));
        }
        return sum;
    }

    /**
     * Returns the fingerprint of a part of the text; cheap if the parts asked for begin further and further on.
     */
    long of(int start, int end) {
        if (start < first || start > last || start - first > KEPT + (end - start)) {
            first = start;
            last = start;
        }
        if (end - first >= sums.length) {
            sums = Arrays.copyOf(sums, Math.max(end - first + 1, 2 * sums.length));
        }
        for (; last < end; last++) {
            sums[last - first + 1] = append(sums[last - first], characters.applyAsInt(last));
        }
        long difference = sums[end - first] - multiply(sums[start - first], power(end - start));
        return difference < 0 ? difference + MODULUS : difference;
    }

    private static long power(int length) {
        long power = 1;
        long square = BASE;
        for (int rest = length; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                power = multiply(power, square);
            }
            square = multiply(square, square);
        }
        return power;
    }

    private static long append(long sum, int c) {
        return reduce(multiply(sum, BASE) + c + 1);
    }

    private static long multiply(long a, long b) {
        long low = a * b;
        long high = Math.multiplyHigh(a, b);
        return reduce((low & MODULUS) + ((low >>> 61) | (high << 3)));
    }

    private static long reduce(long sum) {
        long folded = (sum & MODULUS) + (sum >>> 61);
        return folded >= MODULUS ? folded - MODULUS : folded;
    }
}
