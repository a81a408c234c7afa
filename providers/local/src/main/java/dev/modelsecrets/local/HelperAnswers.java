package dev.modelsecrets.local;

import dev.modelsecrets.Lookup;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lines of JSON with which a batch helper answers; words of its own are not taken over, as they may hold a value.
 */
final class HelperAnswers {

    private HelperAnswers() {}

    static Map<String, Lookup> read(byte[] output, Set<String> names, String program)
            throws StrictText.UnreadableException {
        Map<String, Lookup> answers = new HashMap<>();
        int number = 0;
        for (String line : StrictText.decodeLines(output)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                Optional<String> name = JsonField.at("/name", line);
                if (name.isEmpty()) {
                    throw new StrictText.UnreadableException("has no \"name\" on line " + number);
                }
                if (names.contains(name.get())) {
                    answers.put(name.get(), answer(line, program));
                }
            } catch (JsonField.MalformedJsonException e) {
                throw new StrictText.UnreadableException("is not JSON on line " + number);
            }
        }
        for (String name : names) {
            answers.putIfAbsent(name, Lookup.failed(program + " did not answer for it"));
        }
        return answers;
    }

    private static Lookup answer(String line, String program) throws JsonField.MalformedJsonException {
        Optional<String> value = JsonField.at("/value", line);
        if (value.isPresent()) {
            return Lookup.found(value.get(), "answer of " + program);
        }
        return switch (JsonField.at("/status", line).orElse("")) {
            case "absent" -> Lookup.absent(program + " says that it has no such secret");
            case "denied" -> Lookup.denied(program + " says that it is denied");
            case "failed" -> Lookup.failed(program + " says that it cannot tell");
            default -> Lookup.failed(program + " answered with neither a value nor a known status");
        };
    }
}
