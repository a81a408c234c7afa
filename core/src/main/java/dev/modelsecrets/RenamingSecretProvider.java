package dev.modelsecrets;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A provider that is asked for secrets under other names. */
final class RenamingSecretProvider extends DelegatingSecretProvider {

    private final UnaryOperator<String> backendName;

    RenamingSecretProvider(SecretProvider provider, UnaryOperator<String> backendName) {
        super(provider);
        this.backendName = backendName;
    }

    /** Returns the name to ask for; empty if the renaming fails, or its result is not a valid secret name. */
    private Optional<String> backendNameOf(String name) {
        return Gate.call(() -> Optional.of(NameSet.check(backendName.apply(name))), failure -> Optional.empty());
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Map<String, String> backendNames = new LinkedHashMap<>();
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            backendNameOf(name)
                    .ifPresentOrElse(
                            backend -> backendNames.put(name, backend),
                            () -> answers.put(name, Lookup.failed("the renaming gives no secret name for it")));
        }
        if (!backendNames.isEmpty()) {
            Map<String, Lookup> found = Providers.find(delegate(), new LinkedHashSet<>(backendNames.values()));
            backendNames.forEach((name, backend) -> answers.put(name, found.get(backend)));
        }
        return answers;
    }

    @Override
    public Optional<String> remedy(String name) {
        return backendNameOf(name).flatMap(super::remedy);
    }

    @Override
    public Subscription watch(Set<String> names, Runnable changed) {
        Set<String> backendNames = new LinkedHashSet<>();
        for (String name : names) {
            backendNameOf(name).ifPresent(backendNames::add);
        }
        return super.watch(backendNames, changed);
    }
}
