package dev.modelsecrets.spring.config;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secrets;
import java.util.Map;

/**
 * Takes values out of a text that Spring Boot is about to show. Not instantiable; thread-safe.
 *
 * <p>A redactor leaves values of less than eight characters alone, because in a log they would hit ordinary words. What
 * is shown here is a property or a failure of one, so shorter ones are replaced too; the shortest only where they stand
 * alone.
 */
public final class ShownText {

    static final int SHORTEST_OF_REDACTOR = 8;
    private static final int SHORTEST_PART = 4;

    private ShownText() {}

    /**
     * Replaces the values of secrets.
     *
     * @param text what is to be shown
     * @param refreshing the secrets
     * @return the text with each value replaced; the same object if there is none in it
     */
    public static String withoutValues(String text, RefreshingSecrets refreshing) {
        String shown = refreshing.redactor().redact(text);
        Secrets secrets = refreshing.get();
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            String value = secret.getValue();
            if (value.length() < SHORTEST_OF_REDACTOR && !value.isBlank() && !secrets.isDefault(secret.getKey())) {
                shown = withoutShort(shown, value, "[secret:" + secret.getKey() + "]");
            }
        }
        return shown;
    }

    private static String withoutShort(String text, String value, String replacement) {
        if (text.equals(value)) {
            return replacement;
        }
        if (value.length() >= SHORTEST_PART) {
            return text.replace(value, replacement);
        }
        return text.replace('"' + value + '"', '"' + replacement + '"')
                .replace("'" + value + "'", "'" + replacement + "'")
                .replace("[" + value + "]", replacement);
    }
}
