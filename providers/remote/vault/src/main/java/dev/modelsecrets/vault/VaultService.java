package dev.modelsecrets.vault;

import dev.modelsecrets.remote.internal.Answer;
import dev.modelsecrets.remote.internal.Deadline;
import dev.modelsecrets.remote.internal.RemoteService;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Logical;
import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import io.github.jopenlibs.vault.json.ParseException;
import io.github.jopenlibs.vault.rest.RestResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads secrets of one KV mount, and says in words what Vault answers. Thread-safe. */
final class VaultService implements RemoteService {

    private final String description;
    private final String mount;
    private final int engineVersion;
    private final Map<String, Integer> versions;
    private final Sessions sessions;
    private final Problems problems;

    VaultService(
            String description,
            String mount,
            int engineVersion,
            Map<String, Integer> versions,
            Sessions sessions,
            Problems problems) {
        this.description = description;
        this.mount = mount;
        this.engineVersion = engineVersion;
        this.versions = versions;
        this.sessions = sessions;
        this.problems = problems;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String where(String secret) {
        Integer version = versions.get(secret);
        return path(secret) + (version == null ? "" : " version " + version);
    }

    /** Returns the path as policies have it. */
    private String path(String secret) {
        return mount + (engineVersion == 2 ? "/data/" : "/") + secret;
    }

    @Override
    public Map<String, Answer> read(Set<String> secrets, Deadline deadline) throws InterruptedException {
        Map<String, Answer> answers = new HashMap<>();
        for (String secret : secrets) {
            answers.put(secret, read(secret, deadline));
        }
        return answers;
    }

    private Answer read(String secret, Deadline deadline) throws InterruptedException {
        String path;
        try {
            path = KvPath.encoded(mount) + "/" + KvPath.encoded(secret);
        } catch (IllegalArgumentException e) {
            return Answer.failed(String.valueOf(e.getMessage()));
        }
        try {
            Session session = sessions.current(deadline);
            Reply reply = get(session.logical, path, versions.get(secret));
            if (reply.status == 403 && reply.json != null) {
                if (!reply.says("invalid token") && sessions.isGood(session)) {
                    return denied(secret);
                }
                session = sessions.replace(session, deadline);
                reply = get(session.logical, path, versions.get(secret));
            }
            return answer(secret, reply);
        } catch (VaultException e) {
            return problems.of(e);
        } catch (Refused e) {
            return e.answer();
        }
    }

    private static Reply get(Logical logical, String path, @Nullable Integer version) throws VaultException {
        return new Reply((version == null ? logical.read(path) : logical.read(path, true, version)).getRestResponse());
    }

    private Answer answer(String secret, Reply reply) {
        boolean known = reply.status == 200 || reply.status == 403 || reply.status == 404;
        if (known && reply.json == null) {
            return problems.noJson(reply.status);
        }
        return switch (reply.status) {
            case 200 -> value(secret, reply);
            case 403 -> denied(secret);
            case 404 -> missing(secret, reply);
            case 400, 405 -> odd(secret, reply);
            default -> problems.status(reply.status, reply.text);
        };
    }

    private Answer denied(String secret) {
        return Answer.denied(
                description + " refuses to read " + path(secret) + ": grant the capability read on that path");
    }

    /** The keys and values as Vault wrote them, for the common rules of JSON documents to read. */
    private Answer value(String secret, Reply reply) {
        JsonObject data = member(reply.json, "data");
        if (engineVersion == 2) {
            data = member(data, "metadata") == null ? null : member(data, "data");
        }
        if (data == null) {
            return Answer.failed(where(secret) + " is no secret of a KV version " + engineVersion
                    + " engine: check mount(..) and engineVersion(..)");
        }
        return Answer.text(data.toString());
    }

    private Answer missing(String secret, Reply reply) {
        JsonObject metadata = member(member(reply.json, "data"), "metadata");
        if (metadata != null) {
            return gone(secret, metadata);
        }
        if (reply.says("Invalid path for a versioned")) {
            return Answer.failed(description + " has a KV version 2 engine at " + mount + ": use engineVersion(2)");
        }
        if (reply.says("no handler for route")) {
            return Answer.failed(description + " has nothing mounted at " + mount + ": use mount(..)");
        }
        JsonValue errors = reply.json == null ? null : reply.json.get("errors");
        if (errors == null || !errors.isArray() || !errors.asArray().isEmpty()) {
            return problems.status(reply.status, reply.text);
        }
        return Answer.absent(where(secret) + " does not exist in " + description);
    }

    /** Vault says so to a path of another engine, or in another namespace. */
    private Answer odd(String secret, Reply reply) {
        return reply.json == null
                ? problems.status(reply.status, reply.text)
                : Answer.failed(description + " calls the path " + path(secret) + " invalid (" + reply.status
                        + "): check mount(..), engineVersion(..) and namespace(..)");
    }

    private Answer gone(String secret, JsonObject metadata) {
        boolean destroyed = metadata.getBoolean("destroyed", false);
        return Answer.failed("version " + metadata.getLong("version", 0) + " of " + path(secret) + " is "
                + (destroyed ? "destroyed: write a new one" : "deleted: undelete it, or write a new one"));
    }

    private static @Nullable JsonObject member(@Nullable JsonObject object, String name) {
        JsonValue value = object == null ? null : object.get(name);
        return value != null && value.isObject() ? value.asObject() : null;
    }

    @Override
    public void close() {
        sessions.close();
    }

    /** An answer of Vault. A class, so that no generated method shows it. */
    private static final class Reply {

        final int status;
        final String text;
        final @Nullable JsonObject json;

        Reply(RestResponse response) {
            this.status = response.getStatus();
            this.text = new String(response.getBody(), StandardCharsets.UTF_8);
            this.json = parsed(text);
        }

        private static @Nullable JsonObject parsed(String text) {
            try {
                JsonValue value = Json.parse(text);
                return value.isObject() ? value.asObject() : null;
            } catch (ParseException e) {
                return null;
            }
        }

        boolean says(String words) {
            return text.contains(words);
        }
    }
}
