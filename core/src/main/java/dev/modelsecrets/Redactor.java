package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelsecrets.internal.MultiPattern;
import dev.modelsecrets.internal.RedactingOutputStream;
import dev.modelsecrets.internal.RedactingWriter;
import dev.modelsecrets.internal.SecretForms;
import java.io.OutputStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces secret values in text by {@code [secret:NAME]}: by value, never by guessing from a key's name.
 *
 * <p>It knows each value as it is, line by line, URL-encoded, JSON-escaped, in base64 (both alphabets, at any
 * alignment), and the fields inside a JSON value. Of several that start at one place the longest is replaced. Values
 * under a minimum length are left alone, because they would hit ordinary words. What a text holds in other forms (hex,
 * compressed, encrypted, split up) is not found. Thread-safe.
 *
 * @see Secrets#redactor()
 * @see RefreshingSecrets#redactor()
 */
public final class Redactor {

    static final int DEFAULT_MINIMUM_LENGTH = 8;

    private final int minimumLength;

    /** Every value known so far and the name it is replaced by; guarded by this. */
    private final Map<String, String> nameByValue = new LinkedHashMap<>();

    private volatile MultiPattern characters = new MultiPattern(Map.of());
    private volatile MultiPattern bytes = new MultiPattern(Map.of());

    private Redactor(int minimumLength) {
        if (minimumLength < 1) {
            throw new IllegalArgumentException("the minimum length must be at least 1");
        }
        this.minimumLength = minimumLength;
    }

    static Redactor of(Secrets secrets, int minimumLength) {
        Redactor redactor = new Redactor(minimumLength);
        redactor.include(secrets);
        return redactor;
    }

    /** Adds the values of another snapshot; those known before are still replaced. */
    synchronized void include(Secrets secrets) {
        boolean more = false;
        List<String> tooShort = new ArrayList<>();
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            String value = secret.getValue();
            boolean isNew = !value.isBlank() && nameByValue.putIfAbsent(value, secret.getKey()) == null;
            more |= isNew;
            if (isNew && value.length() < minimumLength) {
                tooShort.add(secret.getKey());
            }
        }
        if (!tooShort.isEmpty()) {
            Log.warn("These secrets have less than " + minimumLength + " characters and are not redacted: "
                    + String.join(", ", tooShort));
        }
        if (more) {
            prepare();
        }
    }

    private void prepare() {
        Map<String, String> forCharacters = new HashMap<>();
        Map<String, String> forBytes = new HashMap<>();
        for (Map.Entry<String, String> known : nameByValue.entrySet()) {
            String replacement = "[secret:" + known.getValue() + "]";
            for (String form : SecretForms.of(known.getKey(), minimumLength)) {
                forCharacters.putIfAbsent(form, replacement);
                forBytes.putIfAbsent(RedactingOutputStream.bytesOf(form), replacement);
            }
        }
        characters = new MultiPattern(forCharacters);
        bytes = new MultiPattern(forBytes);
    }

    /**
     * Returns a text without the secrets.
     *
     * @param text any text
     * @return the text with every secret replaced; the same object if there is none in it
     */
    public String redact(String text) {
        MultiPattern patterns = characters;
        if (patterns.isEmpty()) {
            return text;
        }
        char[] all = text.toCharArray();
        if (!patterns.occursIn(all)) {
            return text;
        }
        StringBuilder redacted = new StringBuilder(all.length);
        patterns.replace(all, 0, all.length, all.length, redacted);
        return redacted.toString();
    }

    /**
     * Wraps a writer so that no secret gets through, not even one that is written in pieces.
     *
     * <p>An end of the text that may be the beginning of a secret is kept back, also by {@code flush}, until more text
     * or the close decides; nothing is lost.
     *
     * @param out the writer to pass on to; closing the wrapper closes it
     * @return a thread-safe writer
     */
    public Writer wrap(Writer out) {
        return new RedactingWriter(out, () -> characters);
    }

    /**
     * Wraps a stream of UTF-8 text (or ASCII) so that no secret gets through, not even one that is written in pieces.
     *
     * <p>An end of the text that may be the beginning of a secret is kept back, also by {@code flush}, until more text
     * or the close decides; nothing is lost.
     *
     * @param out the stream to pass on to; closing the wrapper closes it
     * @return a thread-safe stream
     */
    public OutputStream wrap(OutputStream out) {
        return new RedactingOutputStream(out, () -> bytes);
    }

    /** Says what it is, nothing of what it knows. */
    @Override
    @JsonValue
    public String toString() {
        return "Redactor";
    }
}
