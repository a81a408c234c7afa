package dev.modelsecrets.logback;

import org.jspecify.annotations.Nullable;

/** Redacts the texts of one event and knows whether there was a secret in any of them. */
final class Texts {

    private final Redactions redactions;
    private boolean found;

    Texts(Redactions redactions) {
        this.redactions = redactions;
    }

    @Nullable
    String redact(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String redacted = redactions.redact(text);
        found |= !redacted.equals(text);
        return redacted;
    }

    boolean isFound() {
        return found;
    }
}
