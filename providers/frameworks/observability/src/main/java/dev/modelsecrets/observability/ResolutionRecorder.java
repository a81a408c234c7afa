package dev.modelsecrets.observability;

import dev.modelsecrets.ResolutionEvent;
import dev.modelsecrets.ResolutionEvent.ProviderCall;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event {@code dev.modelsecrets.Resolution} for every resolve and refresh into JDK Flight Recorder.
 *
 * <pre>{@code
 * SecretsResolver resolver = SecretsResolver.builder()
 *         .providers(StandardProviders.chain())
 *         .listener(ResolutionRecorder.create())
 *         .build();
 * }</pre>
 *
 * <p>It says how many names were asked for, how it ended, how long it took and which providers were asked; the names of
 * secrets only {@linkplain #withNames() on request}. It costs next to nothing while no recording runs. Thread-safe.
 */
public final class ResolutionRecorder implements Consumer<ResolutionEvent> {

    private final boolean names;

    private ResolutionRecorder(boolean names) {
        this.names = names;
    }

    /**
     * Creates a recorder that names no secret.
     *
     * @return the recorder
     */
    public static ResolutionRecorder create() {
        return new ResolutionRecorder(false);
    }

    /**
     * Creates a recorder that names the secrets asked for; names may tell of customers.
     *
     * @return the recorder
     */
    public static ResolutionRecorder withNames() {
        return new ResolutionRecorder(true);
    }

    @Override
    public void accept(ResolutionEvent resolution) {
        Recorded event = new Recorded();
        if (!event.shouldCommit()) {
            return;
        }
        event.kind = resolution.kind().name();
        event.outcome = resolution.outcome().name();
        event.declared = resolution.names().size();
        event.elapsed = resolution.duration().toNanos();
        event.providers =
                resolution.calls().stream().map(ProviderCall::provider).collect(Collectors.joining(", "));
        event.found = resolution.calls().stream().mapToInt(ProviderCall::found).sum();
        event.failed =
                resolution.calls().stream().mapToInt(ProviderCall::failed).sum();
        event.denied =
                resolution.calls().stream().mapToInt(ProviderCall::denied).sum();
        if (names) {
            event.names = String.join(", ", resolution.names());
        }
        event.commit();
    }

    /** The event as Flight Recorder sees it. */
    @Name("dev.modelsecrets.Resolution")
    @Label("Secret Resolution")
    @Description("A resolve or a refresh of secrets")
    @Category("Model Secrets")
    @StackTrace(false)
    static final class Recorded extends Event {

        @Label("Kind")
        @Nullable
        String kind;

        @Label("Outcome")
        @Nullable
        String outcome;

        @Label("Declared Names")
        int declared;

        @Label("Elapsed")
        @Timespan(Timespan.NANOSECONDS)
        long elapsed;

        @Label("Providers")
        @Nullable
        String providers;

        @Label("Found")
        int found;

        @Label("Failed")
        int failed;

        @Label("Denied")
        int denied;

        @Label("Names")
        @Nullable
        String names;
    }
}
