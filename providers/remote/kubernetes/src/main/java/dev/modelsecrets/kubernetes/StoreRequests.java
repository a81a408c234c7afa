package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.store.SecretStoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The requests of one transaction of a store, with their refusals in words; used by one thread. */
final class StoreRequests {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KubernetesApi api;
    private final Connection connection;
    private final Deadline deadline;

    StoreRequests(KubernetesApi api, Connection connection, Duration limit) {
        this.api = api;
        this.connection = connection;
        this.deadline = Deadline.in(limit);
    }

    KubernetesApi api() {
        return api;
    }

    String where(String object) {
        return connection.where(object);
    }

    /** Returns all objects of the store, as they are at one moment. */
    List<StoredObject> list() {
        Object list = parsed(send(
                "list Secrets",
                "GET",
                api.secrets() + "?labelSelector=" + StoredObject.LABEL.replace("/", "%2F") + "%3D"
                        + StoredObject.MANAGER,
                null));
        List<StoredObject> objects = new ArrayList<>();
        if (KubernetesApi.part(list, "items") instanceof List<?> items) {
            for (Object item : items) {
                StoredObject.read(api, item).ifPresent(objects::add);
            }
        }
        return objects;
    }

    /** Creates an object, unless there is one; empty then. */
    Optional<StoredObject> create(Map<String, Object> object) {
        KubernetesApi.Reply reply = send("create " + name(object), "POST", api.secrets(), api.write(object), 409);
        return reply.status == 409 ? Optional.empty() : Optional.of(stored(reply));
    }

    /** Replaces an object that has the version it was read with; empty if it is another one, or gone. */
    Optional<StoredObject> update(Map<String, Object> object) {
        String path = api.secret(StoredObject.text(object, "metadata", "name"));
        KubernetesApi.Reply reply = send("update " + name(object), "PUT", path, api.write(object), 404, 409);
        return reply.status > 299 ? Optional.empty() : Optional.of(stored(reply));
    }

    /** Deletes an object that has the version it was read with; false if it is another one, or gone. */
    boolean delete(StoredObject object) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("apiVersion", "v1");
        options.put("kind", "DeleteOptions");
        options.put("preconditions", Map.of("resourceVersion", object.resourceVersion()));
        return send(
                                "delete " + where(object.objectName()),
                                "DELETE",
                                api.secret(object.objectName()),
                                api.write(options),
                                404,
                                409)
                        .status
                < 300;
    }

    private String name(Map<String, Object> object) {
        return where(StoredObject.text(object, "metadata", "name"));
    }

    private StoredObject stored(KubernetesApi.Reply reply) {
        return StoredObject.read(api, parsed(reply)).orElseThrow(this::noApiServer);
    }

    private Object parsed(KubernetesApi.Reply reply) {
        Object parsed = api.parse(reply.body);
        if (parsed == null) {
            throw noApiServer();
        }
        return parsed;
    }

    private SecretStoreException noApiServer() {
        return new SecretStoreException(
                connection.description() + " does not answer as an API server does: check the address");
    }

    /** Returns an answer that is a success, or one of the statuses that are expected. */
    private KubernetesApi.Reply send(
            String what, String method, String path, @Nullable String body, Integer... expected) {
        try {
            while (true) {
                KubernetesApi.Reply reply = api.send(method, path, body, deadline);
                if (reply.status / 100 == 2 || List.of(expected).contains(reply.status)) {
                    return reply;
                }
                Duration pause = reply.retryAfter == null ? PAUSE : reply.retryAfter;
                // Only what is throttled was certainly not carried out.
                if (reply.status != 429 || pause.compareTo(deadline.remaining()) >= 0) {
                    throw new SecretStoreException(refusal(what, reply.status));
                }
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretStoreException(
                    "the thread was interrupted while it waited for " + connection.description());
        } catch (TimeoutException e) {
            throw new SecretStoreException(
                    connection.description() + " did not answer within " + deadline + " when asked to " + what);
        } catch (IOException e) {
            throw new SecretStoreException(connection.description() + " " + Words.unreachable(e));
        }
    }

    private String refusal(String what, int status) {
        String server = connection.description();
        return switch (status) {
            case 401 -> server + " does not accept the login: the token is missing, wrong or expired";
            case 403 ->
                server + " refuses to " + what + ": let a Role of this account grant the verbs list, create,"
                        + " update and delete on the resource secrets in the namespace " + api.namespace();
            case 404 -> "the namespace " + api.namespace() + " does not exist in " + server;
            case 422 -> server + " refuses to " + what + ", as the object is not valid there (422): is it immutable?";
            default -> server + " answers " + status + " when asked to " + what;
        };
    }
}
