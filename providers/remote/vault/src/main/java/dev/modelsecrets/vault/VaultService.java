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

/** Reads secrets of one KV mount, and says in words what Vault answers. Thread-safe. */
final class VaultService implements RemoteService {

    private final VaultAccess vault;
    private final String mount;
    private final int engineVersion;
    private final Map<String, String> versions;

    /** The version that Vault says the mount has; asked for once, when a secret is not there. */
    private volatile @Nullable String actualVersion;

    VaultService(VaultAccess vault, String mount, int engineVersion, Map<String, String> versions) {
        this.vault = vault;
        this.mount = mount;
        this.engineVersion = engineVersion;
        this.versions = versions;
    }

    @Override
    public String description() {
        return vault.description();
    }

    @Override
    public String where(String secret) {
        String version = versions.get(secret);
        return path(secret) + (version == null ? "" : " version " + version);
    }

    /** Returns the path as policies have it. */
    private String path(String secret) {
        return mount + (engineVersion == 2 ? "/data/" : "/") + secret;
    }

    @Override
    public Optional<String> nameProblem(String secret) {
        return VaultNames.problem(secret);
    }

    @Override
    public Optional<Answer> connect() {
        return vault.open();
    }

    @Override
    public Optional<String> remedy(String secret, @Nullable String key) {
        return Optional.of("vault kv put " + options() + secret + " " + key + "=...");
    }

    @Override
    public Optional<String> remedyInDocument(String secret, String key) {
        return Optional.of(
                engineVersion == 2
                        ? "vault kv patch " + options() + secret + " " + key + "=..."
                        : "vault kv put " + options() + secret + " " + key
                                + "=... and all its other keys, which this replaces");
    }

    private String options() {
        return vault.namespaceOption() + "-mount=" + mount + " ";
    }

    @Override
    public Map<String, Answer> read(Set<String> secrets, Deadline attempt) throws InterruptedException {
        Map<String, Answer> answers = new HashMap<>();
        for (String secret : secrets) {
            answers.put(secret, vault.answer(() -> read(secret, attempt)));
        }
        return answers;
    }

    private Answer read(String secret, Deadline attempt) throws NoTokenException, IOException, InterruptedException {
        String version = versions.get(secret);
        String query = version == null ? "" : "?version=" + version;
        VaultReply reply = vault.get(VaultNames.encoded(path(secret)) + query, attempt);
        if (reply.status() == 200) {
            return value(secret, reply);
        }
        VaultError error = reply.error();
        if (error.is(Kind.FOREIGN)) {
            return vault.failures().of(error);
        }
        return switch (error.status()) {
            case 403 ->
                Answer.denied(description() + " refuses to read " + path(secret)
                        + ": grant the capability read on that path");
            case 404 -> missing(secret, reply, error, attempt);
            case 400, 405 ->
                error.is(Kind.HTTPS_WANTED)
                        ? vault.failures().of(error)
                        : Answer.failed(description() + " calls the path " + path(secret) + " invalid ("
                                + error.status() + "): check mount(..), engineVersion(..) and namespace(..)");
            default -> vault.failures().of(error);
        };
    }

    /** The keys and values as Vault wrote them, for the common rules of JSON documents to read. */
    private Answer value(String secret, VaultReply reply) {
        if (!reply.isJson()) {
            return vault.failures().of(reply.error());
        }
        Optional<String> data = engineVersion == 1
                ? reply.object("data")
                : reply.object("data", "metadata").flatMap(metadata -> reply.object("data", "data"));
        return data.map(Answer::text)
                .orElseGet(() -> Answer.failed(where(secret) + " is not a secret of a KV version " + engineVersion
                        + " engine: check mount(..) and engineVersion(..)"));
    }

    private Answer missing(String secret, VaultReply reply, VaultError error, Deadline attempt)
            throws NoTokenException, IOException, InterruptedException {
        if (reply.object("data", "metadata").isPresent()) {
            boolean destroyed = reply.isTrue("data", "metadata", "destroyed");
            return Answer.failed("version " + reply.number("data", "metadata", "version") + " of " + path(secret)
                    + " is " + (destroyed ? "destroyed: write a new one" : "deleted: undelete it, or write a new one"));
        }
        if (error.is(Kind.VERSIONED_MOUNT)) {
            return otherVersion("2");
        }
        if (error.is(Kind.NO_MOUNT)) {
            return Answer.failed(description() + " has nothing mounted at " + mount + ": use mount(..)");
        }
        if (!error.is(Kind.EMPTY)) {
            return vault.failures().of(error);
        }
        String actual = actualVersion(attempt);
        return actual.isEmpty() || actual.equals(String.valueOf(engineVersion))
                ? Answer.absent(where(secret) + " does not exist in " + description())
                : otherVersion(actual);
    }

    private Answer otherVersion(String actual) {
        return Answer.failed(description() + " has a KV version " + actual + " engine at " + mount
                + ": use engineVersion(" + actual + ")");
    }

    /** Asks as Vault's own command does, since version 1 says of a path of version 2 only that nothing is there. */
    private String actualVersion(Deadline attempt) throws NoTokenException, IOException, InterruptedException {
        String known = actualVersion;
        if (known == null) {
            VaultReply reply = vault.get("sys/internal/ui/mounts/" + VaultNames.encoded(mount), attempt);
            boolean kv = reply.value("data", "type").filter("kv"::equals).isPresent();
            known = kv ? reply.value("data", "options", "version").orElse("1") : "";
            actualVersion = known;
        }
        return known;
    }

    @Override
    public void close() {
        vault.close();
    }
}
