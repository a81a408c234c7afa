package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelsecrets.internal.Needles;
import dev.modelsecrets.internal.RedactingOutputStream;
import dev.modelsecrets.internal.RedactingWriter;
import dev.modelsecrets.internal.Redaction;
import dev.modelsecrets.internal.Search;
import dev.modelsecrets.internal.SecretForms;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * Replaces secret values in text by {@code [secret:NAME]}: by value, never by guessing from words around it.
 *
 * <pre>{@code
 * Redactor redactor = secrets.redactor();
 * log(redactor.redact("Authorization: Bearer " + token)); // Authorization: Bearer [secret:hf_access_token]
 * }</pre>
 *
 * <p>A value is found as it is, in base64 (both alphabets, at any alignment) and in hex; each of these with any of its
 * characters escaped, whatever the writer: percent-encoding, JSON, Java and {@code .properties} escapes, XML and HTML
 * entities, quotes of shells and SQL, line breaks inside base64 and folded YAML; also two of them one after the other,
 * such as JSON in JSON. What is compressed, encrypted, hashed or cut up by other text is not found. Where values
 * overlap, all of them are replaced together, by the name of the one that begins first.
 *
 * <p>Of a structured value the secret parts are found on their own, too:
 *
 * <ul>
 *   <li>JSON, XML, and files of {@code key = value} or {@code key: value}: the values, except URLs, e-mail addresses,
 *       dates and those of public fields ({@code type}, {@code project_id}, {@code region}, {@code username}, ..);
 *   <li>PEM: the body, not the armour; other text of several lines: each line;
 *   <li>a URL, a data source name or pairs in one line: the password, the user and password together, secret query
 *       values;
 *   <li>text in base64 or percent-encoding: what it decodes to.
 * </ul>
 *
 * <p>The default of a declaration is public and left alone. So are values and parts under a minimum length, because
 * they would hit ordinary words. A redactor is handed out like the secrets themselves, for one model: whoever can ask
 * it can tell whether a guess was right. Thread-safe.
 *
 * @see Secrets#redactor()
 * @see RefreshingSecrets#redactor()
 */
public final class Redactor {

    static final int DEFAULT_MINIMUM_LENGTH = 8;

    private final transient KnownValues known;
    private final int minimumLength;
    private transient volatile Needles needles = new Needles();

    Redactor(KnownValues known, int minimumLength) {
        if (minimumLength < 1) {
            throw new IllegalArgumentException("the minimum length must be at least 1");
        }
        this.known = known;
        this.minimumLength = minimumLength;
    }

    void add(String name, String value) {
        SecretForms.addTo(needles, name, value, minimumLength);
    }

    void replace(Needles replacement) {
        needles = replacement;
    }

    /**
     * Returns a text without the secrets.
     *
     * @param text any text
     * @return the text with every secret replaced; the same object if there is none in it
     */
    public String redact(String text) {
        return Redaction.of(needles, text);
    }

    /**
     * Returns text in UTF-8 (or ASCII) without the secrets, as {@link #redact(String)} does. Bytes that are no UTF-8
     * are left as they are. Where there is nothing to replace and no escape, this makes no objects.
     *
     * @param utf8 any text, from the buffer's position to its limit; both stay where they are
     * @return the text with every secret replaced, a whole new array; the same object if there is none in it
     */
    public ByteBuffer redact(ByteBuffer utf8) {
        return Redaction.of(needles, utf8);
    }

    /**
     * Tells where secrets stand in a text, by the same rule as {@link #redact(String)}.
     *
     * @param text any text
     * @return a finding for each place that {@code redact} would replace, in the order of the text
     */
    public List<Finding> find(String text) {
        return Search.of(needles, text, true).found().stream()
                .map(found -> new Finding(found.name(), found.start()))
                .toList();
    }

    /**
     * A place in a text where a secret stands.
     *
     * @param name the secret's name
     * @param position of its first character
     */
    public record Finding(String name, int position) {

        /** Checks the arguments. */
        public Finding {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * Adds a value that no provider returned, such as a session token obtained with a secret.
     *
     * <p>It is known as long as there is room: learned values and values that are no longer in use share 8 MiB, which
     * is some 2,500 tokens, and the oldest are forgotten. A value of more than 200,000 characters is not taken. One
     * that is learned again counts as new. Other redactors of the same secrets learn it, too.
     *
     * @param name what to put in its place, as a secret's name
     * @param value the value; left alone if it is shorter than the minimum length
     * @throws InvalidSecretNameException if the name cannot be a secret's
     */
    public void learn(String name, String value) {
        known.learn(name, value);
    }

    /**
     * Wraps a writer so that no secret gets through, not even one that is written in pieces.
     *
     * <p>An end of the text that may be the beginning of a secret is kept back until more text or the close decides.
     * A {@code flush} passes it on if nothing was written for 200 milliseconds; a whole secret is never passed on.
     *
     * @param out the writer to pass on to; closing the wrapper closes it
     * @return a thread-safe writer
     */
    public Writer wrap(Writer out) {
        return new RedactingWriter(out, () -> needles);
    }

    /**
     * Wraps a stream of UTF-8 text (or ASCII) so that no secret gets through, not even one that is written in pieces.
     *
     * <p>An end of the text that may be the beginning of a secret is kept back until more text or the close decides.
     * A {@code flush} passes it on if nothing was written for 200 milliseconds; a whole secret is never passed on.
     *
     * @param out the stream to pass on to; closing the wrapper closes it
     * @return a thread-safe stream
     */
    public OutputStream wrap(OutputStream out) {
        return new RedactingOutputStream(out, () -> needles);
    }

    /** Says what it is, nothing of what it knows. */
    @Override
    @JsonValue
    public String toString() {
        return "Redactor";
    }
}
