package dev.modelsecrets.examples.quickstart;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills the open word of a sentence by asking a service that wants a bearer token.
 *
 * <p>It takes its secrets as a plain map, as a Truss model does, and knows nothing of this library.
 */
public final class HuggingFaceModel {

    private final URI service;
    private final Map<String, String> secrets;
    private @Nullable URI fillMask;

    /**
     * Creates a model that is not loaded yet.
     *
     * @param service the service that runs the gated model
     * @param secrets has {@code hf_access_token}
     */
    public HuggingFaceModel(URI service, Map<String, String> secrets) {
        this.service = service;
        this.secrets = secrets;
    }

    /** Prepares everything that all predictions share. */
    public void load() {
        fillMask = service.resolve("/fill-mask");
    }

    /**
     * Predicts the open word.
     *
     * @param sentence a sentence with {@code [MASK]} in it
     * @return the word
     * @throws IOException if the service refuses or cannot be reached
     */
    public String predict(String sentence) throws IOException {
        if (fillMask == null) {
            throw new IllegalStateException("load comes before predict");
        }
        return HttpCall.post(fillMask, "Bearer " + secrets.get("hf_access_token"), sentence)
                .textIfOk();
    }
}
