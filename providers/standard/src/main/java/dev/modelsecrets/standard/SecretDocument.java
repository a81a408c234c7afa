package dev.modelsecrets.standard;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.standard.internal.DocumentValue;
import dev.modelsecrets.standard.internal.JsonSecrets;
import dev.modelsecrets.standard.internal.MalformedException;
import dev.modelsecrets.standard.internal.NearMiss;
import dev.modelsecrets.standard.internal.YamlSecrets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON or YAML document whose keys are secrets, with each value as it was written.
 *
 * <p>Numbers keep their digits: {@code 12345678901234567890}, {@code 1.10} and, in YAML, {@code 0123} come back
 * unchanged. A null is a key without a value. In JSON, an object or array is compact JSON; in YAML, a map or list under
 * a key fails for that key only. Duplicate keys, trailing text, YAML aliases and a byte order mark are refused.
 * Whatever goes wrong is said without quoting the document.
 *
 * <p>The rules are those that {@code AUTH_SECRET} and {@code ~/.truss/config.yaml} are read by. Immutable and
 * thread-safe; {@code toString} gives the number of keys.
 *
 * <pre>{@code
 * SecretDocument document = SecretDocument.json(text);
 * Lookup password = document.find("password", "secret/demo");
 * }</pre>
 */
public final class SecretDocument {

    private final Map<String, DocumentValue> values;
    private final NearMiss keys;

    private SecretDocument(Map<String, DocumentValue> values) {
        this.values = values;
        keys = new NearMiss(values.keySet());
    }

    /**
     * Tells whether a text is meant as a JSON object: its first character other than white space is an opening brace.
     *
     * @param text any text
     * @return false if it is opaque, and {@link #json} would refuse it
     */
    public static boolean isJsonObject(String text) {
        return JsonSecrets.looksLikeObject(text);
    }

    /**
     * Reads a JSON object.
     *
     * @param text the whole document
     * @return its top-level keys
     * @throws MalformedDocumentException if it is not one JSON object with distinct keys; the message says line and
     *     column
     */
    public static SecretDocument json(String text) {
        if (!isJsonObject(text)) {
            throw new MalformedDocumentException("is not a JSON object");
        }
        try {
            Map<String, DocumentValue> values = new LinkedHashMap<>();
            JsonSecrets.parse(text).forEach((key, value) -> values.put(key, DocumentValue.of(value)));
            return new SecretDocument(values);
        } catch (MalformedException e) {
            throw new MalformedDocumentException(e.problem());
        }
    }

    /**
     * Reads a YAML map.
     *
     * @param text the whole document; an empty one has no keys
     * @return its top-level keys
     * @throws MalformedDocumentException if it is not one YAML map with distinct keys; the message says line and column
     */
    public static SecretDocument yaml(String text) {
        try {
            return new SecretDocument(YamlSecrets.parseRoot(text).values());
        } catch (MalformedException e) {
            throw new MalformedDocumentException(e.problem());
        }
    }

    /**
     * Returns the keys.
     *
     * @return an immutable set in the order of the document
     */
    public Set<String> keys() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /**
     * Returns the value of a key as it was written, which may be blank.
     *
     * @param key a key
     * @return its value; empty if there is no such key, or it is null
     * @throws MalformedDocumentException if the value is a YAML map or list, or has a tag
     */
    public Optional<String> value(String key) {
        DocumentValue value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value.problem() != null) {
            throw new MalformedDocumentException("has a key, at " + value.place() + ", that " + value.problem());
        }
        return Optional.ofNullable(value.text());
    }

    /**
     * Looks a key up for a provider.
     *
     * @param key a key
     * @param document the document's name for people: a variable, a file, a path in a store
     * @return found at "(document) key (key)"; absent with near misses if there is no such key, or it is null or blank;
     *     failed if the value is a YAML map or list, or has a tag
     */
    public Lookup find(String key, String document) {
        DocumentValue value = values.get(key);
        if (value == null) {
            return Lookup.absent(() -> document + " has no key " + key + keys.remark(key));
        }
        if (value.problem() != null) {
            return Lookup.failed(document + ": the key " + key + " at " + value.place() + " " + value.problem());
        }
        return value.text() == null
                ? Lookup.absent(document + " has the key " + key + " as null")
                : Lookup.found(value.text(), document + " key " + key);
    }

    /** Returns the number of keys, never one of them. */
    @Override
    public String toString() {
        return "SecretDocument[" + values.size() + " keys]";
    }
}
