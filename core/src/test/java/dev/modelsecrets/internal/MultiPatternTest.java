package dev.modelsecrets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiPatternTest {

    private static MultiPattern patterns(String... patterns) {
        Map<String, String> replacements = new HashMap<>();
        for (String pattern : patterns) {
            replacements.put(pattern, "<" + pattern.length() + ">");
        }
        return new MultiPattern(replacements);
    }

    private static String replace(MultiPattern patterns, String text) {
        StringBuilder target = new StringBuilder();
        assertThat(patterns.replace(text.toCharArray(), 0, text.length(), text.length(), target))
                .isEqualTo(text.length());
        return target.toString();
    }

    /** Says what leftmost-longest means, in the plainest way. */
    private static String replacePlainly(Map<String, String> replacements, String text) {
        StringBuilder target = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            String longest = "";
            for (String pattern : replacements.keySet()) {
                if (pattern.length() > longest.length() && text.startsWith(pattern, i)) {
                    longest = pattern;
                }
            }
            target.append(longest.isEmpty() ? text.substring(i, i + 1) : replacements.get(longest));
            i += Math.max(1, longest.length());
        }
        return target.toString();
    }

    private static int holdPlainly(Map<String, String> replacements, String text) {
        for (int start = 0; start < text.length(); start++) {
            String end = text.substring(start);
            if (replacements.keySet().stream()
                    .anyMatch(pattern -> pattern.length() > end.length() && pattern.startsWith(end))) {
                return start;
            }
        }
        return text.length();
    }

    private static String text(Random random, int letters, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            // Letters that the table cannot tell apart by their low bits are among them.
            text.append((char) ('a' + random.nextInt(letters) * (random.nextInt(9) == 0 ? 0x1000 : 1)));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 4", "2, 1, 8", "3, 1, 6", "2, 4, 9", "3, 3, 12", "2, 5, 40", "26, 1, 5", "2, 100, 160"})
    void replace_randomPatterns_isTheSameAsDonePlainly(int letters, int shortest, int longest) {
        Random random = new Random(letters * 1_000L + shortest * 100L + longest);
        for (int i = 0; i < 3_000; i++) {
            Map<String, String> replacements = new HashMap<>();
            int count = 1 + random.nextInt(8);
            for (int k = 0; k < count; k++) {
                replacements.put(
                        text(random, letters, shortest + random.nextInt(longest - shortest + 1)), "<" + k + ">");
            }
            StringBuilder text = new StringBuilder(text(random, letters, random.nextInt(40)));
            for (String pattern : replacements.keySet()) {
                text.append(pattern, 0, random.nextInt(pattern.length() + 1)).append(text(random, letters, 2));
                text.append(random.nextBoolean() ? pattern : "");
            }
            String all = text.toString();
            MultiPattern patterns = new MultiPattern(replacements);

            assertThat(replace(patterns, all)).isEqualTo(replacePlainly(replacements, all));
            assertThat(patterns.occursIn(all.toCharArray()))
                    .isEqualTo(replacements.keySet().stream().anyMatch(all::contains));
            assertThat(patterns.holdFrom(all.toCharArray(), 0, all.length())).isEqualTo(holdPlainly(replacements, all));
        }
    }

    @Test
    void replace_noPatterns_copies() {
        MultiPattern none = patterns();

        assertThat(none.isEmpty()).isTrue();
        assertThat(replace(none, "text ".repeat(100))).isEqualTo("text ".repeat(100));
        assertThat(none.occursIn("text ".repeat(100).toCharArray())).isFalse();
        assertThat(none.holdFrom("text".toCharArray(), 0, 4)).isEqualTo(4);
    }

    @Test
    void replace_patternsThatBeginWithEachOther_takesTheLongestThatIsThere() {
        MultiPattern patterns = patterns("a", "ab", "abcd", "abcde", "abx", "b");

        assertThat(patterns.isEmpty()).isFalse();
        assertThat(replace(patterns, "abcdf")).isEqualTo("<4>f");
        assertThat(replace(patterns, "abcde")).isEqualTo("<5>");
        assertThat(replace(patterns, "abc")).isEqualTo("<2>c");
        assertThat(replace(patterns, "abyacb")).isEqualTo("<2>y<1>c<1>");
    }

    @Test
    void replace_textShorterThanAnyPattern_isCopied() {
        assertThat(replace(patterns("abcdefgh"), "abcdefg")).isEqualTo("abcdefg");
        assertThat(replace(patterns("abcdefgh"), "")).isEmpty();
    }

    @Test
    void replace_limit_stopsThereOrAfterThePatternThatReachesBeyond() {
        MultiPattern patterns = patterns("bcd");
        char[] text = "abcdbcd".toCharArray();
        StringBuilder target = new StringBuilder();

        assertThat(patterns.replace(text, 0, 2, 7, target)).isEqualTo(4);
        assertThat(target).hasToString("a<3>");
        target.setLength(0);
        assertThat(patterns.replace(text, 0, 1, 7, target)).isEqualTo(1);
        assertThat(target).hasToString("a");
        target.setLength(0);
        assertThat(patterns.replace(text, 2, 4, 7, target)).isEqualTo(4);
        assertThat(target).hasToString("cd");
    }

    @Test
    void replace_charactersAbove255_areToldApart() {
        assertThat(replace(
                        patterns("\u1061\u1062\u1063\u1064"), "\u1061\u1062\u1063\u1064 abcd \u2061\u2062\u2063\u2064"))
                .isEqualTo("<4> abcd \u2061\u2062\u2063\u2064");
    }

    @Test
    void continuationOf_beginning_isALongerPattern() {
        MultiPattern patterns = patterns("abc", "abcdef", "x");
        char[] text = "abcdx".toCharArray();

        assertThat(patterns.continuationOf(text, 0, 3)).isEqualTo("abcdef");
        assertThat(patterns.continuationOf(text, 0, 4)).isEqualTo("abcdef");
        assertThat(patterns.continuationOf(text, 0, 5)).isNull();
        assertThat(patterns.continuationOf(text, 4, 5)).isNull();
        assertThat(patterns.continuationOf(text, 1, 3)).isNull();
    }

    @Test
    void toString_patterns_isTheirNumber() {
        assertThat(patterns("secret-1", "secret-2")).hasToString("MultiPattern[2 patterns]");
    }
}
