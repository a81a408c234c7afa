package dev.modelsecrets.spring.actuator;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.spring.config.ApplicationSecrets;
import dev.modelsecrets.spring.config.ShownText;
import java.util.List;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Sanitises what the actuator shows by value: a property that is a secret or was bound to one, and one that a
 * placeholder put a secret into. Thread-safe.
 */
final class SecretsSanitizer implements SanitizingFunction {

    private final List<RefreshingSecrets> secrets;

    SecretsSanitizer(List<RefreshingSecrets> secrets) {
        this.secrets = secrets;
    }

    @Override
    public SanitizableData apply(SanitizableData data) {
        Object value = data.getValue();
        if (value == null) {
            return data;
        }
        if (ApplicationSecrets.isSource(data.getPropertySource())) {
            return data.withSanitizedValue();
        }
        String text = value.toString();
        String shown = text;
        for (RefreshingSecrets refreshing : secrets) {
            shown = ShownText.withoutValues(shown, refreshing);
        }
        return shown.equals(text) ? data : data.withValue(shown);
    }
}
