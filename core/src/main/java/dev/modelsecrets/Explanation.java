package dev.modelsecrets;

import dev.modelsecrets.ResolutionReport.Answer;
import dev.modelsecrets.ResolutionReport.Entry;
import dev.modelsecrets.ResolutionReport.Status;
import dev.modelsecrets.ResolutionReport.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks every provider for every name and turns the answers into a report; a failure is a verdict like the others. */
final class Explanation {

    private final SecretsResolver resolver;
    private final SecretDeclarations declarations;
    private final List<String> providers = new ArrayList<>();
    private final List<Map<String, Lookup>> answers = new ArrayList<>();

    private Explanation(SecretsResolver resolver, SecretDeclarations declarations) {
        this.resolver = resolver;
        this.declarations = declarations;
    }

    static ResolutionReport explain(SecretsResolver resolver, SecretDeclarations declarations) {
        return new Explanation(resolver, declarations).explain();
    }

    private ResolutionReport explain() {
        Set<String> allowed = resolver.allowed(declarations);
        if (!allowed.isEmpty()) {
            for (SecretProvider provider : resolver.providers()) {
                providers.add(Gate.name(provider));
                answers.add(resolver.find(provider, allowed, System.nanoTime()));
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < declarations.names().size(); i++) {
            entries.add(entry(i, allowed));
        }
        return new ResolutionReport(entries, resolver.conflicts() == ConflictPolicy.FAIL);
    }

    private Entry entry(int position, Set<String> allowed) {
        String name = declarations.nameSet().get(position);
        if (!allowed.contains(name)) {
            Verdict refused = new Verdict("access policy", Answer.DENIED, resolver.refusal(), false);
            return new Entry(name, Status.DENIED, List.of(refused), List.of());
        }
        List<Verdict> verdicts = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        @Nullable Lookup decisive = null;
        @Nullable Lookup winner = null;
        for (int i = 0; i < answers.size(); i++) {
            Lookup lookup = answers.get(i).get(name);
            if (lookup == null) {
                continue;
            }
            boolean differs = winner != null && lookup.conflictsWith(winner.value());
            verdicts.add(new Verdict(providers.get(i), answerOf(lookup), lookup.words(), differs));
            if (lookup.isFound()) {
                String place = providers.get(i) + ": " + lookup.location();
                ValueShape.remark(lookup.value()).ifPresent(remark -> remarks.add(place + ": the value " + remark));
            }
            winner = winner == null && lookup.isFound() ? lookup : winner;
            decisive = decisive == null && !lookup.isAbsent() ? lookup : decisive;
        }
        return new Entry(name, status(decisive, position), verdicts, remarks);
    }

    private Status status(@Nullable Lookup decisive, int position) {
        if (decisive == null) {
            boolean hasDefault = declarations.fallbackAt(position, resolver.allowsDefaults()) != null;
            return hasDefault ? Status.DEFAULT : Status.MISSING;
        }
        return decisive.isFound() ? Status.FOUND : decisive.isFailed() ? Status.FAILED : Status.DENIED;
    }

    private static Answer answerOf(Lookup lookup) {
        return lookup.isFound()
                ? Answer.FOUND
                : lookup.isAbsent() ? Answer.ABSENT : lookup.isFailed() ? Answer.FAILED : Answer.DENIED;
    }
}
