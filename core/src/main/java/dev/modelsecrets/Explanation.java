package dev.modelsecrets;

import dev.modelsecrets.ResolutionReport.Answer;
import dev.modelsecrets.ResolutionReport.Entry;
import dev.modelsecrets.ResolutionReport.Status;
import dev.modelsecrets.ResolutionReport.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks every provider for every name and turns the answers into a report; a failure is a verdict like the others. */
final class Explanation {

    private Explanation() {}

    static ResolutionReport explain(SecretsResolver resolver, SecretDeclarations declarations) {
        Set<String> allowed = new LinkedHashSet<>();
        for (String name : declarations.names()) {
            if (resolver.allows(name)) {
                allowed.add(name);
            }
        }
        List<Answers> answers = new ArrayList<>();
        for (SecretProvider provider : resolver.providers()) {
            answers.add(Answers.of(provider, allowed));
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < declarations.names().size(); i++) {
            String name = declarations.nameSet().get(i);
            boolean hasDefault = declarations.fallbackAt(i, resolver.allowsDefaults()) != null;
            entries.add(
                    allowed.contains(name)
                            ? entry(name, answers, hasDefault)
                            : new Entry(name, Status.DENIED, List.of()));
        }
        return new ResolutionReport(entries, resolver.failsOnConflicts());
    }

    private static Entry entry(String name, List<Answers> chain, boolean hasDefault) {
        List<Verdict> verdicts = new ArrayList<>();
        @Nullable Lookup winner = null;
        @Nullable Status status = null;
        for (Answers answers : chain) {
            String failure = answers.failed.get(name);
            Lookup lookup = answers.lookups.get(name);
            if (failure != null) {
                verdicts.add(new Verdict(answers.provider, Answer.FAILED, failure, false));
                status = status == null ? Status.FAILED : status;
            } else if (lookup != null && lookup.isFound()) {
                boolean differs = winner != null && !winner.value().equals(lookup.value());
                verdicts.add(new Verdict(answers.provider, Answer.FOUND, lookup.location(), differs));
                winner = winner == null ? lookup : winner;
                status = status == null ? Status.FOUND : status;
            } else {
                String reason = MissingReport.reason(answers.lookups, name);
                verdicts.add(new Verdict(answers.provider, Answer.ABSENT, reason, false));
            }
        }
        if (status == null) {
            status = hasDefault ? Status.DEFAULT : Status.MISSING;
        }
        return new Entry(name, status, verdicts);
    }
}
