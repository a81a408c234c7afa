package dev.modelsecrets.standard.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.SecretsException;
import dev.modelsecrets.standard.SecretDocument;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents of one piece, over and over: none takes more than a second for each mebibyte. */
@Tag("slow")
class ParserSpeedTest {

    private static final int SIZE = 4_000_000;

    private static final String[] STARTS = {
        "", "a: ", "a: \"", "a: '", "# ", "a: |\n ", "- ", "{", "[", "? ", "a: {b: ", "{\"a\":"
    };

    private static final String[] PIECES = {
        "x",
        "x ",
        " ",
        "\t",
        "\n",
        "x\n ",
        "- ",
        "- x\n",
        "? ",
        ": ",
        "a: ",
        "[",
        "{",
        "]",
        "{a: ",
        "[{",
        ",",
        "'",
        "''",
        "\"",
        "\\\"",
        "\\/",
        "\\n",
        "&a ",
        "*a ",
        "!a ",
        "!",
        "|",
        ">",
        "|\n",
        "#",
        " #",
        "%",
        "@",
        "---\n",
        "...\n",
        "{\"a\":",
        "[1,",
        "\u00e9",
        "\ud83d\udd11",
        "\uFEFF",
        "\u2028",
        "\r",
        "1",
        "0.",
        "<<: "
    };

    @Test
    void parse_oneGrowingPiece_takesNoMoreThanASecondForEachMebibyte() {
        for (String start : STARTS) {
            for (String piece : PIECES) {
                String text = start + piece.repeat(SIZE / piece.length());
                assertQuick(start, piece, text, true);
                assertQuick(start, piece, text, false);
            }
        }
    }

    private static void assertQuick(String start, String piece, String text, boolean isYaml) {
        long begin = System.nanoTime();
        try {
            SecretDocument document = isYaml ? SecretDocument.yaml(text) : SecretDocument.json(text);
            assertThat(document).isNotNull();
        } catch (SecretsException e) {
            // Most are malformed.
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (seconds > 0.5) {
            System.out.printf("%s: %.1f s for %s and many %s%n", isYaml ? "YAML" : "JSON", seconds, start, piece);
        }
    }
}
