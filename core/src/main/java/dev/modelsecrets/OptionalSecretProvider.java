package dev.modelsecrets;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A provider whose failures count as absent, with one WARN for a streak of the same ones. */
final class OptionalSecretProvider extends DelegatingSecretProvider {

    private final boolean toleratesDenials;

    /** What went wrong at the last find, empty if nothing did. */
    private volatile Set<String> problems = Set.of();

    OptionalSecretProvider(SecretProvider provider, boolean toleratesDenials) {
        super(provider);
        this.toleratesDenials = toleratesDenials;
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Map<String, Lookup> answers = Providers.find(delegate(), names);
        if (Thread.currentThread().isInterrupted()) {
            // Whoever interrupts this thread wants no value in place of the one that was not read.
            return answers;
        }
        Map<String, Lookup> tolerant = new HashMap<>();
        Set<String> found = new LinkedHashSet<>();
        answers.forEach((name, answer) -> tolerant.put(name, tolerate(answer, found)));
        warn(found);
        return tolerant;
    }

    private Lookup tolerate(Lookup answer, Set<String> found) {
        if (answer.isFailed() || (toleratesDenials && answer.isDenied())) {
            found.add(answer.problem());
            return Lookup.absent((answer.isFailed() ? "failed" : "denied") + ", and is optional: " + answer.problem())
                    .asStandIn();
        }
        return answer;
    }

    private void warn(Set<String> found) {
        Set<String> before = problems;
        problems = found;
        for (String problem : found) {
            if (!before.contains(problem)) {
                Gate.warn("The optional provider " + Providers.name(delegate())
                        + " failed, so its secrets count as absent: " + problem);
            }
        }
    }

    /** Returns the provider's token unless it failed: it may answer again at any time. */
    @Override
    public Optional<Object> version() {
        return problems.isEmpty() ? super.version() : Optional.empty();
    }
}
