package dev.modelsecrets.azure;

import com.azure.core.util.Context;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.RemoteService;
import dev.modelsecrets.remote.SystemProxies;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A vault, asked for one secret at a time: Key Vault has no call for several. Thread-safe. */
final class AzureService implements RemoteService {

    private final String address;
    private final AzureConnection connection;
    private final Map<String, String> versions;
    private final AzureFailures failures;
    private final Set<String> reportedAsExpired = ConcurrentHashMap.newKeySet();

    /**
     * Creates the service of a vault.
     *
     * @param url the vault's URL
     * @param connection asks it
     * @param proxies chooses its proxy
     * @param versions the version of each secret that is pinned, by its name in lower case
     */
    AzureService(String url, AzureConnection connection, SystemProxies proxies, Map<String, String> versions) {
        this.address = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.connection = connection;
        this.versions = Map.copyOf(versions);
        this.failures = new AzureFailures(description(), URI.create(address), proxies);
    }

    @Override
    public String description() {
        return "Key Vault at " + address;
    }

    /** Returns the identifier of a secret, as Key Vault writes it. */
    @Override
    public String where(String secret) {
        String version = version(secret);
        return address + "/secrets/" + secret + (version == null ? "" : "/" + version);
    }

    @Override
    public Optional<String> nameProblem(String secret) {
        return AzureNames.problem(secret);
    }

    @Override
    public Optional<Answer> connect() {
        connection.client();
        return Optional.empty();
    }

    @Override
    public Optional<String> remedy(String secret, @Nullable String key) {
        return key == null
                ? Optional.of(
                        "az keyvault secret set --vault-name " + shortName() + " --name " + secret + " --value ...")
                : remedyInDocument(secret, key);
    }

    @Override
    public Optional<String> remedyInDocument(String secret, String key) {
        return Optional.of("put the key " + key + " into the JSON object of " + where(secret));
    }

    /** Returns the vault's name, as the Azure CLI wants it. */
    private String shortName() {
        String host = URI.create(address).getHost();
        int dot = host.indexOf('.');
        return dot < 0 ? host : host.substring(0, dot);
    }

    private @Nullable String version(String secret) {
        return versions.get(secret.toLowerCase(Locale.ROOT));
    }

    @Override
    public Map<String, Answer> read(Set<String> secrets, Deadline deadline) throws InterruptedException {
        String secret = secrets.iterator().next();
        return Map.of(secret, read(secret));
    }

    private Answer read(String secret) throws InterruptedException {
        SecretClient vault = connection.client();
        try {
            KeyVaultSecret found = vault.getSecretWithResponse(secret, version(secret), Context.NONE)
                    .getValue();
            return answer(found, where(secret));
        } catch (RuntimeException e) {
            return failures.answer(e, secret, where(secret));
        }
    }

    /**
     * Key Vault hands out secrets that are not valid yet or any more, and leaves it to the reader what to make of it.
     */
    private Answer answer(@Nullable KeyVaultSecret secret, String where) {
        String value = secret == null ? null : secret.getValue();
        if (secret == null || value == null) {
            return Answer.failed(where + " has no value");
        }
        SecretProperties properties = secret.getProperties();
        if (Boolean.FALSE.equals(properties.isEnabled())) {
            return AzureFailures.disabled(where);
        }
        Instant now = Instant.now();
        Instant begin = instant(properties.getNotBefore());
        if (begin != null && begin.isAfter(now)) {
            return AzureFailures.notYetValid(where, "before " + begin);
        }
        Instant end = instant(properties.getExpiresOn());
        if (end != null && !end.isAfter(now) && reportedAsExpired.add(where)) {
            LoggerFactory.getLogger("dev.modelsecrets")
                    .warn("{} expired at {} and is still handed out, as Key Vault does", where, end);
        }
        return Answer.text(value);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    @Override
    public void close() {
        connection.close();
    }
}
