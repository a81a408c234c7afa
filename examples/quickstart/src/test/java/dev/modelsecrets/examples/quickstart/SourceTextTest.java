package dev.modelsecrets.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the formatter does not look at: it leaves comments as they are. */
class SourceTextTest {

    private static final int COLUMNS = 120;

    @Test
    void lines_ofAllSources_fitIntoTheColumns() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Map.Entry<String, String> source : Sources.java().entrySet()) {
            List<String> lines = source.getValue().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).codePointCount(0, lines.get(i).length()) > COLUMNS) {
                    tooLong.add(source.getKey() + ":" + (i + 1));
                }
            }
        }
        assertThat(tooLong).as("lines over 120 columns").isEmpty();
    }
}
