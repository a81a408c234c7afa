package dev.modelsecrets.remote.internal;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The lookup of every remote provider: from declared names to remote secrets, and from their answers to ours.
 *
 * <p>Thread-safe; each {@link #find} works on threads and a deadline of its own.
 */
public final class RemoteSecrets implements AutoCloseable {

    /** How long one {@link #find} may take where nobody says otherwise, login and retries included. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);

    private final String provider;
    private final Layout layout;
    private final RemoteService service;
    private final Duration limit;
    private volatile boolean closed;

    /**
     * Creates the lookup of a provider.
     *
     * @param provider the provider's name
     * @param layout where the names are
     * @param service the system to ask
     * @param limit how long one find may take
     * @throws IllegalArgumentException if the limit is not at least a millisecond
     */
    public RemoteSecrets(String provider, Layout layout, RemoteService service, Duration limit) {
        if (limit.compareTo(Duration.ofMillis(1)) < 0 || limit.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("the deadline must be between a millisecond and a day");
        }
        this.provider = provider;
        this.layout = layout;
        this.service = service;
        this.limit = limit;
    }

    /**
     * Looks up names, as {@link dev.modelsecrets.SecretProvider#find} says.
     *
     * @param names declared names
     * @return an answer for each
     */
    public Map<String, Lookup> find(Set<String> names) {
        names.forEach(SecretDeclarations::checkName);
        if (names.isEmpty()) {
            return Map.of();
        }
        Batches batches = new Batches(service, Deadline.in(limit));
        return layout.documents().isEmpty() ? findSecretPerName(names, batches) : findKeys(names, batches);
    }

    private Map<String, Lookup> findSecretPerName(Set<String> names, Batches batches) {
        Map<String, String> remoteNames = remoteNames(names);
        Map<String, Answer> answers = read(batches, remoteNames.values());
        Map<String, Lookup> lookups = new HashMap<>();
        remoteNames.forEach((name, remote) -> {
            Answer answer = Objects.requireNonNull(answers.get(remote), remote);
            String key = layout.key();
            String where = service.where(remote) + (key == null ? "" : " key " + key);
            if (key != null) {
                answer = Values.key(answer, key, service.where(remote));
            }
            lookups.put(name, Values.lookup(answer, where));
        });
        return lookups;
    }

    private Map<String, String> remoteNames(Set<String> names) {
        try {
            return layout.remoteNames(names);
        } catch (IllegalArgumentException e) {
            throw new SecretProviderException(provider, String.valueOf(e.getMessage()));
        }
    }

    /** Reads one document after the other, until every name is answered. */
    private Map<String, Lookup> findKeys(Set<String> names, Batches batches) {
        Map<String, Lookup> lookups = new HashMap<>();
        Map<String, List<String>> reasons = new HashMap<>();
        Set<String> open = new LinkedHashSet<>(names);
        for (String document : layout.documents()) {
            if (open.isEmpty()) {
                break;
            }
            String where = service.where(document);
            Answer answer = Values.parsed(
                    Objects.requireNonNull(read(batches, List.of(document)).get(document)), where);
            for (String name : List.copyOf(open)) {
                Answer value = Values.key(answer, name, where);
                Lookup lookup = Values.lookup(value, where + " key " + name);
                if (lookup.isAbsent()) {
                    reasons.computeIfAbsent(name, ignored -> new ArrayList<>()).add(lookup.reason());
                } else {
                    lookups.put(name, lookup);
                    open.remove(name);
                }
            }
        }
        for (String name : open) {
            List<String> reason = reasons.getOrDefault(name, List.of());
            lookups.put(name, Lookup.absent(String.join("; ", reason)));
        }
        return lookups;
    }

    private Map<String, Answer> read(Batches batches, Collection<String> secrets) {
        if (closed) {
            throw closed();
        }
        try {
            return batches.read(secrets);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretProviderException(
                    provider, "the thread was interrupted while it waited for " + service.description());
        } catch (RuntimeException e) {
            if (closed) {
                throw closed();
            }
            throw new SecretProviderException(
                    provider,
                    service.description() + " could not be asked: the client failed with "
                            + e.getClass().getName() + " (its message is withheld, because it may quote a secret)");
        }
    }

    private SecretProviderException closed() {
        return new SecretProviderException(provider, "the provider is closed");
    }

    /** Closes what the service made. Idempotent. */
    @Override
    public void close() {
        closed = true;
        service.close();
    }

    /** Returns the system and the layout, no value. */
    @Override
    public String toString() {
        return service.description() + ", " + layout;
    }
}
