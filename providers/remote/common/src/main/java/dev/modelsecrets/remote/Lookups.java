package dev.modelsecrets.remote;

import dev.modelsecrets.Lookup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One find: from declared names to remote secrets, and from their answers to ours. */
final class Lookups {

    private final Layout layout;
    private final RemoteService service;
    private final Reads reads;

    Lookups(Layout layout, RemoteService service, Reads reads) {
        this.layout = layout;
        this.service = service;
        this.reads = reads;
    }

    Map<String, Lookup> find(Set<String> names) throws InterruptedException {
        return layout.documents().isEmpty() ? findSecretPerName(names) : findKeys(names);
    }

    private Map<String, Lookup> findSecretPerName(Set<String> names) throws InterruptedException {
        Map<String, Lookup> lookups = new HashMap<>();
        layout.problems(names).forEach((name, problem) -> lookups.put(name, Lookup.failed(problem)));
        Map<String, String> remoteNames = new LinkedHashMap<>();
        names.stream()
                .filter(name -> !lookups.containsKey(name))
                .forEach(name -> remoteNames.put(name, layout.remoteName(name)));
        Map<String, Answer> answers = read(remoteNames.values());
        remoteNames.forEach((name, remote) -> {
            Answer answer = Objects.requireNonNull(answers.get(remote), remote);
            @Nullable String key = layout.key();
            String where = service.where(remote);
            lookups.put(
                    name,
                    key == null
                            ? Values.lookup(answer, where)
                            : Values.keys(answer, where).apply(key));
        });
        return lookups;
    }

    /** Reads one document after the other, until every name is answered. */
    private Map<String, Lookup> findKeys(Set<String> names) throws InterruptedException {
        Map<String, Lookup> lookups = new HashMap<>();
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        names.forEach(name -> reasons.put(name, new ArrayList<>()));
        for (String document : layout.documents()) {
            if (reasons.isEmpty()) {
                break;
            }
            String where = service.where(document);
            Answer answer = Objects.requireNonNull(read(List.of(document)).get(document), document);
            Function<String, Lookup> keys = Values.keys(answer, where);
            Set.copyOf(reasons.keySet()).forEach(name -> {
                Lookup lookup = keys.apply(name);
                if (lookup.isAbsent()) {
                    Objects.requireNonNull(reasons.get(name)).add(lookup.reason());
                } else {
                    lookups.put(name, lookup);
                    reasons.remove(name);
                }
            });
        }
        reasons.forEach((name, reason) -> lookups.put(name, Lookup.absent(String.join("; ", reason))));
        return lookups;
    }

    /** Asks the store for those secrets that it can have. */
    private Map<String, Answer> read(Collection<String> secrets) throws InterruptedException {
        Map<String, Answer> answers = new HashMap<>();
        Set<String> possible = new LinkedHashSet<>();
        for (String secret : secrets) {
            service.nameProblem(secret)
                    .ifPresentOrElse(
                            problem -> answers.put(secret, Answer.failed(problem)), () -> possible.add(secret));
        }
        answers.putAll(reads.read(possible));
        return answers;
    }
}
