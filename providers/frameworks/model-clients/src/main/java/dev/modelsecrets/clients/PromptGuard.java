package dev.modelsecrets.clients;

import dev.modelsecrets.Redactor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Treats the texts of a prompt: redacts the secrets in them, or refuses the prompt.
 *
 * <p>By value, and so for values that were resolved only: a paraphrase, a part of a value, or a secret that nobody
 * declared is not found. Thread-safe.
 */
public final class PromptGuard {

    private final Redactor redactor;
    private final boolean refusing;

    private PromptGuard(Redactor redactor, boolean refusing) {
        this.redactor = redactor;
        this.refusing = refusing;
    }

    /**
     * Returns a guard that replaces a secret by {@code [secret:NAME]}.
     *
     * @param redactor knows the secrets
     * @return the guard
     */
    public static PromptGuard redacting(Redactor redactor) {
        return new PromptGuard(redactor, false);
    }

    /**
     * Returns a guard that throws {@link SecretInPromptException} where there is a secret.
     *
     * @param redactor knows the secrets
     * @return the guard
     */
    public static PromptGuard refusing(Redactor redactor) {
        return new PromptGuard(redactor, true);
    }

    /**
     * Returns a text without secrets.
     *
     * @param text a text of the prompt
     * @param part what it is, for the exception's message
     * @return the text; the same object if there is no secret in it
     * @throws SecretInPromptException if this guard refuses and there is a secret in it
     */
    public String clean(String text, String part) {
        String redacted = redactor.redact(text);
        if (refusing && !redacted.equals(text)) {
            throw new SecretInPromptException(part);
        }
        return redacted;
    }

    /**
     * Returns a structure of maps, lists and texts without secrets; other objects stay as they are.
     *
     * @param values a structure of the prompt
     * @param part what it is, for the exception's message
     * @return a copy
     * @throws SecretInPromptException if this guard refuses and there is a secret in it
     */
    public Map<String, Object> clean(Map<String, Object> values, String part) {
        Map<String, Object> cleaned = new LinkedHashMap<>();
        values.forEach((key, value) -> cleaned.put(clean(key, part), cleanValue(value, part)));
        return cleaned;
    }

    private @Nullable Object cleanValue(@Nullable Object value, String part) {
        if (value instanceof String text) {
            return clean(text, part);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> cleanValue(element, part)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> cleaned = new LinkedHashMap<>();
            map.forEach((key, element) -> cleaned.put(cleanValue(key, part), cleanValue(element, part)));
            return cleaned;
        }
        return value;
    }
}
