package dev.modelsecrets;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one provider said where a failure is no reason to stop: answers, and for the other names the failure. */
final class Answers {

    final String provider;
    final Map<String, Lookup> lookups = new HashMap<>();
    final Map<String, String> failed = new HashMap<>();

    private Answers(String provider) {
        this.provider = provider;
    }

    /** Asks, and asks again without the one name that a failure is about, so that the others still get their answer. */
    static Answers of(SecretProvider provider, Set<String> names) {
        Answers answers = new Answers(provider.name());
        Set<String> open = new LinkedHashSet<>(names);
        while (!open.isEmpty()) {
            try {
                answers.lookups.putAll(Resolution.ask(provider, new NameSet(open.toArray(new String[0]))));
                return answers;
            } catch (SecretsException failure) {
                String problem = Asking.problem(failure);
                Optional<String> culprit = Asking.culprit(failure);
                if (culprit.isPresent() && open.remove(culprit.get())) {
                    answers.failed.put(culprit.get(), problem);
                    continue;
                }
                for (String name : open) {
                    answers.failed.put(name, problem);
                }
                return answers;
            }
        }
        return answers;
    }
}
