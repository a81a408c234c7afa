package dev.modelsecrets.logging;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One way in which a secret gets into a log.
 *
 * @param name what the published table calls it
 * @param logging logs it; empty where the back end has no such thing
 */
record Shape(String name, Function<Backend.Log, Optional<Runnable>> logging) {

    /** Words that must come through, whatever else is logged. */
    static final String ORDINARY = "ordinary words of one request to us-east-1.googleapis.com";

    static Shape of(String name, Consumer<Backend.Log> logging) {
        return new Shape(name, log -> Optional.of(() -> logging.accept(log)));
    }

    static Shape text(String name, String text) {
        return of(name, log -> log.message(text));
    }

    static Shape argument(String name, Object argument) {
        return of(name, log -> log.argument("an argument ", argument));
    }

    static Shape thrown(String name, Throwable failure) {
        return of(name, log -> log.thrown(failure));
    }

    /** Logs the shape between lines of ordinary words; false if the back end has no such thing. */
    boolean logTo(Backend.Log log) {
        Optional<Runnable> action = logging.apply(log);
        action.ifPresent(run -> {
            log.message(ORDINARY);
            run.run();
            log.message(ORDINARY);
        });
        return action.isPresent();
    }
}
