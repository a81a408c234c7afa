package dev.modelsecrets;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A provider that is asked for some names only. */
final class SelectiveSecretProvider extends DelegatingSecretProvider {

    private final Set<String> selected;

    /** Takes ownership of the set. */
    SelectiveSecretProvider(SecretProvider provider, Set<String> selected) {
        super(provider);
        this.selected = selected;
        selected.forEach(NameSet::check);
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Set<String> wanted = selectedOf(names);
        Map<String, Lookup> answers = wanted.isEmpty() ? new HashMap<>() : Providers.find(delegate(), wanted);
        for (String name : names) {
            if (!selected.contains(name)) {
                answers.put(name, Lookup.absent("is not asked for this secret"));
            }
        }
        return answers;
    }

    private Set<String> selectedOf(Set<String> names) {
        Set<String> wanted = new LinkedHashSet<>(names);
        wanted.retainAll(selected);
        return wanted;
    }

    @Override
    public Optional<String> remedy(String name) {
        return selected.contains(name) ? super.remedy(name) : Optional.empty();
    }

    @Override
    public Subscription watch(Set<String> names, Runnable changed) {
        Set<String> wanted = selectedOf(names);
        return wanted.isEmpty() ? Subscription.none() : super.watch(wanted, changed);
    }
}
