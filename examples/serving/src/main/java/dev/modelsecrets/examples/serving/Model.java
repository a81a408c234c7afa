package dev.modelsecrets.examples.serving;

import dev.modelsecrets.Secrets;
import java.io.IOException;

/** A model that was made with one generation of its secrets, and answers with it to its end. */
interface Model extends AutoCloseable {

    /**
     * Answers one request; many threads call it at once.
     *
     * @throws RefusedException if the service behind the model refuses the secrets
     * @throws IOException if the model has no answer
     */
    String predict(String input) throws IOException;

    /** Ends what the model started; no request is in it by then. */
    @Override
    default void close() {}

    /** Makes a model from a generation of its secrets; called again after each rotation. */
    interface Maker {

        Model make(Secrets secrets, ServerLog log) throws IOException;
    }
}
