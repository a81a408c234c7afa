package dev.modelsecrets;

import dev.modelsecrets.internal.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The declared names that have no value, and the one exception that says everything about them.
 *
 * <p>Up to {@value #MOST_IN_DETAIL} names have a paragraph each. Of more, those with the same answers share one, so
 * that the message stays readable for thousands. Not thread-safe; made for one call.
 */
final class Unresolved {

    private static final int MOST_IN_DETAIL = 20;
    private static final int MOST_IN_A_LIST = 200;
    private static final int LIST_WIDTH = 100;

    private final SecretDeclarations declarations;
    private final List<SecretProvider> providers;
    private final Map<String, List<Line>> paragraphs = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> denied = new ArrayList<>();
    private String firstFailed = "";

    Unresolved(SecretDeclarations declarations, List<SecretProvider> providers) {
        this.declarations = declarations;
        this.providers = providers;
    }

    /** What one provider said about one name. */
    private record Line(String provider, String words) {}

    /** Adds a name that the access policy refuses, so that nobody was asked for it. */
    void addDenied(String name, String problem) {
        denied.add(name);
        paragraphs.put(name, List.of(new Line("access policy", "denied: " + problem)));
    }

    /**
     * Adds a name with the answers of the providers that were asked for it.
     *
     * @param answers one map for each provider of the chain that was asked, in order
     */
    void add(String name, List<String> names, List<Map<String, Lookup>> answers) {
        List<Line> lines = new ArrayList<>();
        Lookup last = null;
        for (int i = 0; i < answers.size(); i++) {
            Lookup answer = answers.get(i).get(name);
            if (answer != null) {
                last = answer;
                lines.add(new Line(names.get(i), verdict(answer)));
                if (answer.isFailed() && firstFailed.isEmpty()) {
                    firstFailed = names.get(i);
                }
            }
        }
        if (last != null && last.isFailed()) {
            failed.add(name);
        } else if (last != null && last.isDenied()) {
            denied.add(name);
        } else {
            missing.add(name);
            if (declarations.defaultValue(name).isPresent()) {
                lines.add(new Line("", "its default is not used, because this resolver does not allow defaults"));
            }
        }
        paragraphs.put(name, lines);
    }

    private static String verdict(Lookup answer) {
        String words = answer.words();
        if (answer.isFailed()) {
            return words.startsWith("failed ") ? words : "failed: " + words;
        }
        return answer.isDenied() ? "denied: " + words : words;
    }

    /** Returns the exception: denied before failed before missing; the message lists all of them. */
    RuntimeException toException() {
        String message = message();
        if (!denied.isEmpty()) {
            return new SecretAccessDeniedException(denied, message);
        }
        return failed.isEmpty()
                ? new MissingSecretsException(missing, message)
                : new SecretProviderException(firstFailed, failed, message);
    }

    private String message() {
        int declared = declarations.names().size();
        StringBuilder message = new StringBuilder()
                .append(paragraphs.size())
                .append(" of ")
                .append(declared)
                .append(declared == 1 ? " declared secret" : " declared secrets")
                .append(paragraphs.size() == 1 ? " has no value:" : " have no value:");
        if (paragraphs.size() <= MOST_IN_DETAIL) {
            paragraphs.forEach((name, lines) -> append(message, name, lines));
        } else {
            appendGroups(message);
        }
        return message.append('\n').append(nextStep()).toString();
    }

    private void append(StringBuilder message, String name, List<Line> lines) {
        message.append("\n  ").append(name);
        declarations
                .description(name)
                .ifPresent(text -> message.append(" (").append(text).append(')'));
        int width = 0;
        for (Line line : lines) {
            width = Math.max(width, line.provider.length());
        }
        for (Line line : lines) {
            message.append("\n    ");
            if (!line.provider.isEmpty()) {
                Text.pad(message, line.provider, width + 4);
            }
            message.append(line.words);
        }
    }

    /** Appends a paragraph for each different set of answers, then the names that share it. */
    private void appendGroups(StringBuilder message) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        paragraphs.forEach((name, lines) -> groups.computeIfAbsent(
                        lines.toString().replace(name, "\0"), unused -> new ArrayList<>())
                .add(name));
        List<String> others = new ArrayList<>();
        int shown = 0;
        for (List<String> group : groups.values()) {
            if (shown++ < MOST_IN_DETAIL) {
                String name = group.get(0);
                append(message, name, paragraphs.getOrDefault(name, List.of()));
                appendList(message, "    the same answers: ", group.subList(1, group.size()));
            } else {
                others.addAll(group);
            }
        }
        appendList(message, "  with other answers: ", others);
    }

    private static void appendList(StringBuilder message, String title, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        message.append('\n').append(title);
        int column = title.length();
        for (int i = 0; i < names.size(); i++) {
            if (i == MOST_IN_A_LIST) {
                message.append("and ").append(names.size() - i).append(" more; names() of this exception has all");
                return;
            }
            String name = names.get(i) + (i + 1 < names.size() ? ", " : "");
            if (column + name.length() > LIST_WIDTH) {
                message.append("\n      ");
                column = 6;
            }
            message.append(name);
            column += name.length();
        }
    }

    private String nextStep() {
        List<String> steps = new ArrayList<>();
        if (!denied.isEmpty()) {
            steps.add("Grant the right to read what is denied, or do not declare it.");
        }
        if (!failed.isEmpty()) {
            steps.add("Repair what failed: a failure ends the search for a secret, so that no stale value is used.");
        }
        if (!missing.isEmpty()) {
            steps.add(remedy());
        }
        return String.join(" ", steps);
    }

    private String remedy() {
        if (providers.isEmpty()) {
            return "The resolver has no provider: give it at least one.";
        }
        String what = missing.size() == 1 ? "Set it" : "Set each one";
        for (SecretProvider provider : providers) {
            Optional<String> remedy = Providers.remedy(provider, missing.get(0));
            if (remedy.isPresent()) {
                return what + " in any of these places, for example: " + remedy.get();
            }
        }
        return what + " in any of these places.";
    }
}
