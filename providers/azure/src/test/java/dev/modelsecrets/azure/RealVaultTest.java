package dev.modelsecrets.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The vault at {@code -Dit.azure=<vault url>}, a test double that takes any bearer token. */
@EnabledIfSystemProperty(named = "it.azure", matches = "https://.+")
class RealVaultTest extends AzureSecretProviderContract {

    private final String prefix = "it-" + UUID.randomUUID() + "-";
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    @Override
    String vaultUrl() {
        String url = System.getProperty("it.azure");
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    String prefix() {
        return prefix;
    }

    /** That of the client library takes the trust store from the usual properties of the JVM. */
    @Override
    HttpClient httpClient() {
        return null;
    }

    @Override
    String set(SecretClient admin, KeyVaultSecret secret) {
        made.add(secret.getName());
        return super.set(admin, secret);
    }

    @Override
    public Set<Limit> limits() {
        return Set.of(Limit.PLAIN_NAMES_ONLY, Limit.NO_BLANK_VALUES, Limit.NEVER_DENIES);
    }

    @AfterEach
    void deleteAll() {
        SecretClient admin = admin();
        for (String name : made) {
            admin.beginDeleteSecret(name).poll();
        }
        for (String name : made) {
            purge(admin, name);
        }
    }

    private static void purge(SecretClient admin, String name) {
        try {
            admin.purgeDeletedSecret(name);
        } catch (HttpResponseException e) {
            // Protected against it, or still being deleted: the vault removes it in due time.
        }
    }
}
