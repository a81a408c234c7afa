package dev.modelsecrets.examples.serving;

import java.io.IOException;
import java.util.Map;

/** A model that takes its secrets as a plain map, and logs more than it should. */
public final class SentimentModel implements Model {

    private final Map<String, String> secrets;
    private final Upstream service;
    private final ServerLog log;

    /** Takes what the server has for it. */
    public SentimentModel(Map<String, String> secrets, Upstream service, ServerLog log) {
        this.secrets = secrets;
        this.service = service;
        this.log = log;
    }

    @Override
    public String predict(String input) throws IOException {
        String token = secrets.getOrDefault("hf_access_token", "");
        // People do this, and it is why the log goes through the redactor.
        log.line("sentiment: calling the service with Authorization: Bearer " + token);
        return service.call(token, secrets.getOrDefault("hf_endpoint_key", ""));
    }
}
