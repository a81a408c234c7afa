package dev.modelsecrets;

import dev.modelsecrets.ResolutionEvent.Kind;
import dev.modelsecrets.ResolutionEvent.Outcome;
import dev.modelsecrets.ResolutionEvent.ProviderCall;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells the listeners of a resolver how one resolve or refresh went. Not thread-safe; made for one call. */
final class Observation {

    private final Chain chain;
    private final SecretDeclarations declarations;
    private final Kind kind;
    private final Consumer<ResolutionEvent> target;
    private final long begin = System.nanoTime();

    /** @param target takes the one event, unless nobody listens */
    Observation(Chain chain, SecretDeclarations declarations, Kind kind, Consumer<ResolutionEvent> target) {
        this.chain = chain;
        this.declarations = declarations;
        this.kind = kind;
        this.target = target;
    }

    /** Runs a resolution and tells how it ended, whether it returns or throws. */
    Secrets run(Resolution resolution, Supplier<Secrets> resolve) {
        Outcome outcome = Outcome.FAILED;
        try {
            Secrets secrets = resolve.get();
            outcome = Outcome.RESOLVED;
            return secrets;
        } catch (SecretsException failure) {
            outcome = outcomeOf(failure);
            throw failure;
        } finally {
            tell(outcome, resolution.calls());
        }
    }

    void unchanged() {
        tell(Outcome.UNCHANGED, List.of());
    }

    private void tell(Outcome outcome, List<ProviderCall> calls) {
        if (chain.hasListener()) {
            Duration duration = Duration.ofNanos(System.nanoTime() - begin);
            target.accept(new ResolutionEvent(kind, declarations.names(), outcome, calls, duration));
        }
    }

    private static Outcome outcomeOf(SecretsException failure) {
        if (failure instanceof SecretAccessDeniedException) {
            return Outcome.DENIED;
        }
        if (failure instanceof SecretConflictException) {
            return Outcome.CONFLICT;
        }
        return failure instanceof MissingSecretsException ? Outcome.MISSING : Outcome.FAILED;
    }
}
