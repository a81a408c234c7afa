package dev.modelsecrets.vault;

import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.Deadline;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One Vault with a login: what the services of its engines read with. Thread-safe. */
final class VaultAccess {

    /** A read that may find no token, or no answer. */
    interface Read {
        Answer run() throws NoTokenException, IOException, InterruptedException;
    }

    private final String description;
    private final @Nullable String namespace;
    private final VaultConnection connection;
    private final Sessions sessions;
    private final VaultFailures failures;

    VaultAccess(
            String description,
            @Nullable String namespace,
            VaultConnection connection,
            Sessions sessions,
            VaultFailures failures) {
        this.description = description;
        this.namespace = namespace;
        this.connection = connection;
        this.sessions = sessions;
        this.failures = failures;
    }

    /** Returns the address and the namespace, as the subject of a sentence. */
    String description() {
        return description;
    }

    /** Returns the option of Vault's command for the namespace, with a space behind it; nothing if there is none. */
    String namespaceOption() {
        return namespace == null ? "" : "-namespace=" + namespace + " ";
    }

    VaultFailures failures() {
        return failures;
    }

    Optional<Answer> open() {
        return connection.open();
    }

    /** Turns what a read throws into an answer. */
    Answer answer(Read read) throws InterruptedException {
        try {
            return read.run();
        } catch (NoTokenException e) {
            return e.answer();
        } catch (IOException e) {
            return failures.unanswered(e);
        }
    }

    VaultReply get(String path, Deadline attempt) throws NoTokenException, IOException, InterruptedException {
        return sessions.send(token -> connection.get(path, token, attempt), attempt);
    }

    VaultReply put(String path, Map<String, String> object, Deadline attempt)
            throws NoTokenException, IOException, InterruptedException {
        return sessions.send(token -> connection.put(path, object, token, attempt), attempt);
    }

    /** Returns the session in use; one is begun if there is none, and renewed if that is due. */
    Session session(Deadline attempt) throws NoTokenException, InterruptedException {
        return sessions.current(attempt);
    }

    void close() {
        connection.close();
    }
}
