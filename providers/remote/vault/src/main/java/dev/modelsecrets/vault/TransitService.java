package dev.modelsecrets.vault;

import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.RemoteService;
import dev.modelsecrets.vault.VaultError.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call of Vault's transit engine: the text that one of its keys encrypts or decrypts. Thread-safe. */
final class TransitService implements RemoteService {

    enum Operation {
        ENCRYPT("plaintext", "ciphertext"),
        DECRYPT("ciphertext", "plaintext");

        final String given;
        final String wanted;

        Operation(String given, String wanted) {
            this.given = given;
            this.wanted = wanted;
        }
    }

    private final VaultAccess vault;
    private final Operation operation;
    private final String path;
    private final transient String text;
    private volatile boolean isTextRefused;

    TransitService(VaultAccess vault, String mount, String key, Operation operation, String text) {
        this.vault = vault;
        this.operation = operation;
        this.path = mount + (operation == Operation.ENCRYPT ? "/encrypt/" : "/decrypt/") + key;
        this.text = text;
    }

    /** Tells whether Vault answered that it cannot decrypt this text: it is of another key, or was altered. */
    boolean isTextRefused() {
        return isTextRefused;
    }

    @Override
    public String description() {
        return vault.description();
    }

    @Override
    public String where(String secret) {
        return path;
    }

    @Override
    public Optional<String> nameProblem(String secret) {
        return Optional.empty();
    }

    @Override
    public Optional<Answer> connect() {
        return vault.open();
    }

    @Override
    public Optional<String> remedy(String secret, @Nullable String key) {
        return Optional.empty();
    }

    @Override
    public Optional<String> remedyInDocument(String secret, String key) {
        return Optional.empty();
    }

    @Override
    public Map<String, Answer> read(Set<String> secrets, Deadline attempt) throws InterruptedException {
        Map<String, Answer> answers = new HashMap<>();
        for (String secret : secrets) {
            answers.put(secret, vault.answer(() -> call(attempt)));
        }
        return answers;
    }

    private Answer call(Deadline attempt) throws NoTokenException, IOException, InterruptedException {
        VaultReply reply = vault.put(VaultNames.encoded(path), Map.of(operation.given, text), attempt);
        if (reply.status() == 200) {
            return reply.value("data", operation.wanted)
                    .map(wanted -> Answer.document(Map.of("value", wanted)))
                    .orElseGet(() -> Answer.failed(description() + " answers " + path + " without a " + operation.wanted
                            + ": check that a transit engine is mounted there"));
        }
        VaultError error = reply.error();
        if (error.is(Kind.FOREIGN) || error.is(Kind.HTTPS_WANTED)) {
            return vault.failures().of(error);
        }
        return switch (error.status()) {
            case 403 ->
                Answer.denied(description() + " refuses " + path + ": grant the capability update on that path");
            case 404 -> Answer.failed(description() + " has no transit engine for " + path + ": check mount(..)");
            case 400 -> refused();
            default -> vault.failures().of(error);
        };
    }

    private Answer refused() {
        isTextRefused = operation == Operation.DECRYPT;
        return Answer.failed(description() + " refuses " + path + " (400): check that the key exists, with the command"
                + " vault read " + vault.namespaceOption() + path.replaceFirst("/(en|de)crypt/", "/keys/"));
    }

    @Override
    public void close() {
        vault.close();
    }
}
