package dev.modelsecrets.azure;

import com.azure.core.util.Context;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import dev.modelsecrets.remote.internal.Answer;
import dev.modelsecrets.remote.internal.Deadline;
import dev.modelsecrets.remote.internal.LazyClient;
import dev.modelsecrets.remote.internal.RemoteService;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A vault, asked for one secret at a time: Key Vault has no call for several. Thread-safe. */
final class KeyVault implements RemoteService {

    private static final Pattern SECRET_NAME = Pattern.compile("[0-9a-zA-Z-]{1,127}");

    private final String address;
    private final LazyClient<SecretClient> client;
    private final Map<String, String> versions;
    private final KeyVaultFailures failures;
    private final Set<String> reportedAsExpired = ConcurrentHashMap.newKeySet();

    /**
     * Creates the service of a vault.
     *
     * @param url the vault's URL
     * @param client asks it
     * @param versions the version of each secret that is pinned, by its name in lower case
     */
    KeyVault(String url, LazyClient<SecretClient> client, Map<String, String> versions) {
        this.address = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.client = client;
        this.versions = Map.copyOf(versions);
        this.failures = new KeyVaultFailures(description(), URI.create(address));
    }

    /** Maps a declared name to one that Key Vault allows. */
    static String toSecretName(String name) {
        return name.replace('_', '-').replace('.', '-');
    }

    /** Tells whether Key Vault allows such a name. */
    static boolean isSecretName(String name) {
        return SECRET_NAME.matcher(name).matches();
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

    /** Returns the vault's name, as the Azure CLI wants it. */
    String shortName() {
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
        if (!isSecretName(secret)) {
            return Answer.absent(where(secret)
                    + " cannot exist: a secret's name in Key Vault is 1 to 127 letters, digits and dashes");
        }
        SecretClient vault = client.get();
        try {
            KeyVaultSecret found = vault.getSecretWithResponse(secret, version(secret), Context.NONE)
                    .getValue();
            return answer(found, where(secret));
        } catch (RuntimeException e) {
            return failures.answer(e, secret, where(secret));
        }
    }

    /** Key Vault hands out secrets that are not valid yet or any more, and leaves it to the reader what to make of it. */
    private Answer answer(@Nullable KeyVaultSecret secret, String where) {
        String value = secret == null ? null : secret.getValue();
        if (secret == null || value == null) {
            return Answer.failed(where + " has no value");
        }
        SecretProperties properties = secret.getProperties();
        if (Boolean.FALSE.equals(properties.isEnabled())) {
            return KeyVaultFailures.disabled(where);
        }
        Instant now = Instant.now();
        Instant begin = instant(properties.getNotBefore());
        if (begin != null && begin.isAfter(now)) {
            return KeyVaultFailures.notYetValid(where, "before " + begin);
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
        client.close();
    }
}
