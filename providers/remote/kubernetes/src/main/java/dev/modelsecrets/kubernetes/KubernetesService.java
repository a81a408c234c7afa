package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.RemoteService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads Secrets of one namespace, each by its name. */
final class KubernetesService implements RemoteService {

    private final Connection connection;

    KubernetesService(Connection connection) {
        this.connection = connection;
    }

    @Override
    public String description() {
        return connection.description();
    }

    @Override
    public String where(String secret) {
        return connection.where(secret);
    }

    @Override
    public Optional<String> nameProblem(String secret) {
        return KubernetesNames.isValid(secret)
                ? Optional.empty()
                : Optional.of("Kubernetes can have no Secret of the name " + secret
                        + ": a name there has lower case letters, digits, - and . only, and begins and ends with a"
                        + " letter or digit; give secretPerName(..) a mapping, or use keysOf(..)");
    }

    @Override
    public Optional<String> remedy(String secret, @Nullable String key) {
        return Optional.of(
                "kubectl create secret generic " + secret + inNamespace() + " --from-literal=" + key + "=...");
    }

    @Override
    public Optional<String> remedyInDocument(String secret, String key) {
        return Optional.of(
                "kubectl patch secret " + secret + inNamespace() + " -p '{\"stringData\":{\"" + key + "\":\"...\"}}'");
    }

    private String inNamespace() {
        String namespace = connection.namespace();
        return namespace == null ? "" : " -n " + namespace;
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
        try {
            KubernetesApi api = connection.get();
            if (api.http().isClosed()) {
                return Answer.unavailable(description() + " cannot be asked: the client is closed");
            }
            KubernetesApi.Reply reply = api.send("GET", api.secret(secret), null, deadline);
            return reply.status == 200 ? content(api, secret, reply.body) : refusal(api, secret, reply);
        } catch (Connection.Unusable e) {
            return Answer.unavailable(String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
            return Answer.silent(description() + " did not answer in time");
        } catch (IOException e) {
            return Answer.unavailable(description() + " " + Words.unreachable(e));
        }
    }

    private Answer content(KubernetesApi api, String secret, String body) {
        @Nullable Object read = api.parse(body);
        if (!"Secret".equals(KubernetesApi.part(read, "kind"))) {
            return Answer.failed(description() + " does not answer a request for " + where(secret)
                    + " with a Secret: is it the address of an API server?");
        }
        Map<String, String> data = new HashMap<>();
        if (KubernetesApi.part(read, "data") instanceof Map<?, ?> keys) {
            keys.forEach((key, value) -> data.put(String.valueOf(key), value == null ? "" : value.toString()));
        }
        return Answer.document(data.keySet(), key -> value(data.getOrDefault(key, ""), where(secret) + " key " + key));
    }

    private static Answer value(String base64, String where) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Answer.text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Answer.failed(where + " is not UTF-8 text: mount the Secret, and read its file");
        } catch (IllegalArgumentException e) {
            return Answer.failed(where + " is not base64");
        }
    }

    private Answer refusal(KubernetesApi api, String secret, KubernetesApi.Reply reply) {
        return switch (reply.status) {
            case 401 ->
                Answer.unavailable(
                        description() + " does not accept the login: the token is missing, wrong or expired");
            case 403 ->
                Answer.denied(description() + " refuses to read " + where(secret)
                        + ": let a Role of this account grant the verb get on the resource secrets, resourceNames "
                        + secret);
            case 404 -> missing(api, secret, reply.body);
            case 429 -> Answer.busy(description() + " answers 429 (too many requests)", reply.retryAfter);
            default ->
                reply.status >= 500
                        ? Answer.busy(description() + " answers " + reply.status, reply.retryAfter)
                        : Answer.failed(
                                description() + " answers " + reply.status + " to a request for " + where(secret));
        };
    }

    private Answer missing(KubernetesApi api, String secret, String body) {
        @Nullable Object status = api.parse(body);
        if (!body.isBlank() && !"Status".equals(KubernetesApi.part(status, "kind"))) {
            // Not the words of an API server: taken for absent, a wrong address would let an older value win.
            return Answer.unavailable(description() + " answers 404, but not as an API server does: check the address");
        }
        boolean namespace = "namespaces".equals(KubernetesApi.part(status, "details", "kind"));
        return Answer.absent(
                namespace
                        ? "the namespace " + connection.namespace() + " does not exist in " + description()
                        : where(secret) + " does not exist in " + description());
    }

    @Override
    public void close() {
        connection.close();
    }
}
