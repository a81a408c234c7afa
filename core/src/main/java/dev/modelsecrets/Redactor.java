package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelsecrets.internal.MultiPattern;
import dev.modelsecrets.internal.RedactingOutputStream;
import dev.modelsecrets.internal.RedactingWriter;
import dev.modelsecrets.internal.SecretForms;
import java.io.OutputStream;
import java.io.Writer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

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

    /** How many values that are no longer in use are still replaced. */
    private static final int MOST_OLD_VALUES = 10_000;

    private final int minimumLength;

    /** What is replaced, by value, the longest unused first; guarded by this. */
    private final Map<String, Known> knownByValue = new LinkedHashMap<>();

    private volatile MultiPattern characters = new MultiPattern(Map.of());
    private volatile MultiPattern bytes = new MultiPattern(Map.of());

    private Redactor(int minimumLength) {
        if (minimumLength < 1) {
            throw new IllegalArgumentException("the minimum length must be at least 1");
        }
        this.minimumLength = minimumLength;
    }

    static Redactor of(Collection<Secrets> snapshots, int minimumLength) {
        Redactor redactor = new Redactor(minimumLength);
        redactor.include(snapshots);
        return redactor;
    }

    /** Adds the values of other snapshots, the one in use last; those known before are still replaced. */
    synchronized void include(Collection<Secrets> snapshots) {
        boolean more = false;
        Set<String> tooShort = new LinkedHashSet<>();
        int inUse = 0;
        for (Secrets secrets : snapshots) {
            inUse = secrets.size();
            for (Map.Entry<String, String> secret : secrets.entrySet()) {
                String value = secret.getValue();
                if (value.isBlank()) {
                    continue;
                }
                Known known = knownByValue.remove(value);
                if (known == null) {
                    more = true;
                    known = new Known(secret.getKey(), SecretForms.of(value, minimumLength));
                    if (value.length() < minimumLength) {
                        tooShort.add(secret.getKey());
                    }
                }
                knownByValue.put(value, known);
            }
        }
        Iterator<Known> oldest = knownByValue.values().iterator();
        for (int i = knownByValue.size(); i > MOST_OLD_VALUES + inUse; i--) {
            oldest.next();
            oldest.remove();
        }
        if (!tooShort.isEmpty()) {
            Gate.warn("These secrets have less than " + minimumLength + " characters and are not redacted: "
                    + String.join(", ", tooShort));
        }
        if (more) {
            prepare();
        }
    }

    private void prepare() {
        Map<String, String> replacements = new HashMap<>();
        for (Map.Entry<String, Known> known : knownByValue.entrySet()) {
            // A value as it is goes by its own name, even where it is also a line or a field of another one.
            if (known.getKey().length() >= minimumLength) {
                replacements.put(known.getKey(), known.getValue().replacement());
            }
        }
        for (Known known : knownByValue.values()) {
            for (String form : known.forms) {
                replacements.putIfAbsent(form, known.replacement());
            }
        }
        Map<String, String> asBytes = new HashMap<>();
        for (Map.Entry<String, String> form : replacements.entrySet()) {
            asBytes.put(RedactingOutputStream.bytesOf(form.getKey()), form.getValue());
        }
        characters = new MultiPattern(replacements);
        bytes = asBytes.equals(replacements) ? characters : new MultiPattern(asBytes);
    }

    /** A name and the forms of its value. A class, so that no generated method shows them. */
    private static final class Known {

        final String name;
        final Set<String> forms;

        Known(String name, Set<String> forms) {
            this.name = name;
            this.forms = forms;
        }

        String replacement() {
            return "[secret:" + name + "]";
        }
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
