package dev.modelsecrets.remote;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.remote.Answer.Absent;
import dev.modelsecrets.remote.Answer.Denied;
import dev.modelsecrets.remote.Answer.Document;
import dev.modelsecrets.remote.Answer.Failed;
import dev.modelsecrets.remote.Answer.Text;
import dev.modelsecrets.remote.Answer.Unavailable;
import dev.modelsecrets.standard.internal.JsonSecrets;
import dev.modelsecrets.standard.internal.MalformedException;
import dev.modelsecrets.standard.internal.NearMiss;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the content of remote secrets to values: keys, and JSON by the rules of {@code AUTH_SECRET}. */
final class Values {

    private Values() {}

    /** Returns the lookup that an answer comes to. */
    static Lookup lookup(Answer answer, String where) {
        if (answer instanceof Text text) {
            return text.expiresAt == null
                    ? Lookup.found(text.value, where)
                    : Lookup.found(text.value, where, text.expiresAt);
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
                answer instanceof Unavailable unavailable ? unavailable.problem : "gave an answer of no known kind");
    }

    /** Picks a key of an answer that is a document; one that is none, or cannot be read, stays what it is. */
    static Answer key(Answer answer, String key, String where) {
        Answer parsed = parsed(answer, where);
        if (!(parsed instanceof Document document)) {
            return parsed;
        }
        return document.keys.contains(key)
                ? document.value(key)
                : Answer.absent(where + " has no key " + key + NearMiss.remark(key, document.keys));
    }

    /** Turns a text into the document that its JSON says; every other answer stays what it is. */
    static Answer parsed(Answer answer, String where) {
        if (!(answer instanceof Text text)) {
            return answer;
        }
        if (text.value.isBlank()) {
            return Answer.absent(where + " is blank");
        }
        if (!JsonSecrets.looksLikeObject(text.value)) {
            return Answer.failed(where + " is not a JSON object, so it has no keys");
        }
        try {
            Map<String, @Nullable String> values = JsonSecrets.parse(text.value);
            Answer document = Answer.document(values.keySet(), key -> value(values.get(key), key, where));
            return text.expiresAt == null ? document : document.expiringAt(text.expiresAt);
        } catch (MalformedException e) {
            return Answer.failed(where + " " + e.problem());
        }
    }

    private static Answer value(@Nullable String value, String key, String where) {
        return value != null ? Answer.text(value) : Answer.absent(where + " key " + key + " is null");
    }
}
