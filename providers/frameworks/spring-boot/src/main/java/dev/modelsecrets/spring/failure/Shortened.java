package dev.modelsecrets.spring.failure;

import java.util.ArrayList;
import java.util.List;

/** Cuts the message about many secrets so that it is read at a glance. Not instantiable. */
final class Shortened {

    /** With the headings of Spring Boot around them that makes 15 lines. */
    private static final int MOST_LINES = 9;

    private static final int MOST_NAMES = 10;

    private Shortened() {}

    /** Keeps whole paragraphs as long as they fit, and the names of the others. */
    static String of(String description) {
        List<String> lines = description.lines().toList();
        if (lines.size() <= MOST_LINES) {
            return description;
        }
        List<String> kept = new ArrayList<>(lines.subList(0, 1));
        List<String> others = new ArrayList<>();
        int line = 1;
        while (line < lines.size()) {
            int end = endOfParagraph(lines, line);
            if (others.isEmpty() && end < MOST_LINES) {
                kept.addAll(lines.subList(line, end));
            } else {
                others.add(lines.get(line).strip());
            }
            line = end;
        }
        kept.add("  and " + names(others));
        return String.join("\n", kept);
    }

    private static int endOfParagraph(List<String> lines, int start) {
        int end = start + 1;
        while (end < lines.size() && lines.get(end).startsWith("    ")) {
            end++;
        }
        return end;
    }

    private static String names(List<String> others) {
        return others.size() <= MOST_NAMES
                ? String.join(", ", others)
                : String.join(", ", others.subList(0, MOST_NAMES)) + " and " + (others.size() - MOST_NAMES) + " more";
    }
}
