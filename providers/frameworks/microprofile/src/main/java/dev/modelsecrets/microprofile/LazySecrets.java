package dev.modelsecrets.microprofile;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Secrets that are resolved when the first one is asked for, and kept fresh from then on. */
final class LazySecrets implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.modelsecrets");

    /** The default of each name: no provider can return it, because a blank value is absent. */
    private static final String ABSENT = "";

    private final Supplier<Settings> settingsSource;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Settings settings;
    private volatile @Nullable RefreshingSecrets secrets;
    private @Nullable SecretsResolver resolver;
    private boolean closed;

    LazySecrets(Supplier<Settings> settingsSource) {
        this.settingsSource = settingsSource;
    }

    /** Reads the settings if that has not been done. */
    Settings settings() {
        Settings known = settings;
        if (known == null) {
            known = settingsSource.get();
            settings = known;
        }
        return known;
    }

    /** Returns the value of a declared secret, or null if it is absent or not declared. */
    @Nullable
    String find(String name) {
        if (!settings().names().contains(name)) {
            return null;
        }
        RefreshingSecrets resolved = secrets;
        if (resolved == null) {
            resolved = resolve();
            if (resolved == null) {
                return null;
            }
        }
        String value = resolved.get().require(name);
        if (value.equals(ABSENT)) {
            warnOnce(name);
            return null;
        }
        return value;
    }

    /** Returns null if this is closed. Where the first look fails, the next call looks again. */
    private synchronized @Nullable RefreshingSecrets resolve() {
        if (secrets == null && !closed) {
            Settings known = settings();
            Map<String, @Nullable String> declared = new LinkedHashMap<>();
            known.names().forEach(name -> declared.put(name, ABSENT));
            SecretsResolver chain = resolver == null ? known.resolver() : resolver;
            resolver = chain;
            secrets = chain.refreshing(SecretDeclarations.of(declared), known.refreshInterval());
        }
        return secrets;
    }

    /** Says where each place looked: an implementation says only that there is no such property. */
    private void warnOnce(String name) {
        if (warned.add(name)) {
            try (SecretsResolver chain = settings().resolver()) {
                chain.resolve(name);
            } catch (MissingSecretsException missing) {
                LOG.warn("{}", missing.getMessage());
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (secrets != null) {
            secrets.close();
        }
        if (resolver != null) {
            resolver.close();
        }
    }
}
