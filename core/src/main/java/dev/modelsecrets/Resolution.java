package dev.modelsecrets;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk through the chain for one set of declarations: first found wins, a failure stops, everything missing is
 * reported at once. Not thread-safe; made for one call.
 */
final class Resolution {

    private final SecretsResolver resolver;
    private final SecretDeclarations declarations;
    private final NameSet names;
    private final String[] values;
    private final Source[] sources;
    private int open;

    /** What each asked provider answered, in the order of the chain. */
    private final List<Map<String, Lookup>> answers = new ArrayList<>();

    /** A name and a line about it for each place that holds another value than the winner. */
    private final List<String> conflicts = new ArrayList<>();

    private final List<String> conflictLines = new ArrayList<>();

    Resolution(SecretsResolver resolver, SecretDeclarations declarations) {
        this.resolver = resolver;
        this.declarations = declarations;
        names = declarations.nameSet();
        open = names.size();
        values = new String[open];
        sources = new Source[open];
    }

    /**
     * Walks the chain.
     *
     * @param versions gets the token of each provider that is asked, taken before it is; null if nobody wants them
     */
    Secrets resolve(@Nullable List<Optional<Object>> versions) {
        boolean everyone = resolver.looksForConflicts();
        for (SecretProvider provider : resolver.providers()) {
            if (open == 0 && !everyone) {
                break;
            }
            if (versions != null) {
                versions.add(Asking.version(provider));
            }
            Map<String, Lookup> answer = askOrDoWithout(provider, everyone ? names : openNames());
            answers.add(answer);
            take(provider.name(), answer);
        }
        if (open > 0) {
            useDefaults();
        }
        if (open > 0) {
            throw MissingReport.of(List.copyOf(openNames()), declarations, resolver.providers(), answers);
        }
        if (!conflicts.isEmpty()) {
            reportConflicts();
        }
        warnOfDefaults();
        return new Secrets(names, values, sources);
    }

    /**
     * Asks a provider: whatever it throws becomes one of our exceptions, with nothing of a value in it.
     *
     * @throws SecretsException if it fails
     */
    static Map<String, Lookup> ask(SecretProvider provider, Set<String> names) {
        @Nullable Map<String, Lookup> answers;
        try {
            answers = provider.find(names);
        } catch (Exception failure) {
            // Not only unchecked ones: Kotlin, Scala and Lombok throw the others without declaring them.
            throw SecretProviderException.of(provider, failure);
        }
        if (answers == null) {
            throw SecretProviderException.ofNull(provider);
        }
        return answers;
    }

    private Map<String, Lookup> askOrDoWithout(SecretProvider provider, Set<String> wanted) {
        try {
            return ask(provider, wanted);
        } catch (RuntimeException failure) {
            Optional<String> culprit = Asking.culprit(failure);
            boolean needed = open > 0 && (culprit.isEmpty() || openNames().contains(culprit.get()));
            if (needed || !resolver.warnsOfConflicts()) {
                throw failure;
            }
            // It failed over names that have a value: it was asked for them only for the sake of a warning.
            resolver.warnOnce("Conflicts cannot be looked for in one provider. " + failure.getMessage());
            return open == 0 ? Map.of() : ask(provider, openNames());
        }
    }

    private NameSet openNames() {
        if (open == names.size()) {
            return names;
        }
        String[] wanted = new String[open];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                wanted[next++] = names.get(i);
            }
        }
        return new NameSet(wanted);
    }

    private void take(String provider, Map<String, Lookup> answer) {
        Source neighbour = null;
        for (int i = 0; i < values.length; i++) {
            Lookup lookup = answer.get(names.get(i));
            if (lookup == null || !lookup.isFound()) {
                continue;
            }
            Source source = Source.of(provider, lookup.location(), names.get(i), neighbour);
            if (values[i] == null) {
                values[i] = lookup.value();
                sources[i] = source;
                open--;
                neighbour = source;
            } else if (resolver.looksForConflicts() && !values[i].equals(lookup.value())) {
                conflicts.add(names.get(i));
                conflictLines.add(names.get(i) + ": " + sources[i].describe(names.get(i)) + " and "
                        + source.describe(names.get(i)) + " hold different values");
            }
        }
    }

    private void useDefaults() {
        for (int i = 0; i < values.length; i++) {
            @Nullable String fallback = declarations.fallbackAt(i, resolver.allowsDefaults());
            if (values[i] == null && fallback != null) {
                values[i] = fallback;
                sources[i] = Source.DEFAULT;
                open--;
            }
        }
    }

    private void warnOfDefaults() {
        for (int i = 0; i < values.length; i++) {
            if (sources[i].isDefault() && !values[i].isEmpty()) {
                resolver.warnOnce(
                        "No provider has the secret " + names.get(i) + ": the default of its declaration is used");
            }
        }
    }

    private void reportConflicts() {
        if (resolver.warnsOfConflicts()) {
            for (String line : conflictLines) {
                resolver.warnOnce(line + "; the first one is used");
            }
            return;
        }
        throw SecretConflictException.of(List.copyOf(new LinkedHashSet<>(conflicts)), conflictLines);
    }
}
