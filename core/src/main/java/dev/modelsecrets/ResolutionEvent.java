package dev.modelsecrets;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What one resolve or refresh did, for metrics and traces: counts and durations, never a value. Immutable.
 *
 * @param kind a resolve, or a look of {@link RefreshingSecrets}
 * @param names the declared names
 * @param outcome how it ended
 * @param calls the providers that were asked, in order; empty if an unchanged version made that unnecessary
 * @param duration how long it took, measured on the monotonic clock
 * @see SecretsResolver.Builder#listener
 */
public record ResolutionEvent(
        Kind kind, Set<String> names, Outcome outcome, List<ProviderCall> calls, Duration duration) {

    /** Copies the calls; the names keep their declared order. */
    public ResolutionEvent {
        calls = List.copyOf(calls);
    }

    /** What was asked for. */
    public enum Kind {
        /** A call of {@code resolve}. */
        RESOLVE,
        /** A look of {@link RefreshingSecrets}, the first one included. */
        REFRESH
    }

    /** How it ended. */
    public enum Outcome {
        /** Every name has a value. */
        RESOLVED,
        /** The providers' versions are those of the last look, so nobody was asked. */
        UNCHANGED,
        /** At least one name is missing; none failed and none is denied. */
        MISSING,
        /** At least one name failed; none is denied. */
        FAILED,
        /** At least one name is denied. */
        DENIED,
        /** Providers hold different values, and the resolver refuses that. */
        CONFLICT
    }

    /**
     * One call of one provider.
     *
     * @param provider the provider's name
     * @param asked how many names it was asked for
     * @param found how many of them it found
     * @param failed how many of them failed
     * @param denied how many of them it denied; the rest is absent
     * @param duration how long the call took, measured on the monotonic clock
     */
    public record ProviderCall(String provider, int asked, int found, int failed, int denied, Duration duration) {}
}
