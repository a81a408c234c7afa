package dev.modelsecrets.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows the rows of a plan or a report. */
final class PushRows {

    private PushRows() {}

    static void print(Output output, String heading, List<PushTarget.Row> rows) {
        output.line(output.styled(Output.Style.BOLD, heading));
        for (PushTarget.Row row : rows) {
            output.line("  " + row.name() + "  " + row.word() + (row.note().isEmpty() ? "" : "  " + row.note()));
        }
    }

    static void answer(Output output, List<PushTarget.Row> rows) {
        if (output.isJson()) {
            output.json(rows.stream().map(PushRows::answer).toList());
        }
    }

    private static Map<String, Object> answer(PushTarget.Row row) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", row.name());
        answer.put("result", row.word());
        answer.put("note", row.note());
        return answer;
    }

    static boolean has(List<PushTarget.Row> rows, String word) {
        return rows.stream().anyMatch(row -> row.word().equals(word));
    }

    static boolean all(List<PushTarget.Row> rows, String word) {
        return rows.stream().allMatch(row -> row.word().equals(word));
    }
}
