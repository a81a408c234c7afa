package dev.modelsecrets.remote;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.remote.Answer.Absent;
import dev.modelsecrets.remote.Answer.Denied;
import dev.modelsecrets.remote.Answer.Document;
import dev.modelsecrets.remote.Answer.Failed;
import dev.modelsecrets.remote.Answer.Text;
import dev.modelsecrets.remote.Answer.Unavailable;
import dev.modelsecrets.standard.MalformedDocumentException;
import dev.modelsecrets.standard.SecretDocument;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From the content of remote secrets to values: whole texts, keys, and JSON by the rules of {@code AUTH_SECRET}. */
final class Values {

    private Values() {}

    /** Returns the lookup that an answer comes to as a whole. */
    static Lookup lookup(Answer answer, String where) {
        if (answer instanceof Text text) {
            return expiring(Lookup.found(text.value, where), text.expiresAt);
        }
        if (answer instanceof Absent absent) {
            return Lookup.absent(absent.reason);
        }
        if (answer instanceof Denied denied) {
            return Lookup.denied(denied.problem);
        }
        if (answer instanceof Failed failed) {
            return Lookup.failed(failed.problem);
        }
        return Lookup.failed(
                answer instanceof Unavailable unavailable
                        ? unavailable.problem
                        : where + " has keys: choose one with key(..), or use keysOf(..)");
    }

    /** Returns what gives the lookup of each key of an answer. */
    static Function<String, Lookup> keys(Answer answer, String where) {
        if (answer instanceof Document document) {
            return key -> key(document, key, where);
        }
        if (!(answer instanceof Text text)) {
            Lookup same = lookup(answer, where);
            return key -> same;
        }
        Lookup whole = lookup(text, where);
        if (whole.isAbsent()) {
            return key -> whole;
        }
        if (!SecretDocument.isJsonObject(text.value)) {
            return key -> Lookup.failed(where + " is not a JSON object, so it has no keys");
        }
        try {
            SecretDocument json = SecretDocument.json(text.value);
            return key -> expiring(json.find(key, where), text.expiresAt);
        } catch (MalformedDocumentException e) {
            Lookup failed = Lookup.failed(where + " " + e.fault());
            return key -> failed;
        }
    }

    private static Lookup key(Document document, String key, String where) {
        return document.keys.contains(key)
                ? lookup(document.value(key), where + " key " + key)
                : Lookup.absent(() -> where + " has no key " + key + nearMiss(key, document.keys));
    }

    /** Points at a key that differs in nothing but upper and lower case or '-', '_' and '.'. */
    private static String nearMiss(String wanted, Set<String> keys) {
        return keys.stream()
                .filter(key -> fold(key).equals(fold(wanted)))
                .findFirst()
                .map(near -> " (" + near + " is there: names must match exactly)")
                .orElse("");
    }

    private static String fold(String key) {
        return key.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    private static Lookup expiring(Lookup lookup, @Nullable Instant expiresAt) {
        return expiresAt == null || !lookup.isFound()
                ? lookup
                : Lookup.found(lookup.value(), lookup.location(), expiresAt);
    }
}
