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

    private final Chain chain;
    private final SecretDeclarations declarations;
    private final List<String> providers = new ArrayList<>();
    private final List<Map<String, Lookup>> answers = new ArrayList<>();

    private Explanation(Chain chain, SecretDeclarations declarations) {
        this.chain = chain;
        this.declarations = declarations;
    }

    static ResolutionReport explain(Chain chain, SecretDeclarations declarations) {
        return new Explanation(chain, declarations).explain();
    }

    private ResolutionReport explain() {
        Set<String> allowed = chain.allowed(declarations);
        if (!allowed.isEmpty()) {
            for (SecretProvider provider : chain.providers) {
                providers.add(Providers.name(provider));
                answers.add(chain.find(provider, allowed, System.nanoTime()));
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < declarations.names().size(); i++) {
            entries.add(entry(i, allowed));
        }
        return new ResolutionReport(entries, chain.conflicts == ConflictPolicy.FAIL);
    }

    private Entry entry(int position, Set<String> allowed) {
        String name = declarations.nameSet().get(position);
        if (!allowed.contains(name)) {
            Verdict refused = new Verdict("access policy", Answer.DENIED, chain.refusal(), false);
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
                String remark = ValueShape.remark(lookup.value());
                if (remark != null) {
                    remarks.add(providers.get(i) + ": " + lookup.location() + ": the value " + remark);
                }
            }
            winner = winner == null && lookup.isFound() ? lookup : winner;
            decisive = decisive == null && !lookup.isAbsent() ? lookup : decisive;
        }
        return new Entry(name, status(decisive, position), verdicts, remarks);
    }

    private Status status(@Nullable Lookup decisive, int position) {
        if (decisive == null) {
            boolean hasDefault = declarations.fallbackAt(position, chain.allowsDefaults) != null;
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
