package dev.modelsecrets.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the formatter does not look at: it leaves comments and texts as they are. */
class SourceTextTest {

    private static final int COLUMNS = 120;

    /** A text that a test compares is often clearer in one piece. */
    private static final Pattern TEXT_OF_A_TEST = Pattern.compile("^\\s*[^*/\\s].*");

    @Test
    void lines_ofAllSources_fitIntoTheColumns() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Map.Entry<String, String> source : Sources.java().entrySet()) {
            List<String> lines = source.getValue().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                boolean mayBeLong = source.getKey().contains("/src/test/")
                        && TEXT_OF_A_TEST.matcher(line).matches();
                if (!mayBeLong && line.codePointCount(0, line.length()) > COLUMNS) {
                    tooLong.add(source.getKey() + ":" + (i + 1));
                }
            }
        }
        assertThat(tooLong).as("lines over 120 columns").isEmpty();
    }
}
