package dev.modelsecrets.spring.actuator;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.spring.config.ApplicationSecrets;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Sanitises what the actuator shows by value: a property that is a secret or was bound to one, and one that a placeholder put a
 * secret into. Thread-safe.
 */
final class SecretsSanitizer implements SanitizingFunction {

    /** In parts of a text, shorter values would hit ordinary words. */
    private static final int SHORTEST_PART = 4;

    private final RefreshingSecrets secrets;

    SecretsSanitizer(RefreshingSecrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public SanitizableData apply(SanitizableData data) {
        Object value = data.getValue();
        if (value == null) {
            return data;
        }
        String text = value.toString();
        if (ApplicationSecrets.isSource(data.getPropertySource())
                || secrets.get().containsValue(text)) {
            return data.withSanitizedValue();
        }
        String redacted = secrets.redactor(SHORTEST_PART).redact(text);
        return redacted.equals(text) ? data : data.withValue(redacted);
    }
}
