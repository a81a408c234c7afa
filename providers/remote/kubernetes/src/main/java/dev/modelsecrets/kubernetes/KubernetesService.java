package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.HttpReply;
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
import org.jspecify.annotations.Nullable;

/** Reads Secrets of one namespace, each by its name. */
final class KubernetesService implements RemoteService {

    private final KubernetesConnection connection;
    private final KubernetesFailures failures;

    KubernetesService(KubernetesConnection connection) {
        this.connection = connection;
        this.failures = new KubernetesFailures(connection);
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
    public Optional<Answer> connect() {
        return failures.connect();
    }

    @Override
    public Map<String, Answer> read(Set<String> secrets, Deadline attempt) throws InterruptedException {
        Map<String, Answer> answers = new HashMap<>();
        for (String secret : secrets) {
            answers.put(secret, read(secret, attempt));
        }
        return answers;
    }

    private Answer read(String secret, Deadline attempt) throws InterruptedException {
        try {
            HttpReply reply = connection.send("GET", connection.secret(secret), null, attempt);
            return reply.status() == 200
                    ? content(secret, reply.text())
                    : failures.answer(KubernetesError.of(reply), secret);
        } catch (UnusableConfigurationException e) {
            return Answer.unavailable(e.getMessage());
        } catch (IOException e) {
            return failures.unreachable(e);
        }
    }

    private Answer content(String secret, String body) {
        JsonObject read = JsonObject.parse(body).orElse(JsonObject.EMPTY);
        if (!read.text("kind").equals("Secret")) {
            return Answer.failed(description() + " does not answer a request for " + where(secret)
                    + " with a Secret: is it the address of an API server?");
        }
        Map<String, String> data = read.object("data").texts();
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
        return connection.namespace().map(namespace -> " -n " + namespace).orElse("");
    }

    @Override
    public void close() {
        connection.close();
    }
}
