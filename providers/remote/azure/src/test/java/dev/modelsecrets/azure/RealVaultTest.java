package dev.modelsecrets.azure;

import java.net.http.HttpClient;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The vault at {@code -Dit.azure=<vault url>}: a test double, which takes any token, or a real one with {@code
 * -Dit.azure.token=<token>}. The trust store is that of the JVM, by its usual properties.
 */
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
    String token() {
        return System.getProperty("it.azure.token", "test-token");
    }

    @Override
    String prefix() {
        return prefix;
    }

    @Override
    HttpClient.Builder http() {
        return HttpClient.newBuilder();
    }

    @Override
    String set(VaultAdmin admin, String remoteName, String value, Map<String, Object> attributes) throws Exception {
        made.add(remoteName);
        return super.set(admin, remoteName, value, attributes);
    }

    @Override
    public Set<Limit> limits() {
        return Set.of(Limit.PLAIN_NAMES_ONLY, Limit.NO_BLANK_VALUES, Limit.NEVER_DENIES);
    }

    @AfterEach
    void deleteAll() throws Exception {
        VaultAdmin admin = admin();
        for (String name : made) {
            admin.delete(name);
        }
    }
}
