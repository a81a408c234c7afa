package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.ConnectionFailures;
import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.HttpReply;
import dev.modelsecrets.store.SecretStoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The requests of one operation of a store, with their refusals in words; used by one thread. */
final class StoreRequests {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KubernetesConnection connection;
    private final KubernetesFailures failures;
    private final Deadline deadline;

    StoreRequests(KubernetesConnection connection, Deadline deadline) {
        this.connection = connection;
        this.failures = new KubernetesFailures(connection);
        this.deadline = deadline;
    }

    String where(String object) {
        return connection.where(object);
    }

    /** Returns all objects of the store, as they are at one moment. */
    List<StoredObject> list() {
        HttpReply reply = send(
                "list Secrets",
                "GET",
                connection.secrets() + "?labelSelector=" + StoredObject.LABEL.replace("/", "%2F") + "%3D"
                        + StoredObject.MANAGER,
                null);
        List<StoredObject> objects = new ArrayList<>();
        for (JsonObject item : parsed(reply).objects("items")) {
            StoredObject.read(item).ifPresent(objects::add);
        }
        return objects;
    }

    /** Returns an object as the server has it, whoever made it; empty if there is none. */
    Optional<JsonObject> get(String object) {
        HttpReply reply = send("read " + where(object), "GET", connection.secret(object), null, 404);
        return reply.status() == 404 ? Optional.empty() : Optional.of(parsed(reply));
    }

    /** Creates an object, unless there is one; empty then. */
    Optional<StoredObject> create(JsonObject object) {
        HttpReply reply = send("create " + name(object), "POST", connection.secrets(), object.write(), 409);
        return reply.status() == 409 ? Optional.empty() : Optional.of(stored(reply));
    }

    /** Replaces an object that has the version it was read with; empty if it is another one, or gone. */
    Optional<StoredObject> update(JsonObject object) {
        String path = connection.secret(object.text("metadata", "name"));
        HttpReply reply = send("update " + name(object), "PUT", path, object.write(), 404, 409);
        return reply.status() > 299 ? Optional.empty() : StoredObject.read(parsed(reply));
    }

    /** Deletes an object that has the version it was read with; false if it is another one, or gone. */
    boolean delete(StoredObject object) {
        JsonObject options = JsonObject.EMPTY
                .with("apiVersion", "v1")
                .with("kind", "DeleteOptions")
                .with("preconditions", JsonObject.EMPTY.with("resourceVersion", object.resourceVersion()));
        HttpReply reply = send(
                "delete " + where(object.objectName()),
                "DELETE",
                connection.secret(object.objectName()),
                options.write(),
                404,
                409);
        return reply.status() < 300;
    }

    private String name(JsonObject object) {
        return where(object.text("metadata", "name"));
    }

    private StoredObject stored(HttpReply reply) {
        return StoredObject.read(parsed(reply)).orElseThrow(this::noApiServer);
    }

    private JsonObject parsed(HttpReply reply) {
        return JsonObject.parse(reply.text()).orElseThrow(this::noApiServer);
    }

    private SecretStoreException noApiServer() {
        return new SecretStoreException(failures.notAnApiServer());
    }

    /** Returns an answer that is a success, or one of the statuses that are expected. */
    private HttpReply send(String what, String method, String path, @Nullable String body, Integer... expected) {
        try {
            while (true) {
                HttpReply reply = connection.send(method, path, body, deadline);
                if (reply.status() / 100 == 2 || List.of(expected).contains(reply.status())) {
                    return reply;
                }
                Duration pause = reply.retryAfter().orElse(PAUSE);
                // Only what is throttled was certainly not carried out.
                if (reply.status() != 429 || pause.compareTo(deadline.remaining()) >= 0) {
                    throw new SecretStoreException(refusal(what, reply.status()));
                }
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (IOException e) {
            throw new SecretStoreException(
                    ConnectionFailures.isTimeout(e)
                            ? failures.server() + " did not answer within " + deadline + " when asked to " + what
                            : unreachable(e));
        } catch (UnusableConfigurationException e) {
            throw new SecretStoreException(e.getMessage());
        }
    }

    /** Waits before somebody else's change is met again. */
    void pause(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private SecretStoreException interrupted() {
        Thread.currentThread().interrupt();
        return new SecretStoreException("the thread was interrupted while it waited for " + failures.server());
    }

    private String unreachable(IOException failure) {
        try {
            return failures.unreachableInWords(failure);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private String refusal(String what, int status) {
        String server = failures.server();
        return switch (status) {
            case 401 -> failures.loginNotAccepted();
            case 403 ->
                server + " refuses to " + what + ": let a Role of this account grant the verbs get, list, create,"
                        + " update and delete on the resource secrets in the namespace "
                        + connection.namespace().orElse("");
            case 404 -> "the namespace " + connection.namespace().orElse("") + " does not exist in " + server;
            case 422 -> server + " refuses to " + what + ", as the object is not valid there (422): is it immutable?";
            default ->
                status / 100 == 3
                        ? failures.redirected(status)
                        : server + " answers " + status + " when asked to " + what;
        };
    }
}
