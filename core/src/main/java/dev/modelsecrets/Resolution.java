package dev.modelsecrets;

import dev.modelsecrets.ResolutionEvent.ProviderCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk through the chain for one set of declarations: first found wins, a failure or denial ends the search for its
 * name, and everything without a value is reported at once. Not thread-safe; made for one call.
 */
final class Resolution {

    private final Chain chain;
    private final SecretDeclarations declarations;
    private final NameSet names;

    /** At the position of each name its value, once it has one. */
    private final String[] values;

    private final Source[] sources;

    /** At the position of each name whether no further provider is asked for it. */
    private final boolean[] settled;

    /** At the position of each name the position of the provider it came from, or -1. */
    private final int[] winners;

    private int open;

    /** What each asked provider answered, in the order of the chain. */
    private final List<Map<String, Lookup>> answers = new ArrayList<>();

    private final List<String> providerNames = new ArrayList<>();
    private final List<Optional<Object>> versions = new ArrayList<>();
    private final @Nullable List<ProviderCall> calls;
    private @Nullable Conflicts conflicts;
    private @Nullable Instant firstExpiry;

    Resolution(Chain chain, SecretDeclarations declarations) {
        this.chain = chain;
        this.declarations = declarations;
        names = declarations.nameSet();
        open = names.size();
        values = new String[open];
        sources = new Source[open];
        settled = new boolean[open];
        winners = new int[open];
        Arrays.fill(winners, -1);
        calls = chain.hasListener() ? new ArrayList<>() : null;
    }

    /** Walks the chain. */
    Secrets resolve() {
        return resolve(null);
    }

    /**
     * Walks the chain for a refresh: the token of each provider is taken before it is asked.
     *
     * @param checkpoint run before anything is asked of a provider; what it throws ends the walk
     */
    Secrets resolve(@Nullable Runnable checkpoint) {
        refuseDenied();
        boolean everyone = chain.conflicts != ConflictPolicy.IGNORE;
        long begin = System.nanoTime();
        for (SecretProvider provider : chain.providers) {
            boolean needed = open > 0 || (everyone && hasValue());
            if (!needed) {
                break;
            }
            if (checkpoint != null) {
                checkpoint.run();
                versions.add(Providers.version(provider));
                checkpoint.run();
            }
            ask(provider, everyone ? allowedNames() : openNames(), begin);
            if (checkpoint != null && !isLasting(answers.get(answers.size() - 1))) {
                versions.set(versions.size() - 1, Optional.empty());
            }
        }
        if (checkpoint != null) {
            checkpoint.run();
        }
        if (open > 0) {
            useDefaults();
        }
        reportUnresolved();
        if (conflicts != null) {
            reportConflicts(conflicts);
        }
        warnOfDefaultsAndShapes();
        return new Secrets(names, values, sources);
    }

    /** Returns the tokens of the providers that were asked, in order. */
    List<Optional<Object>> versions() {
        return versions;
    }

    /** Returns for each name in order the position of the provider it came from, or -1 for a default. */
    int[] winners() {
        return winners;
    }

    /** Returns the calls made, empty if nobody listens. */
    List<ProviderCall> calls() {
        return calls == null ? List.of() : calls;
    }

    /** Returns when the first value stops being valid. */
    Optional<Instant> firstExpiry() {
        return Optional.ofNullable(firstExpiry);
    }

    /** Settles the names that the access policy refuses: a refusal does not say which secrets exist. */
    private void refuseDenied() {
        for (int i = 0; i < settled.length; i++) {
            if (!chain.allows(names.get(i))) {
                settled[i] = true;
                open--;
            }
        }
    }

    private boolean hasValue() {
        for (String value : values) {
            if (value != null) {
                return true;
            }
        }
        return false;
    }

    private NameSet openNames() {
        if (open == names.size()) {
            return names;
        }
        List<String> wanted = new ArrayList<>(open);
        for (int i = 0; i < settled.length; i++) {
            if (!settled[i]) {
                wanted.add(names.get(i));
            }
        }
        return new NameSet(wanted.toArray(new String[0]));
    }

    /** Returns the names that are open or have a value. */
    private NameSet allowedNames() {
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < settled.length; i++) {
            if (!settled[i] || values[i] != null) {
                wanted.add(names.get(i));
            }
        }
        return new NameSet(wanted.toArray(new String[0]));
    }

    private void ask(SecretProvider provider, Set<String> wanted, long begin) {
        String name = Providers.name(provider);
        long before = calls == null ? 0 : System.nanoTime();
        Map<String, Lookup> answer = chain.find(provider, wanted, begin);
        if (calls != null) {
            calls.add(count(name, answer, Duration.ofNanos(System.nanoTime() - before)));
        }
        providerNames.add(name);
        answers.add(answer);
        take(name, answer);
    }

    /** Tells whether a provider would answer the same while its version stays the same. */
    private static boolean isLasting(Map<String, Lookup> answers) {
        for (Lookup lookup : answers.values()) {
            if (!lookup.isLasting()) {
                return false;
            }
        }
        return true;
    }

    private static ProviderCall count(String provider, Map<String, Lookup> answers, Duration duration) {
        int found = 0;
        int failed = 0;
        int denied = 0;
        for (Lookup lookup : answers.values()) {
            found += lookup.isFound() ? 1 : 0;
            failed += lookup.isFailed() ? 1 : 0;
            denied += lookup.isDenied() ? 1 : 0;
        }
        return new ProviderCall(provider, answers.size(), found, failed, denied, duration);
    }

    private void take(String provider, Map<String, Lookup> answer) {
        Source neighbour = null;
        for (int i = 0; i < values.length; i++) {
            Lookup lookup = answer.get(names.get(i));
            if (lookup == null || lookup.isAbsent()) {
                continue;
            }
            if (values[i] != null) {
                compare(i, provider, lookup);
                continue;
            }
            settled[i] = true;
            open--;
            if (lookup.isFound()) {
                neighbour = Source.of(provider, lookup.location(), names.get(i), neighbour);
                values[i] = lookup.value();
                sources[i] = neighbour;
                winners[i] = answers.size() - 1;
                noteExpiry(lookup.expiresAt());
            }
        }
    }

    private void noteExpiry(Optional<Instant> expiry) {
        if (expiry.isPresent() && (firstExpiry == null || expiry.get().isBefore(firstExpiry))) {
            firstExpiry = expiry.get();
        }
    }

    /** Looks at what a further provider says of a name that has a value. */
    private void compare(int position, String provider, Lookup lookup) {
        String name = names.get(position);
        if (lookup.conflictsWith(values[position])) {
            conflicts = conflicts == null ? new Conflicts() : conflicts;
            conflicts.add(name, sources[position].describe(name), provider + ": " + lookup.location());
        } else if (!lookup.isFound() && chain.conflicts == ConflictPolicy.WARN) {
            chain.warnOnce("Conflicts cannot be looked for in one provider. " + provider + ": " + lookup.problem());
        } else if (!lookup.isFound()) {
            // Whether there is a conflict cannot be told, and this resolver refuses conflicts.
            values[position] = null;
        }
    }

    private void useDefaults() {
        for (int i = 0; i < values.length; i++) {
            String fallback = declarations.fallbackAt(i, chain.allowsDefaults);
            if (!settled[i] && fallback != null) {
                settled[i] = true;
                values[i] = fallback;
                sources[i] = Source.DEFAULT;
                open--;
            }
        }
    }

    // What is thrown below is typed RuntimeException: before a class runs, the JVM loads every exception class that it
    // throws by name, and a cold start pays for it.

    private void reportUnresolved() {
        Unresolved unresolved = null;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                continue;
            }
            unresolved = unresolved == null ? new Unresolved(declarations, chain.providers) : unresolved;
            String name = names.get(i);
            if (chain.allows(name)) {
                unresolved.add(name, providerNames, answers);
            } else {
                unresolved.addDenied(name, chain.refusal());
            }
        }
        if (unresolved != null) {
            throw unresolved.toException();
        }
    }

    private void reportConflicts(Conflicts found) {
        if (chain.conflicts == ConflictPolicy.FAIL) {
            throw found.toException();
        }
        for (String warning : found.warnings()) {
            chain.warnOnce(warning);
        }
    }

    private void warnOfDefaultsAndShapes() {
        for (int i = 0; i < values.length; i++) {
            String name = names.get(i);
            if (!sources[i].isDefault()) {
                String remark = ValueShape.remark(values[i]);
                if (remark != null) {
                    chain.warnOnce(
                            "The value of the secret " + name + " (" + sources[i].describe(name) + ") " + remark);
                }
            } else if (!values[i].isEmpty()) {
                chain.warnOnce("No provider has the secret " + name + ": the default of its declaration is used");
            }
        }
    }
}
