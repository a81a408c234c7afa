package dev.modelsecrets.examples.springboot;

import dev.modelsecrets.spring.SecretsChangedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells which generation of its secret the model works with. */
@RestController
class SummarizerController {

    private static final Logger LOG = LoggerFactory.getLogger(SummarizerController.class);

    private final ObjectProvider<HuggingFace> secrets;
    private final ClientProperties client;

    SummarizerController(ObjectProvider<HuggingFace> secrets, ClientProperties client) {
        this.secrets = secrets;
        this.client = client;
        LOG.info("Calls with {}", client.getAuthorization()); // a slip, which the redaction of the log makes good
    }

    /** Returns the last character of what the record and the properties hold: the tests number their values with it. */
    @GetMapping("/generation")
    String generation() {
        String token = secrets.getObject().hfAccessToken().reveal();
        return lastOf(token) + lastOf(client.getAuthorization());
    }

    private static String lastOf(String text) {
        return text.substring(text.length() - 1);
    }

    @EventListener
    void rotated(SecretsChangedEvent event) {
        LOG.info("Rotated: {}", event.names());
    }
}
