package dev.modelsecrets.examples.secretsapi;

import dev.modelsecrets.SecretsException;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.OperationResults;
import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretOperations;
import dev.modelsecrets.store.SecretOperations.Mode;
import dev.modelsecrets.store.StoredSecret;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the API does with a store.
 *
 * <p>{@code /secrets} is OCI's, with verbs that OCI lacks; {@code /metadata}, {@code /deployments}, {@code /templates},
 * {@code /caller} and {@code /audit} are ours. Blocks while the store works. Thread-safe.
 */
final class Endpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

    private final EncryptedSecretStore store;
    private final Documents documents;

    Endpoints(EncryptedSecretStore store) {
        this.store = store;
        this.documents = new Documents(store.namespace());
    }

    /** Carries a request out; throws nothing but Errors. */
    Answer answer(ApiRequest request, String body) {
        try {
            return route(request, body);
        } catch (RefusedRequestException e) {
            return e.answer();
        } catch (SecretsException e) {
            if (StoreErrors.isFailure(e)) {
                LOG.error("{}", e.getMessage());
            }
            return StoreErrors.answer(e);
        } catch (RuntimeException e) {
            // What it says is not known, and may be a value.
            LOG.error("unexpected {}", e.getClass().getName());
            return Answer.error(500, "unexpected failure");
        }
    }

    private Answer route(ApiRequest request, String body) {
        List<String> path = request.path();
        if (request.method().equals("GET")) {
            request.require(Role.READ);
            request.refuse(HttpHeader.IF_MATCH);
        } else {
            request.require(Role.WRITE);
        }
        String pattern = request.method() + " " + path.get(0) + "/_".repeat(path.size() - 1);
        return switch (pattern) {
            case "GET secrets" -> list(request);
            case "POST secrets" -> batch(request, body);
            case "GET secrets/_" -> describe(request, path.get(1), documents::writeOci);
            case "PUT secrets/_" -> put(request, path.get(1), body);
            case "PATCH secrets/_" -> change(request, path.get(1), body);
            case "DELETE secrets/_" -> delete(request, path.get(1), body);
            case "POST secrets/_/_" -> undo(request, path.get(1), path.get(2), body);
            case "GET metadata" -> metadata(request);
            case "GET metadata/_" -> describe(request, path.get(1), documents::writeAll);
            case "GET deployments/_" -> attached(request, path.get(1));
            case "PUT deployments/_/_/_" -> attach(request, path, body);
            case "DELETE deployments/_/_/_" -> detach(request, path, body);
            case "POST deployments/_/_" -> restarted(request, path, body);
            case "GET templates" -> Documents.templates();
            case "GET caller" -> caller(request.caller());
            case "GET audit" -> audit(request);
            default -> unknown(request);
        };
    }

    private static Answer unknown(ApiRequest request) {
        List<String> path = request.path();
        String allowed = switch (path.get(0) + "/_".repeat(path.size() - 1)) {
            case "secrets" -> "GET, HEAD, POST";
            case "secrets/_" -> "GET, HEAD, PUT, PATCH, DELETE";
            case "secrets/_/_", "deployments/_/_" -> "POST";
            case "deployments/_/_/_" -> "PUT, DELETE";
            case "metadata", "metadata/_", "deployments/_", "templates", "caller", "audit" -> "GET, HEAD";
            default -> "";
        };
        return allowed.isEmpty()
                ? Answer.error(404, "there is no such path")
                : Answer.error(405, "this path does not allow the method").with("Allow", allowed);
    }

    private Answer list(ApiRequest request) {
        request.allowParameters("namespace");
        boolean elsewhere = request.parameter("namespace")
                .filter(namespace -> !namespace.equals(store.namespace()))
                .isPresent();
        return Documents.list(elsewhere ? List.of() : store.list(), documents::writeOci);
    }

    private Answer batch(ApiRequest request, String body) {
        request.allowParameters("mode");
        request.refuse(HttpHeader.IF_MATCH, HttpHeader.IF_NONE_MATCH);
        Mode mode = switch (request.parameter("mode").orElse("each")) {
            case "each" -> Mode.EACH;
            case "atomic" -> Mode.ATOMIC;
            default -> throw new RefusedRequestException(400, "mode is each or atomic");
        };
        OperationResults results = SecretOperations.parse(body).apply(storeOf(request), mode);
        results.failure().ifPresent(failure -> LOG.error("{}", failure.getMessage()));
        int status = results.failure().isPresent() ? 500 : results.succeeded() ? 200 : 400;
        return Answer.json(status, json -> json.writeRaw(results.toJson()));
    }

    private Answer describe(ApiRequest request, String name, Documents.Writer writer) {
        request.allowParameters();
        return Documents.one(200, store.describe(name), writer);
    }

    private Answer put(ApiRequest request, String name, String body) {
        request.allowParameters();
        StoredSecret secret = SecretDocument.read(StoredSecret.builder(name), body);
        EncryptedSecretStore changed = storeOf(request);
        OptionalLong version = request.expectedVersion();
        if (request.onlyIfNew()) {
            request.refuse(HttpHeader.IF_MATCH);
            return Documents.one(201, changed.create(secret), documents::writeAll);
        }
        return Documents.one(
                200,
                version.isPresent() ? changed.update(secret, version.getAsLong()) : changed.put(secret),
                documents::writeAll);
    }

    private Answer change(ApiRequest request, String name, String body) {
        request.allowParameters();
        request.refuse(HttpHeader.IF_NONE_MATCH);
        StoredSecret changes = SecretDocument.read(StoredSecret.changesTo(name), body);
        EncryptedSecretStore changed = storeOf(request);
        OptionalLong version = request.expectedVersion();
        return Documents.one(
                200,
                version.isPresent() ? changed.update(changes, version.getAsLong()) : changed.update(changes),
                documents::writeAll);
    }

    private Answer delete(ApiRequest request, String name, String body) {
        request.allowParameters("force");
        refuseBody(body);
        request.refuse(HttpHeader.IF_NONE_MATCH);
        OptionalLong version = request.expectedVersion();
        EncryptedSecretStore changed = storeOf(request);
        if (request.flag("force")) {
            request.require(Role.ADMINISTER);
            version.ifPresentOrElse(expected -> changed.forceDelete(name, expected), () -> changed.forceDelete(name));
        } else {
            version.ifPresentOrElse(expected -> changed.delete(name, expected), () -> changed.delete(name));
        }
        return done();
    }

    private Answer undo(ApiRequest request, String name, String verb, String body) {
        if (!verb.equals("undo")) {
            return Answer.error(404, "there is no such path");
        }
        request.allowParameters("version");
        request.refuse(HttpHeader.IF_NONE_MATCH);
        refuseBody(body);
        EncryptedSecretStore changed = storeOf(request);
        String version = request.parameter("version").orElse("");
        if (!version.matches("[0-9]{0,18}")) {
            throw new RefusedRequestException(400, "version has to be a number");
        }
        OptionalLong wanted = version.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(version));
        return Documents.one(200, undo(changed, name, wanted, request.expectedVersion()), documents::writeAll);
    }

    private static SecretMetadata undo(
            EncryptedSecretStore store, String name, OptionalLong version, OptionalLong expected) {
        if (expected.isEmpty()) {
            return version.isEmpty() ? store.undo(name) : store.undo(name, version.getAsLong());
        }
        long earlier = version.orElseGet(() -> store.describe(name).history().stream()
                .mapToLong(SecretMetadata.Revision::version)
                .findFirst()
                .orElse(0)); // no version is 0: there is nothing to undo
        return store.undo(name, earlier, expected.getAsLong());
    }

    private Answer metadata(ApiRequest request) {
        request.allowParameters("search", "due_within");
        if (request.parameter("due_within").isPresent()) {
            if (request.parameter("search").isPresent()) {
                throw new RefusedRequestException(400, "search and due_within cannot be combined");
            }
            String within = request.parameter("due_within").get();
            return Documents.list(store.due(SecretDocument.duration("due_within", within)), documents::writeAll);
        }
        List<SecretMetadata> found =
                request.parameter("search").map(store::list).orElseGet(store::list);
        return Documents.list(found, documents::writeAll);
    }

    private Answer attached(ApiRequest request, String deployment) {
        request.allowParameters();
        return Documents.list(store.attached(deployment), documents::writeAll);
    }

    private Answer attach(ApiRequest request, List<String> path, String body) {
        requireSecrets(request, path);
        refuseBody(body);
        List<SecretMetadata> attached = storeOf(request).attach(path.get(1), List.of(path.get(3)));
        return Documents.list(attached, documents::writeAll);
    }

    private Answer detach(ApiRequest request, List<String> path, String body) {
        requireSecrets(request, path);
        refuseBody(body);
        storeOf(request).detach(path.get(1), List.of(path.get(3)));
        return done();
    }

    private static void requireSecrets(ApiRequest request, List<String> path) {
        request.allowParameters();
        request.refuse(HttpHeader.IF_MATCH, HttpHeader.IF_NONE_MATCH);
        if (!path.get(2).equals("secrets")) {
            throw new RefusedRequestException(404, "there is no such path");
        }
    }

    private Answer restarted(ApiRequest request, List<String> path, String body) {
        if (!path.get(2).equals("restarted")) {
            return Answer.error(404, "there is no such path");
        }
        request.allowParameters();
        request.refuse(HttpHeader.IF_MATCH, HttpHeader.IF_NONE_MATCH);
        refuseBody(body);
        storeOf(request).restarted(path.get(1));
        return done();
    }

    private static Answer caller(Caller caller) {
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeStringField("name", caller.name());
            json.writeStringField("role", caller.role().id());
            json.writeEndObject();
        });
    }

    private Answer audit(ApiRequest request) {
        request.require(Role.ADMINISTER);
        request.allowParameters();
        long lines = store.verifyAuditLog();
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeNumberField("verified_lines", lines);
            json.writeEndObject();
        });
    }

    /** An empty object is what some clients send with every such request. */
    private static void refuseBody(String body) {
        if (!body.isBlank() && !body.strip().equals("{}")) {
            throw new RefusedRequestException(400, "this path takes no body");
        }
    }

    private static Answer done() {
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeEndObject();
        });
    }

    /** The store whose audit log names the caller. */
    private EncryptedSecretStore storeOf(ApiRequest request) {
        return store.as(request.caller().name());
    }
}
